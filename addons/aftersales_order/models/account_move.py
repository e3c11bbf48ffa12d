from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_parts_orders(self):
        """The dealers' orders that these entries invoice or credit, under sudo."""
        # sudo: whoever keeps the books may not see sales
        moves = self.sudo()
        moves |= moves.reversed_entry_id
        sales = moves.invoice_line_ids.sale_line_ids.order_id
        return sales.parts_order_ids

    def _invoice_paid_hook(self):
        res = super()._invoice_paid_hook()
        self._get_parts_orders()._update_paid()
        return res

    def _post(self, soft=True):
        moves = super()._post(soft)
        # a credit note takes back what was paid for
        refunds = moves.filtered(lambda move: move.move_type == "out_refund")
        refunds._get_parts_orders()._update_paid()
        return moves

    def button_draft(self):
        self._ensure_parts_order_kept()
        return super().button_draft()

    def button_cancel(self):
        self._ensure_parts_order_kept()
        return super().button_cancel()

    def _ensure_parts_order_kept(self):
        """:raises UserError: a posted entry of a dealer's order; credit it instead"""
        posted = self.filtered(lambda move: move.state == "posted")
        for move in posted:
            order = move._get_parts_orders()[:1]
            if order:
                raise UserError(
                    self.env._(
                        "%(move)s is posted for dealer order %(order)s. It is taken "
                        "back by a credit note only, or by cancelling the order.",
                        move=move.name,
                        order=order.name,
                    )
                )
