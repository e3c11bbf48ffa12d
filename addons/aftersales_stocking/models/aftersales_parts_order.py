from odoo import fields, models


class AftersalesPartsOrder(models.Model):
    _inherit = "aftersales.parts.order"

    stocking_plan_id = fields.Many2one(
        "aftersales.stocking.plan",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The plan for a season that this order carries out.",
    )

    def _get_protected_fields(self):
        return (*super()._get_protected_fields(), "stocking_plan_id")
