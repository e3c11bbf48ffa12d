from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_retention_years = fields.Integer(
        related="company_id.aftersales_retention_years", readonly=False
    )
