from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_quotation_days = fields.Integer(
        related="company_id.aftersales_quotation_days", readonly=False
    )
    aftersales_quotation_tolerance = fields.Float(
        related="company_id.aftersales_quotation_tolerance", readonly=False
    )
