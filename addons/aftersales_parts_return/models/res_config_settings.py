from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_refit_rate = fields.Monetary(
        related="company_id.aftersales_refit_rate",
        currency_field="company_currency_id",
        readonly=False,
    )
    aftersales_unsold_seasons = fields.Integer(
        related="company_id.aftersales_unsold_seasons", readonly=False
    )
    aftersales_season_months = fields.Integer(
        related="company_id.aftersales_season_months", readonly=False
    )
    aftersales_unsold_notice_days = fields.Integer(
        related="company_id.aftersales_unsold_notice_days", readonly=False
    )
    aftersales_refit_location_id = fields.Many2one(
        related="company_id.aftersales_refit_location_id", readonly=False
    )
    aftersales_supplier_location_id = fields.Many2one(
        related="company_id.aftersales_supplier_location_id", readonly=False
    )
