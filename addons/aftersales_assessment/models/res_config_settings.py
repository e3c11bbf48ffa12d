from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_assessment_hours = fields.Float(
        related="company_id.aftersales_assessment_hours", readonly=False
    )
