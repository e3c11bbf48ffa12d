from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_repeat_days = fields.Integer(
        related="company_id.aftersales_repeat_days", readonly=False
    )
    aftersales_duplicate_days = fields.Integer(
        related="company_id.aftersales_duplicate_days", readonly=False
    )
    aftersales_request_limit = fields.Integer(
        related="company_id.aftersales_request_limit", readonly=False
    )
