from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_assessment_hours = fields.Float(
        string="Assess Within",
        default=24.0,
        help="Hours from the report within which a case is assessed.",
    )

    _aftersales_assessment_hours_positive = models.Constraint(
        "CHECK (aftersales_assessment_hours > 0)",
        "The time to assess a case must be above zero hours.",
    )
