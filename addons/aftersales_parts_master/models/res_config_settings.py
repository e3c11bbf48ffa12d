from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_abc_share_a = fields.Float(
        related="company_id.aftersales_abc_share_a", readonly=False
    )
    aftersales_abc_share_b = fields.Float(
        related="company_id.aftersales_abc_share_b", readonly=False
    )
