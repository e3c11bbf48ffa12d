from odoo import api, models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model
    def _get_gather_domain(self, product_id, location_id, *args, **kwargs):
        """What a technician carries is offered to his own jobs alone."""
        domain = super()._get_gather_domain(product_id, location_id, *args, **kwargs)
        # sudo: whose bag the place is decides, whoever moves the goods
        if not location_id.sudo().staff_id:
            domain &= Domain("location_id.staff_id", "=", False)
        return domain
