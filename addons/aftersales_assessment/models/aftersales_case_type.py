from odoo import fields, models


class AftersalesCaseType(models.Model):
    _inherit = "aftersales.case.type"

    needs_assessment = fields.Boolean(
        string="Needs an Assessment",
        help="A case of this type is assessed: in cover or not, how bad, who acts.",
    )
