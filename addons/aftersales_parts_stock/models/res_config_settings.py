from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_count_limit = fields.Monetary(
        related="company_id.aftersales_count_limit",
        currency_field="company_currency_id",
        readonly=False,
    )
    aftersales_level_days = fields.Integer(
        related="company_id.aftersales_level_days", readonly=False
    )
    aftersales_level_lead_days = fields.Integer(
        related="company_id.aftersales_level_lead_days", readonly=False
    )
    aftersales_level_order_days = fields.Integer(
        related="company_id.aftersales_level_order_days", readonly=False
    )
