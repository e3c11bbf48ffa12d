from odoo import fields, models

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class ProductProduct(models.Model):
    """What our stock costs and is worth stays hidden from dealers."""

    _inherit = "product.product"

    avg_cost = fields.Monetary(groups=COST_GROUPS)
    total_value = fields.Monetary(groups=COST_GROUPS)
    suggest_estimated_price = fields.Float(groups=COST_GROUPS)
