from odoo import fields, models


class AftersalesWarrantyOwner(models.Model):
    """One owner of a machine, past or present. Cover goes with the machine."""

    _name = "aftersales.warranty.owner"
    _description = "Owner of a machine"
    _rec_name = "card_id"
    _order = "date_from desc, id desc"

    card_id = fields.Many2one(
        "aftersales.warranty.card", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(related="card_id.dealer_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Owner", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date(string="Since")
    date_to = fields.Date(string="Until")
    reason = fields.Char()
