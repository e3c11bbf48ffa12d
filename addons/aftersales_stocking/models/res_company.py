from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_stocking_create_days = fields.Integer(
        string="Plans Made Before the Season (days)",
        default=60,
        help="So many days before a season each dealer gets his proposed plan.",
    )
    aftersales_stocking_due_days = fields.Integer(
        string="Plans Due Before the Season (days)",
        default=30,
        help="So many days before the season the dealer has to hand his plan in.",
    )
    aftersales_stocking_remind_days = fields.Integer(
        string="Reminder Before the Due Date (days)",
        default=7,
        help="A second reminder goes out on the due date, a last one after it. A plan "
        "made later than planned leaves the dealer at least so many days.",
    )
    aftersales_stocking_limit = fields.Monetary(
        string="Plan Approved by the Parts Keeper up to",
        default=20000.0,
        help="At the dealer's prices, before tax. Above it the after-sales manager "
        "approves.",
    )

    _aftersales_stocking_days_order = models.Constraint(
        "CHECK (aftersales_stocking_create_days >= aftersales_stocking_due_days"
        " AND aftersales_stocking_due_days >= 0"
        " AND aftersales_stocking_remind_days >= 0)",
        "Stocking plans are made before they are due, and no number of days is "
        "negative.",
    )
