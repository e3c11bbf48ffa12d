from odoo import api, fields, models

from .account_move import COMPANY_ONLY


class AftersalesPartsReturnPrice(models.Model):
    """What the dealer paid for some pieces of a return, and on which invoice.

    Made by :meth:`aftersales.parts.return._allocate_prices`; the sum over an invoice
    line never exceeds what was invoiced.
    """

    _name = "aftersales.parts.return.price"
    _description = "Price paid for returned pieces"
    _order = "line_id, id"
    _rec_name = "line_id"

    line_id = fields.Many2one(
        "aftersales.parts.return.line",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    return_id = fields.Many2one(related="line_id.return_id", store=True, index=True)
    dealer_id = fields.Many2one(related="line_id.dealer_id", store=True, index=True)
    product_id = fields.Many2one(related="line_id.product_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    invoice_line_id = fields.Many2one(
        "account.move.line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=COMPANY_ONLY,
    )
    invoice_name = fields.Char(string="Invoice", readonly=True)
    invoice_date = fields.Date(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price_unit = fields.Float(
        string="Price", digits="Product Price", readonly=True, aggregator=None
    )
    discount = fields.Float(string="Discount (%)", readonly=True, aggregator=None)
    tax_ids = fields.Many2many(
        "account.tax",
        "aftersales_parts_return_price_tax_rel",
        "price_id",
        "tax_id",
        string="Taxes",
        readonly=True,
        groups=COMPANY_ONLY,
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        compute_sudo=True,
        store=True,
        help="Before tax, as the credit note will say.",
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A price is of at least one piece."
    )

    @api.depends("quantity", "price_unit", "discount", "tax_ids")
    def _compute_amount(self):
        for price in self:
            net = price.price_unit * (1 - price.discount / 100)
            totals = price.tax_ids.compute_all(
                net,
                currency=price.currency_id,
                quantity=price.quantity,
                product=price.product_id,
                partner=price.dealer_id.partner_id,
            )
            price.amount = totals["total_excluded"]
