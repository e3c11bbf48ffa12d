from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_dispatch_hours = fields.Float(
        related="company_id.aftersales_dispatch_hours", readonly=False
    )
    aftersales_answer_minutes = fields.Integer(
        related="company_id.aftersales_answer_minutes", readonly=False
    )
