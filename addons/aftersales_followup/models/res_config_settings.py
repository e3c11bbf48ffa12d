from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_bad_score = fields.Integer(
        related="company_id.aftersales_bad_score", readonly=False
    )
    aftersales_link_days = fields.Integer(
        related="company_id.aftersales_link_days", readonly=False
    )
    aftersales_call_attempts = fields.Integer(
        related="company_id.aftersales_call_attempts", readonly=False
    )
    aftersales_retry_hours = fields.Float(
        related="company_id.aftersales_retry_hours", readonly=False
    )
