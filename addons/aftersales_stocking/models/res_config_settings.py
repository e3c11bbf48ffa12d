from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_stocking_create_days = fields.Integer(
        related="company_id.aftersales_stocking_create_days", readonly=False
    )
    aftersales_stocking_due_days = fields.Integer(
        related="company_id.aftersales_stocking_due_days", readonly=False
    )
    aftersales_stocking_remind_days = fields.Integer(
        related="company_id.aftersales_stocking_remind_days", readonly=False
    )
    aftersales_stocking_limit = fields.Monetary(
        related="company_id.aftersales_stocking_limit",
        currency_field="company_currency_id",
        readonly=False,
    )
