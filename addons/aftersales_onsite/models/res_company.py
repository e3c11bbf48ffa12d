from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_code_minutes = fields.Integer(
        string="One-Time Code Valid For",
        default=15,
        help="Minutes in which the customer's one-time code has to be entered.",
    )
    aftersales_code_attempts = fields.Integer(
        string="Attempts per One-Time Code",
        default=5,
        help="After so many wrong entries the customer needs a new code.",
    )

    _aftersales_code_limits = models.Constraint(
        "CHECK (aftersales_code_minutes BETWEEN 1 AND 1440"
        " AND aftersales_code_attempts BETWEEN 1 AND 10)",
        "A one-time code is valid for 1 to 1440 minutes and 1 to 10 attempts.",
    )
