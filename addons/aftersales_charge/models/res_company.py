from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_quotation_days = fields.Integer(
        string="Quotations Valid for",
        default=15,
        help="Days that a quotation to an end customer stays open from its date.",
    )
    aftersales_quotation_tolerance = fields.Float(
        string="Tolerance over the Accepted Amount",
        digits=(5, 2),
        default=0.0,
        help="Percent. Charged work may come to this much more than what the customer "
        "accepted before he has to accept again.",
    )

    _aftersales_quotation_days_positive = models.Constraint(
        "CHECK (aftersales_quotation_days > 0)",
        "A quotation must be valid for at least one day.",
    )
    _aftersales_quotation_tolerance_positive = models.Constraint(
        "CHECK (aftersales_quotation_tolerance >= 0)",
        "The tolerance over the accepted amount cannot be below zero.",
    )
