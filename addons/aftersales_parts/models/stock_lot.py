from odoo import fields, models

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class StockLot(models.Model):
    """What a serial cost us stays hidden from dealers."""

    _inherit = "stock.lot"

    avg_cost = fields.Monetary(groups=COST_GROUPS)
    total_value = fields.Monetary(groups=COST_GROUPS)
    standard_price = fields.Float(groups=COST_GROUPS)
