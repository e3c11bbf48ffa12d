from odoo import fields, models

from .aftersales_quality_plan import LEVELS


class AftersalesQualityPlanItem(models.Model):
    """One thing to look at in a quality check."""

    _name = "aftersales.quality.plan.item"
    _description = "Item of a quality check plan"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "aftersales.quality.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Item", required=True, translate=True)
    level = fields.Selection(
        selection=LEVELS, help="Looked at on this level; empty means on each."
    )
