from odoo import api, fields, models
from odoo.fields import Domain

from .aftersales_warranty_period import USAGE_UNITS
from .aftersales_warranty_statute import INDUSTRIES, START_EVENTS


class AftersalesWarrantyPolicy(models.Model):
    """What the maker promises for a family of products, over the statute's floor."""

    _name = "aftersales.warranty.policy"
    _description = "Warranty policy"
    _inherit = ["mail.thread"]
    _order = "sequence, name, date_from desc, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company")
    industry = fields.Selection(selection=INDUSTRIES, required=True, default="farm")
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Products of these categories and of those below them; the nearest "
        "category with a policy wins.",
    )
    statute_id = fields.Many2one("aftersales.warranty.statute", ondelete="restrict")
    kind_id = fields.Many2one(
        "aftersales.warranty.kind",
        string="Kind of Goods",
        ondelete="restrict",
        domain="[('statute_id', '=', statute_id)]",
        help="Its minimum periods are the floor under this policy.",
    )
    start_event = fields.Selection(
        selection=START_EVENTS, required=True, default="invoice"
    )
    registration_days = fields.Integer(
        default=20,
        help="Calendar days after the sale within which the slip must reach the "
        "company. A late slip costs the dealer its reimbursement, never the customer "
        "the cover.",
    )
    stop_clock = fields.Boolean(string="Clock Stops in Repair", default=True)
    restart_on_exchange = fields.Boolean(default=True)
    usage_unit = fields.Selection(selection=USAGE_UNITS)
    date_from = fields.Date(string="For Sales From")
    date_to = fields.Date(string="For Sales Until")
    term_ids = fields.One2many(
        "aftersales.warranty.term", "policy_id", string="Terms", copy=True
    )
    note = fields.Html(translate=True)

    @api.model
    def _get_by_category(self, category, on_date):
        """The policy of the nearest category that is valid on ``on_date``."""
        valid = (
            Domain("date_from", "=", False) | Domain("date_from", "<=", on_date)
        ) & (Domain("date_to", "=", False) | Domain("date_to", ">=", on_date))
        ancestors = [int(i) for i in (category.parent_path or "").split("/") if i]
        policies = self.search(valid & Domain("category_ids", "in", ancestors))
        for ancestor in reversed(ancestors):
            for policy in policies:
                if ancestor in policy.category_ids.ids:
                    return policy
        return self.browse()

    def _get_machine_term(self):
        """The term of the whole machine."""
        return self.term_ids.filtered("part_class_id.is_machine")[:1]

    def _get_term(self, part=None):
        """The term that covers ``part``; empty when its class is excluded.

        :param part: ``product.product``, ``aftersales.part.class`` or None
        """
        machine = self._get_machine_term()
        part_class = part
        if part is not None and part._name == "product.product":
            part_class = part.part_class_id
        if not part_class or part_class.is_machine:
            return machine
        term = self.term_ids.filtered(lambda t: t.part_class_id == part_class)[:1]
        if term or part_class.fallback == "none":
            return term
        return machine
