from odoo import api, fields, models

from ..utils.coverage import Cover


class AftersalesWarrantyTerm(models.Model):
    """How long, up to which usage, and at which shares a policy covers a part class.

    The shares are the maker's part of the cost. What is left is the dealer's, never the
    customer's, as long as the statute's period runs: traders may share the cost among
    themselves but not cut the customer's rights (Order 43 of 2021, art. 4).
    """

    _name = "aftersales.warranty.term"
    _description = "Warranty term"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one(
        "aftersales.warranty.policy", required=True, index=True, ondelete="cascade"
    )
    part_class_id = fields.Many2one(
        "aftersales.part.class", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="part_class_id.sequence", store=True)
    months = fields.Integer(required=True, default=12, help="0: not covered.")
    usage_limit = fields.Float(help="0: no limit. The number itself is included.")
    usage_unit = fields.Selection(related="policy_id.usage_unit")
    parts_share = fields.Float(string="Parts (%)", default=100.0, digits=(5, 2))
    labour_share = fields.Float(string="Labour (%)", default=100.0, digits=(5, 2))
    travel_share = fields.Float(string="Travel (%)", default=100.0, digits=(5, 2))

    _class_uniq = models.Constraint(
        "UNIQUE (policy_id, part_class_id)",
        "The policy has a term for this part class already.",
    )
    _months_valid = models.Constraint(
        "CHECK (months >= 0)", "The months of a term cannot be negative."
    )
    _usage_valid = models.Constraint(
        "CHECK (usage_limit >= 0)", "The usage limit of a term cannot be negative."
    )
    _shares_valid = models.Constraint(
        "CHECK (parts_share BETWEEN 0 AND 100 AND labour_share BETWEEN 0 AND 100 "
        "AND travel_share BETWEEN 0 AND 100)",
        "The shares of a term lie between 0 and 100 percent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        policies = self.env["aftersales.warranty.policy"].browse(
            {vals["policy_id"] for vals in vals_list if vals.get("policy_id")}
        )
        policies._ensure_unused()
        return super().create(vals_list)

    def write(self, vals):
        self.policy_id._ensure_unused()
        return super().write(vals)

    def unlink(self):
        policies = self.policy_id
        policies._ensure_unused()
        result = super().unlink()
        policies._check_terms()
        return result

    @api.constrains("part_class_id", "months", "usage_limit")
    def _check_terms(self):
        self.policy_id._check_terms()

    def _to_cover(self):
        """This term as the coverage arithmetic takes it."""
        self.ensure_one()
        return Cover(
            self.months,
            self.usage_limit,
            self.parts_share,
            self.labour_share,
            self.travel_share,
        )
