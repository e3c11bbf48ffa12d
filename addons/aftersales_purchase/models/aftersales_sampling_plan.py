import math

from odoo import fields, models


class AftersalesSamplingPlan(models.Model):
    """How many pieces of a received lot are looked at, and how many may be bad.

    A plan holds for the parts and part classes it names, for a supplier alone, or for
    all other parts. The nearest one is taken: part before class, and with the supplier
    named before without.
    """

    _name = "aftersales.sampling.plan"
    _description = "Sampling plan"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    source = fields.Char(
        translate=True, help="The standard or agreement that the figures come from."
    )
    is_general = fields.Boolean(
        string="All Other Parts", help="Holds for parts that no nearer plan holds for."
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Parts",
        domain=[("is_storable", "=", True), ("is_machine", "=", False)],
    )
    part_class_ids = fields.Many2many("aftersales.part.class", string="Part Classes")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Suppliers",
        help="Only from these; empty: from every supplier.",
    )
    line_ids = fields.One2many("aftersales.sampling.plan.line", "plan_id", copy=True)

    def _find_plan(self, product, partner):
        """The nearest of these plans for a part from a supplier; none: no inspection"""
        supplier = partner.commercial_partner_id
        ranked = [(plan._get_nearness(product, supplier), plan) for plan in self]
        ranked = [(near, plan) for near, plan in ranked if near is not None]
        if not ranked:
            return self.browse()
        return max(ranked, key=lambda row: (row[0], -row[1].sequence, -row[1].id))[1]

    def _get_nearness(self, product, supplier):
        """How near the plan is to the case; None: it does not hold for it."""
        self.ensure_one()
        if self.partner_ids and supplier not in self.partner_ids.commercial_partner_id:
            return None
        near = 1 if self.partner_ids else 0
        if product in self.product_ids:
            return near + 6
        if product.part_class_id and product.part_class_id in self.part_class_ids:
            return near + 4
        if self.product_ids or self.part_class_ids:
            return None
        return near if self.is_general or self.partner_ids else None

    def _get_sampling(self, lot_size):
        """Pieces to look at, accepted and rejected from how many bad ones on.

        A lot smaller than its sample is looked at completely; so is a lot that no line
        covers, and then a single bad piece rejects it.

        :param lot_size: pieces, a broken one counts as one
        :return: tuple (sample size, acceptance number, rejection number)
        """
        self.ensure_one()
        pieces = math.ceil(lot_size)
        for line in self.line_ids:
            if line.lot_from <= pieces and (not line.lot_to or pieces <= line.lot_to):
                sample = min(line.sample_size, pieces)
                return sample, line.accept_number, line.reject_number
        return pieces, 0, 1
