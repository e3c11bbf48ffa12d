from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    release_date = fields.Date(
        index="btree_not_null",
        help="First day on the market. Around it need rules ask for training.",
    )
