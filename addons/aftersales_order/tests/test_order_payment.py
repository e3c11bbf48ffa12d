from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderPayment(OrderCommon):
    """Paid before shipped, whichever way the goods are moved."""

    def test_unpaid_goods_do_not_leave(self):
        order = self._confirm()
        with self.assertRaisesRegex(UserError, "813.60 and 0.00 are paid"):
            self._ship(order)
        self.assertEqual(order.line_ids.delivered_quantity, 0)
        self.assertEqual(self._get_stock_value(self.pump), 1000.0)

    def test_no_way_around_by_the_movement_itself(self):
        order = self._confirm()
        picking = self._get_picking(order)
        picking.action_assign()
        picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "are paid"):
            picking.move_ids._action_done()
        self.assertEqual(picking.state, "assigned")

    def test_no_way_around_by_a_second_movement(self):
        """A part put on the transfer by hand, with no sales line of its own."""
        order = self._confirm()
        self._pay(order)
        self._put_into_stock(self.oil, 5)
        picking = self._get_picking(order)
        self.env["stock.move"].with_user(self.user_keeper).create(
            {
                "picking_id": picking.id,
                "product_id": self.oil.id,
                "product_uom_qty": 5,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.action_confirm()
        with self.assertRaisesRegex(UserError, "Oil is not on"):
            self._ship(order)
        self.assertEqual(self._get_on_hand(self.oil, self.stock), 5)

    def test_more_than_is_ordered_does_not_leave(self):
        order = self._confirm()
        self._pay(order)
        with self.assertRaisesRegex(UserError, "5 would be shipped"):
            self._ship(order, 5)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 10)

    def test_part_payment_lets_go_what_it_covers(self):
        order = self._confirm()
        self._pay(order, 406.8)
        self.assertEqual(order.payment_state, "partial")
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "610.20 and 406.80 are paid"):
            self._ship(order, 3)
        self._ship(order, 2)
        self.assertEqual(order.line_ids.delivered_quantity, 2)
        self.assertEqual(order.delivery_state, "partial")
        with self.assertRaisesRegex(UserError, "813.60 and 406.80 are paid"):
            self._ship(order)
        self._pay(order)
        self.assertEqual(order.state, "ready")
        self._ship(order)
        self.assertEqual(order.state, "shipped")
        self.assertEqual(len(order.receipt_ids), 2)

    def test_a_cent_is_missing(self):
        order = self._confirm()
        self._pay(order, 813.59)
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "813.60 and 813.59 are paid"):
            self._ship(order)
        self._pay(order, 0.01)
        self.assertEqual(order.state, "ready")

    def test_payment_taken_back_holds_the_order(self):
        order = self._confirm()
        self._pay(order)
        invoice = order.sudo().sale_order_id.invoice_ids
        invoice.line_ids.with_user(self.user_accountant).remove_move_reconcile()
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "0.00 are paid"):
            self._ship(order)

    def test_credited_invoice_is_no_payment(self):
        order = self._confirm()
        invoice = order.sudo().sale_order_id.invoice_ids
        invoice.with_user(self.user_accountant)._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "0.00 are paid"):
            self._ship(order)

    def test_credit_note_after_payment_holds_the_order(self):
        order = self._confirm()
        self._pay(order)
        invoice = order.sudo().sale_order_id.invoice_ids
        refund = invoice.with_user(self.user_accountant)._reverse_moves()
        refund.action_post()
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "What was credited is not shipped"):
            self._ship(order)
        self.env["account.payment.register"].with_user(
            self.user_accountant
        ).with_context(active_model="account.move", active_ids=refund.ids).create(
            {}
        )._create_payments()
        self.assertEqual(order.amount_paid, 0.0)
        self.assertEqual(order.state, "confirmed")
        with self.assertRaisesRegex(UserError, "0.00 are paid"):
            self._ship(order)

    def test_discount_credited_afterwards_needs_no_payment(self):
        order = self._confirm()
        invoice = order.sudo().sale_order_id.invoice_ids
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.dealer_a.partner_id.id,
                "reversed_entry_id": invoice.id,
                "invoice_date": invoice.invoice_date,
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Discount",
                            "price_unit": 20.0,
                            "tax_ids": [(6, 0, self.tax.ids)],
                        },
                    )
                ],
            }
        )
        refund.action_post()
        self._pay(order)
        self.assertEqual(self._get_receivable(), 0.0)
        self.assertEqual(order.amount_paid, 791.0)
        self.assertEqual(order.state, "ready")
        self._ship(order)
        self.assertEqual(order.state, "shipped")

    def test_posted_invoice_is_not_reset(self):
        order = self._confirm()
        invoice = order.sudo().sale_order_id.invoice_ids
        with self.assertRaisesRegex(UserError, order.name):
            invoice.with_user(self.user_accountant).button_draft()
        self.assertEqual(invoice.state, "posted")

    def test_other_deliveries_and_invoices_are_left_alone(self):
        receipt = self._deliver(self.pump, 1)
        self.assertFalse(receipt.parts_order_id)
        self.assertFalse(receipt.is_signature_due)
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.dealer_a.partner_id.id,
                "invoice_line_ids": [(0, 0, {"name": "M", "price_unit": 5.0})],
            }
        )
        invoice.action_post()
        invoice.button_draft()
        self.assertEqual(invoice.state, "draft")
