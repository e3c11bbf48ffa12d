from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aftersales_note_days = fields.Integer(
        related="company_id.aftersales_note_days", readonly=False
    )
