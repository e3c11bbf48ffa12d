from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductProduct(models.Model):
    _inherit = "product.product"

    dealer_price = fields.Float(
        string="Your Price",
        digits="Product Price",
        compute="_compute_dealer_price",
        help="What your dealer pays for one piece, before tax.",
    )

    @api.depends_context("uid")
    @api.depends("list_price")
    def _compute_dealer_price(self):
        dealer = self.env.user.dealer_id
        # sudo: price lists are closed to dealers; each learns his own prices
        pricelist = dealer.sudo()._get_parts_pricelist() if dealer else None
        if not pricelist:
            self.dealer_price = 0.0
            return
        prices = pricelist._get_products_price(self.sudo(), 1.0)
        for product in self:
            product.dealer_price = prices.get(product.id, 0.0)

    def action_order_parts(self):
        """Put these parts on the dealer's open draft, or on a new one.

        :raises UserError: the user orders for no dealer, or chose a machine
        """
        dealer = self.env.user.dealer_id
        if not dealer:
            raise UserError(
                self.env._(
                    "Parts are put on an order by a dealer's user. For a dealer, make "
                    "the order under Parts ▸ Orders."
                )
            )
        machines = self.filtered("is_machine")
        if machines:
            raise UserError(
                self.env._(
                    "%(machine)s is a machine, not a part. Take it out of the choice.",
                    machine=machines[0].display_name,
                )
            )
        orders = self.env["aftersales.parts.order"]
        order = orders.search(
            [("dealer_id", "=", dealer.id), ("state", "=", "draft")], limit=1
        ) or orders.create({"dealer_id": dealer.id})
        new = self - order.line_ids.product_id
        order.line_ids = order._prepare_line_commands(dict.fromkeys(new, 1.0))
        return order._get_open_action()
