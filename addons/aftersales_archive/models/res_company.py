from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_retention_years = fields.Integer(
        string="Keep Service Records",
        default=6,
        help="Years. Cards are kept from the end of their cover, cases, jobs, repairs "
        "and follow-ups from their end. Six years are asked for by the Provisions on "
        "the liability for repair, replacement and return of household cars, art. 17.",
    )

    _aftersales_retention_years_positive = models.Constraint(
        "CHECK (aftersales_retention_years > 0)",
        "Service records must be kept for at least one year.",
    )
