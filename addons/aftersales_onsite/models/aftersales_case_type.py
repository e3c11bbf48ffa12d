from odoo import fields, models


class AftersalesCaseType(models.Model):
    _inherit = "aftersales.case.type"

    demands_proof = fields.Boolean(
        string="Demands Proof of the Visit",
        help="A repair of such a case is finished only with check-in, answered checks "
        "and the required photos. Otherwise they are asked for, but may be left out.",
    )
