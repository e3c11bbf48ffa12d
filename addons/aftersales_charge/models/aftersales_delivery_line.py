from odoo import api, fields, models
from odoo.exceptions import AccessError

from .aftersales_quotation_line import LINE_KINDS

# What the person at the counter states; the rest was counted.
OPEN_FIELDS = {"old_part"}


class AftersalesDeliveryLine(models.Model):
    """One row of the cost sheet, as it was told to the customer."""

    _name = "aftersales.delivery.line"
    _description = "Cost sheet line"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "delivery_id, id"

    delivery_id = fields.Many2one(
        "aftersales.delivery", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="delivery_id.dealer_id", store=True, precompute=True, default=None
    )
    currency_id = fields.Many2one(related="delivery_id.currency_id")
    kind = fields.Selection(selection=LINE_KINDS, required=True, readonly=True)
    name = fields.Char(string="Work or Part", required=True, readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price_unit = fields.Float(
        string="Unit Price", digits="Product Price", readonly=True
    )
    covered = fields.Boolean(readonly=True)
    charged = fields.Monetary(
        string="You Pay", readonly=True, help="Before tax, as on the invoice."
    )
    covered_total = fields.Monetary(
        string="Warranty Bears", readonly=True, help="Tax included."
    )
    old_part = fields.Selection(
        [
            ("returned", "Given to the Customer"),
            ("shown", "Shown, Left with Us"),
            ("kept", "Goes Back to the Maker"),
            ("none", "None"),
        ],
        help="What became of the part that was taken out. The old part of a charged "
        "new one belongs to the customer.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The cost sheet is counted from the repair, not typed.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and set(vals) - OPEN_FIELDS:
            raise AccessError(
                self.env._(
                    "The cost sheet is counted from the repair; only what became of "
                    "the old part can be stated."
                )
            )
        if not self.env.su:
            self.delivery_id._check_protected_write({"line_ids": vals})
        return super().write(vals)
