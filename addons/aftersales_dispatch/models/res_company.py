from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_dispatch_hours = fields.Float(
        string="Length of a Visit",
        default=2.0,
        help="Hours; what a job is given when nobody says how long it takes.",
    )
    aftersales_answer_minutes = fields.Integer(
        string="Urge Unanswered Jobs After",
        default=30,
        help="Minutes after which a technician who has not answered is reminded, once, "
        "and the dispatcher told. 0 means never.",
    )

    _aftersales_dispatch_hours_positive = models.Constraint(
        "CHECK (aftersales_dispatch_hours > 0)",
        "A visit takes some time. Enter more than 0 hours.",
    )
    _aftersales_answer_minutes_positive = models.Constraint(
        "CHECK (aftersales_answer_minutes >= 0)",
        "The time to answer cannot be negative. Enter 0 for no reminder.",
    )
