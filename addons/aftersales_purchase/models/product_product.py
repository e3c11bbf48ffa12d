from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_bought_part(self):
        """Whether the rules of parts purchasing hold for this product."""
        self.ensure_one()
        return self.is_storable and not self.is_machine

    def _is_supplier_designated(self, partner, date):
        """Whether ``partner`` is designated for this part on ``date``."""
        self.ensure_one()
        return any(
            seller._is_designated_for(self, partner, date) for seller in self.seller_ids
        )

    def _get_framework_seller(self, partner, quantity, date, uom):
        """The agreed price that an order of this quantity on this day gets.

        :return: a designated ``product.supplierinfo`` within its dates and from its
            minimum quantity on, the cheapest of several; or none
        """
        self.ensure_one()
        sellers = self._get_filtered_sellers(
            partner_id=partner, quantity=quantity, date=date, uom_id=uom
        ).filtered(lambda s: s._is_designated_for(self, partner, date))
        return sellers.sorted(lambda s: (s.price_discounted, s.id))[:1]
