from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_analysis_days = fields.Integer(
        related="company_id.aftersales_analysis_days", readonly=False
    )
    aftersales_outlier_pieces = fields.Float(
        related="company_id.aftersales_outlier_pieces", readonly=False
    )
    aftersales_outlier_peers = fields.Integer(
        related="company_id.aftersales_outlier_peers", readonly=False
    )
    aftersales_outlier_factor = fields.Float(
        related="company_id.aftersales_outlier_factor", readonly=False
    )
    aftersales_fill_days = fields.Integer(
        related="company_id.aftersales_fill_days", readonly=False
    )
    aftersales_dead_days = fields.Integer(
        related="company_id.aftersales_dead_days", readonly=False
    )
    aftersales_slow_days = fields.Integer(
        related="company_id.aftersales_slow_days", readonly=False
    )
