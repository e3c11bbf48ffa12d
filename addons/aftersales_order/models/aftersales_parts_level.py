from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesPartsLevel(models.Model):
    _inherit = "aftersales.parts.level"

    def action_order_missing(self):
        """Draft an order of what is below the minimum and not on its way.

        A part that another number followed is ordered by the new number.

        :raises UserError: nothing is missing, or all of it is ordered already
        """
        today = fields.Date.context_today(self)
        coming = self._get_coming()
        wanted = {}
        for level in self:
            part = level.product_id
            quantity = level.missing - coming.get((level.dealer_id, part), 0.0)
            if level.missing and part.uom_id.compare(quantity, 0.0) > 0:
                parts = wanted.setdefault(level.dealer_id, {})
                part = part._get_current_part(today)
                parts[part] = parts.get(part, 0.0) + quantity
        if not wanted:
            raise UserError(
                self.env._(
                    "Nothing to order: what is missing is on an order or on its way "
                    "already, or no part is below its minimum."
                )
            )
        orders = self.env["aftersales.parts.order"]._create_from_wanted(
            wanted, self.env._("Stock levels")
        )
        return orders._get_open_action()

    def _get_coming(self):
        """Pieces on open orders or not received yet, by dealer and part."""
        parts = self.product_id
        coming = {}
        for model, domain, quantity in (
            (
                "aftersales.parts.order.line",
                [("order_id.state", "=", "draft")],
                "quantity:sum",
            ),
            ("aftersales.parts.order.line", [], "open_quantity:sum"),
            (
                "aftersales.parts.receipt.line",
                [("receipt_id.state", "=", "to_receive")],
                "shipped:sum",
            ),
        ):
            mine = [
                ("dealer_id", "in", self.dealer_id.ids),
                ("product_id", "in", parts.ids),
            ]
            for dealer, part, pieces in self.env[model]._read_group(
                domain + mine, ["dealer_id", "product_id"], [quantity]
            ):
                key = (dealer, part)
                coming[key] = coming.get(key, 0.0) + pieces
        return coming
