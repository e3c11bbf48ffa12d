from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dealer_id = fields.Many2one(
        "aftersales.dealer",
        string="Registered by Dealer",
        index="btree_not_null",
        default=lambda self: self.env.user.dealer_id,
        help="The dealer who brought this customer; his users may see and edit it.",
    )
