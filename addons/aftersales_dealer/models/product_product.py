from odoo import fields, models

from .product_template import COST_GROUPS


class ProductProduct(models.Model):
    _inherit = "product.product"

    standard_price = fields.Float(groups=COST_GROUPS)
