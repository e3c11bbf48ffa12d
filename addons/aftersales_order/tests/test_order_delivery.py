from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderDelivery(OrderCommon):
    """Backorders, what does not come, and cancelling before shipping."""

    def test_backorder_keeps_the_order_open(self):
        order = self._confirm()
        self._pay(order)
        self._ship(order, 3)
        self.assertRecordValues(
            order, [{"state": "ready", "delivery_state": "partial"}]
        )
        self.assertRecordValues(
            order.line_ids, [{"delivered_quantity": 3, "open_quantity": 1}]
        )
        self._sign(order)
        self.assertEqual(order.state, "ready", "a piece is still to come")
        self._ship(order)
        self.assertEqual(order.state, "shipped")
        self._sign(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(self._get_stock_value(self.pump), 600.0)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)

    def test_no_backorder_credits_the_rest(self):
        order = self._confirm()
        self._pay(order)
        self._ship(order, 3, backorder=False)
        self.assertEqual(order.state, "shipped")
        self.assertRecordValues(
            order.line_ids, [{"delivered_quantity": 3, "invoiced_quantity": 3}]
        )
        self.assertEqual(order.amount_invoiced, 610.2)
        self.assertEqual(self._get_receivable(), -203.4)
        self.assertEqual(self._get_stock_value(self.pump), 700.0)

    def test_closed_short_credits_the_rest(self):
        order = self._confirm()
        self._pay(order)
        self._ship(order, 1)
        order.action_close_short()
        self.assertEqual(order.state, "shipped")
        self.assertFalse(self._get_picking(order))
        self.assertEqual(order.amount_invoiced, 203.4)
        self.assertEqual(self._get_receivable(), -610.2)
        self.assertEqual(order.line_ids.open_quantity, 0)

    def test_credit_order_closed_short_is_invoiced_as_shipped(self):
        self.dealer_a.credit_limit = 1000.0
        order = self._confirm(payment_mode="credit")
        self._ship(order, 1)
        order.action_close_short()
        self.assertEqual(order.state, "shipped")
        self.assertEqual(self._get_receivable(), 203.4)
        self.dealer_a.invalidate_recordset()
        self.assertEqual(self.dealer_a.credit_used, 203.4)

    def test_nothing_shipped_is_cancelled_not_closed(self):
        order = self._confirm()
        with self.assertRaisesRegex(UserError, "Cancel the order instead"):
            order.action_close_short()
        with self.assertRaisesRegex(UserError, "Cancel the order instead"):
            self._get_picking(order).action_cancel()
        self.assertEqual(order.state, "confirmed")

    def test_cancelled_unpaid_order_is_credited(self):
        order = self._confirm()
        picking = self._get_picking(order)
        invoice = order.sudo().sale_order_id.invoice_ids
        order.action_cancel()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(picking.state, "cancel")
        self.assertEqual(order.sudo().sale_order_id.state, "cancel")
        self.assertRecordValues(invoice, [{"state": "posted", "amount_residual": 0.0}])
        self.assertEqual(self._get_receivable(), 0.0)
        self.assertEqual(order.amount_invoiced, 0.0)
        self.assertEqual(self._get_stock_value(self.pump), 1000.0)

    def test_cancelled_paid_order_leaves_the_money_with_the_dealer(self):
        order = self._confirm()
        self._pay(order)
        order.action_cancel()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(self._get_receivable(), -813.6)
        refund = order.sudo().sale_order_id.invoice_ids.filtered(
            lambda move: move.move_type == "out_refund"
        )
        self.assertRecordValues(
            refund,
            [{"state": "posted", "amount_total": 813.6, "amount_residual": 813.6}],
        )

    def test_cancelled_half_paid_order(self):
        order = self._confirm()
        self._pay(order, 300.0)
        order.action_cancel()
        self.assertEqual(self._get_receivable(), -300.0)
        self.assertEqual(order.amount_invoiced, 0.0)

    def test_shipped_order_is_not_cancelled(self):
        order = self._confirm()
        self._pay(order)
        self._ship(order, 1)
        with self.assertRaisesRegex(UserError, "Close it short"):
            order.action_cancel()
        self.assertEqual(order.state, "ready")

    def test_cancelled_order_is_not_shipped(self):
        order = self._confirm()
        picking = self._get_picking(order)
        order.action_cancel()
        picking.move_ids.picked = True
        picking.move_ids._action_done()
        self.assertEqual(order.line_ids.delivered_quantity, 0)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 10)

    def test_dealer_drops_only_what_is_not_confirmed(self):
        order = self._create_order()
        order.action_submit()
        order.action_cancel()
        self.assertEqual(order.state, "cancelled")
        other = self._create_order()
        self._confirm(other)
        self.assertFalse(other.can_cancel)
        with self.assertRaisesRegex(UserError, "Ask the parts keeper"):
            other.action_cancel()
        self.assertEqual(other.state, "confirmed")

    def test_short_delivery_is_complained_of_as_ever(self):
        order = self._confirm()
        self._pay(order)
        self._ship(order)
        receipt = order.receipt_ids.with_user(self.user_agent_a)
        receipt.line_ids.broken = 1
        receipt.action_confirm()
        self.assertTrue(receipt.can_complain)
        self._sign(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)
