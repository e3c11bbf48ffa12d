from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_requisition_days = fields.Integer(
        string="Chase Issued Parts After",
        default=7,
        help="Days. Parts that were issued and are neither used nor returned after "
        "this time are asked for once and listed.",
    )

    _aftersales_requisition_days_positive = models.Constraint(
        "CHECK (aftersales_requisition_days > 0)",
        "The time after which issued parts are asked for must be at least one day.",
    )
