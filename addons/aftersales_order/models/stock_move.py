from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        orders = self._check_parts_orders()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        orders._follow_deliveries()
        return moves

    def _check_parts_orders(self):
        """Ask the dealers' orders whether these goods may leave, before they move.

        :return: the orders, under sudo
        :raises UserError: see ``aftersales.parts.order._ensure_may_leave``
        """
        # sudo: the order decides, whoever moves the goods
        leaving = self.sudo().filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.picked
                and move._is_leaving()
            )
        )
        by_order = leaving.grouped(lambda move: move._get_parts_order())
        orders = self.env["aftersales.parts.order"].sudo()
        for order, moves in by_order.items():
            if order:
                order._ensure_may_leave(moves)
                orders |= order
        return orders

    def _get_parts_order(self):
        """The dealer's order that this movement serves, by line or by transfer."""
        self.ensure_one()
        picking = self.picking_id
        sales = self.sale_line_id.order_id | picking.sale_id
        sales |= picking.reference_ids.sale_ids
        return sales.parts_order_ids[:1]

    def _is_leaving(self):
        """Whether the goods go from the company towards a dealer."""
        self.ensure_one()
        target, source = self.location_dest_id, self.location_id
        leaves = target.usage in ("customer", "transit", "supplier") or target.dealer_id
        return bool(leaves) and source.usage in ("internal", "transit", "view")

    def _get_leaving_quantity(self):
        """Picked pieces, in the product's own unit."""
        self.ensure_one()
        lines = self.move_line_ids.filtered("picked")
        return sum(lines.mapped("quantity_product_uom"))
