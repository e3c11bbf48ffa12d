from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_bad_score = fields.Integer(
        string="Bad Score up to",
        default=2,
        help="Points of five. A customer who gives no more than this is dissatisfied.",
    )
    aftersales_link_days = fields.Integer(
        string="Answer Link Valid for",
        default=14,
        help="Days after the mail during which a customer may answer by its link.",
    )
    aftersales_call_attempts = fields.Integer(
        string="Call Attempts",
        default=3,
        help="After so many calls in vain the customer counts as not reached.",
    )
    aftersales_retry_hours = fields.Float(
        string="Next Attempt After",
        default=24.0,
        help="Hours from a call in vain to the next one.",
    )

    _aftersales_bad_score_range = models.Constraint(
        "CHECK (aftersales_bad_score BETWEEN 0 AND 4)",
        "The bad score must lie between 0 (never) and 4 points.",
    )
    _aftersales_followup_positive = models.Constraint(
        "CHECK (aftersales_link_days > 0 AND aftersales_call_attempts > 0"
        " AND aftersales_retry_hours > 0)",
        "The link's validity, the attempts and the time between them must be above "
        "zero.",
    )
