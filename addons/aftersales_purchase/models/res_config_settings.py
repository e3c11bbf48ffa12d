from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_supplier_check = fields.Selection(
        related="company_id.aftersales_supplier_check", readonly=False
    )
    aftersales_price_tolerance = fields.Float(
        related="company_id.aftersales_price_tolerance", readonly=False
    )
    aftersales_score_quality = fields.Integer(
        related="company_id.aftersales_score_quality", readonly=False
    )
    aftersales_score_delivery = fields.Integer(
        related="company_id.aftersales_score_delivery", readonly=False
    )
    aftersales_score_price = fields.Integer(
        related="company_id.aftersales_score_price", readonly=False
    )
    aftersales_rejected_location_id = fields.Many2one(
        related="company_id.aftersales_rejected_location_id", readonly=False
    )
