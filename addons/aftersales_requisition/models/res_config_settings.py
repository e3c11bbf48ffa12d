from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_requisition_days = fields.Integer(
        related="company_id.aftersales_requisition_days", readonly=False
    )
