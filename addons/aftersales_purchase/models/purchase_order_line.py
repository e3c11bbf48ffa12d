from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class PurchaseOrderLine(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "purchase.order.line"

    framework_price = fields.Float(
        min_display_digits="Product Price",
        compute="_compute_framework_price",
        store=True,
        help="Agreed with the designated supplier for this quantity and day, in the "
        "currency of the order and the unit of the line; 0: nothing was agreed.",
    )
    price_deviation = fields.Float(
        string="Deviation (%)",
        compute="_compute_price_deviation",
        store=True,
        aggregator=None,
        help="Of the price after discount from the framework price; above 0: dearer.",
    )
    approved_price = fields.Float(
        readonly=True,
        copy=False,
        groups="aftersales_dealer.group_manager",
        help="Up to this price the manager approved the line.",
    )

    # COMPUTES

    @api.depends(
        "product_id",
        "product_qty",
        "product_uom_id",
        "order_id.partner_id",
        "order_id.date_order",
        "order_id.currency_id",
        "order_id.company_id",
    )
    def _compute_framework_price(self):
        for line in self:
            line.framework_price = line._get_framework_price()

    def _get_framework_price(self):
        """The agreed price per unit of the line in the order's currency, or 0."""
        self.ensure_one()
        order, product = self.order_id, self.product_id
        if not (product and order.partner_id and product._is_bought_part()):
            return 0.0
        date = order._get_price_date()
        seller = product.with_company(order.company_id)._get_framework_seller(
            order.partner_id, self.product_qty, date, self.product_uom_id
        )
        if not seller:
            return 0.0
        price = product.uom_id._compute_price(
            seller.price_discounted, self.product_uom_id
        )
        return seller.currency_id._convert(
            price, order.currency_id, order.company_id, date, round=False
        )

    @api.depends("framework_price", "price_unit", "discount")
    def _compute_price_deviation(self):
        for line in self:
            agreed = line.framework_price
            paid = line.price_unit * (1 - line.discount / 100)
            line.price_deviation = (
                round((paid - agreed) * 100 / agreed, 2) if agreed else 0.0
            )

    def _is_deviation_open(self):
        """Whether the price is above the tolerance and above what was approved."""
        self.ensure_one()
        tolerance = self.order_id.company_id.aftersales_price_tolerance
        if float_compare(self.price_deviation, tolerance, precision_digits=2) <= 0:
            return False
        # sudo: the approved price is the manager's to write; that it binds is for all
        approved = self.sudo().approved_price
        return float_compare(self.price_unit_discounted, approved, 6) > 0

    def _get_deviation_text(self):
        self.ensure_one()
        return self.env._(
            "%(part)s at %(price)s instead of %(agreed)s (+%(percent)s %%)",
            part=self.product_id.display_name,
            price=self.currency_id.format(self.price_unit_discounted),
            agreed=self.currency_id.format(self.framework_price),
            percent=f"{self.price_deviation:g}",
        )

    @api.constrains("price_unit", "discount", "product_id")
    def _check_confirmed_price(self):
        """What stops a confirmation may not be entered after it."""
        for line in self:
            order = line.order_id
            if order.state != "purchase" or not line.product_id:
                continue
            if line.product_id._is_bought_part() and line._is_deviation_open():
                raise ValidationError(
                    self.env._(
                        "%(order)s is confirmed: %(line)s needs the after-sales "
                        "manager's approval. Cancel it, set it to draft and confirm "
                        "it with the new price.",
                        order=order.name,
                        line=line._get_deviation_text(),
                    )
                )
            if order.company_id.aftersales_supplier_check == "refuse":
                lines = order._get_undesignated_lines() & line
                if lines:
                    raise ValidationError(order._get_undesignated_refusal(lines))
