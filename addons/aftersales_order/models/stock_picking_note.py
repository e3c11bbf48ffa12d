from odoo import models


class StockPicking(models.Model):
    """What stands on the paper that travels with the parts (发货清单)."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "stock.picking"

    def _get_delivery_note(self):
        """The delivery note as the printed form takes it; dealers get it by receipt.

        Prices are those of the dealer's order, before tax; parts that stand on no order
        have none.

        :return: dict with ``picking``, ``order``, ``partner``, ``lines``, ``untaxed``,
            ``total``
        """
        self.ensure_one()
        # sudo: dealer and warehouse print what the order says, and nothing else of it
        picking = self.sudo()
        order = picking.parts_order_id
        prices = {line.product_id: line for line in order.line_ids}
        rows = [
            picking._prepare_note_row(move, prices.get(move.product_id))
            for move in picking.move_ids
            if move.state != "cancel"
        ]
        rows = [row for row in rows if row["quantity"]]
        quantities = {row["line"]: row["quantity"] for row in rows if row["line"]}
        totals = order._get_tax_totals(quantities) if order else {}
        return {
            "picking": picking,
            "order": order,
            "partner": picking.partner_id,
            "lines": rows,
            "untaxed": totals.get("base_amount_currency"),
            "total": totals.get("total_amount_currency"),
        }

    def _prepare_note_row(self, move, line):
        moved = move.quantity if move.quantity else move.product_uom_qty
        quantity = move.product_uom._compute_quantity(moved, move.product_id.uom_id)
        return {
            "line": line,
            "product": move.product_id,
            "unit": move.product_id.uom_id,
            "quantity": quantity,
            "lots": ", ".join(move.move_line_ids.lot_id.mapped("name")),
            "price": line.price_unit if line else None,
            "amount": line._get_amounts(quantity)[0] if line else None,
        }
