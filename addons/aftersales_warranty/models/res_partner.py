from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    warranty_card_ids = fields.One2many(
        "aftersales.warranty.card", "partner_id", string="Warranty Cards"
    )
    warranty_owner_ids = fields.One2many(
        "aftersales.warranty.owner", "partner_id", string="Machines Owned"
    )
