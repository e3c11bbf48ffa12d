from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_count_limit = fields.Monetary(
        string="Count Approved by the Dealer up to",
        default=500.0,
        help="Surplus and shortage of a count, added up at the dealer's prices. Above "
        "it the company approves.",
    )
    aftersales_level_days = fields.Integer(
        string="Look-back Days",
        default=90,
        help="Consumption of these days makes the proposal of stock levels.",
    )
    aftersales_level_lead_days = fields.Integer(
        string="Lead Time (days)", default=14, help="From the order to the shelf."
    )
    aftersales_level_order_days = fields.Integer(
        string="Days between Orders", default=30
    )

    _aftersales_level_days_positive = models.Constraint(
        "CHECK (aftersales_level_days > 0 AND aftersales_level_lead_days >= 0"
        " AND aftersales_level_order_days > 0)",
        "Look back and order at intervals of at least one day; the lead time is not "
        "below zero.",
    )
