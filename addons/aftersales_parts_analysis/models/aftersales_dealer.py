from odoo import api, models


class AftersalesDealer(models.Model):
    _inherit = "aftersales.dealer"

    @api.model
    def _get_part_prices(self, products, company, quantity=1.0, dealer=None):
        """Prices per piece for a dealer, before tax, in the company's currency.

        From the pricelist of his contact, else the sales price.

        :param products: product.product
        :param float quantity: pieces bought at once, in the parts' own units
        :param dealer: aftersales.dealer; empty for the company's own technicians
        :return: dict of product id to price
        """
        # sudo: pricelists are closed to dealers; the price of his own is no secret
        partner = (dealer or self.browse()).sudo().partner_id.with_company(company)
        return partner.property_product_pricelist._get_products_price(
            products.sudo().with_company(company),
            quantity,
            currency=company.currency_id,
        )
