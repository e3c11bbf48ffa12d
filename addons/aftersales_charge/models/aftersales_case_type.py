from odoo import fields, models


class AftersalesCaseType(models.Model):
    _inherit = "aftersales.case.type"

    demands_quotation = fields.Boolean(
        string="Demands a Quotation First",
        help="A repair of such a case with charged work is not finished before the "
        "customer accepted its quotation. What has no published price is not charged.",
    )
