from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderCredit(OrderCommon):
    """On credit: within the quota, invoiced as it is shipped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer_a.credit_limit = 1000.0

    def test_credit_order_is_shipped_invoiced_and_uses_the_quota(self):
        order = self._confirm(payment_mode="credit")
        self.assertEqual(order.state, "ready")
        self.assertEqual(order.invoice_count, 0)
        self.assertRecordValues(
            self.dealer_a, [{"credit_used": 813.6, "credit_available": 186.4}]
        )
        self._ship(order, 1)
        self.dealer_a.invalidate_recordset()
        self.assertEqual(order.amount_invoiced, 203.4)
        self.assertEqual(self._get_receivable(), 203.4)
        self.assertEqual(self.dealer_a.credit_used, 813.6)
        self._ship(order)
        self.assertEqual(order.state, "shipped")
        self.assertEqual(order.invoice_count, 2)
        self.assertEqual(self._get_receivable(), 813.6)
        self.dealer_a.invalidate_recordset()
        self.assertEqual(self.dealer_a.credit_used, 813.6)
        self._pay(order)
        self.dealer_a.invalidate_recordset()
        self.assertRecordValues(
            self.dealer_a, [{"credit_used": 0.0, "credit_available": 1000.0}]
        )

    def test_above_the_quota_is_refused(self):
        self._confirm(payment_mode="credit")
        second = self._create_order({self.pump: 1}, payment_mode="credit")
        second.action_submit()
        self.assertTrue(second.is_above_quota)
        with self.assertRaisesRegex(UserError, "203.40 are wanted, and 186.40"):
            second.with_user(self.user_keeper).action_confirm()
        self.assertEqual(second.state, "submitted")
        self.assertFalse(second.sudo().sale_order_id)

    def test_to_the_last_cent(self):
        self.dealer_a.credit_limit = 813.6
        order = self._confirm(payment_mode="credit")
        self.assertEqual(order.state, "ready")
        self.assertEqual(self.dealer_a.credit_available, 0.0)

    def test_a_cent_above(self):
        self.dealer_a.credit_limit = 813.59
        with self.assertRaisesRegex(UserError, "813.60 are wanted, and 813.59"):
            self._confirm(payment_mode="credit")

    def test_open_invoices_use_the_quota_and_free_payments_give_it_back(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.dealer_a.partner_id.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "M", "price_unit": 300.0, "tax_ids": [(5, 0, 0)]})
                ],
            }
        )
        move.action_post()
        self.assertEqual(self.dealer_a.credit_used, 300.0)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.dealer_a.partner_id.id,
                "amount": 100.0,
            }
        )
        payment.action_post()
        self.dealer_a.invalidate_recordset()
        if payment.move_id:
            self.assertEqual(self.dealer_a.credit_used, 200.0)
        else:
            # without an outstanding account core books payments when reconciled
            self.assertEqual(self.dealer_a.credit_used, 300.0)

    def test_manager_grants_more_with_a_reason(self):
        self.dealer_a.credit_limit = 100.0
        order = self._create_order(payment_mode="credit")
        order.action_submit()
        with self.assertRaises(AccessError):
            order.with_user(self.user_keeper).action_confirm_above()
        action = order.with_user(self.user_manager).action_confirm_above()
        self.env[action["res_model"]].with_user(self.user_manager).with_context(
            **action["context"]
        ).create({"reason": "Harvest"}).action_apply()
        self.assertRecordValues(
            order.sudo(),
            [
                {
                    "state": "ready",
                    "exceed_reason": "Harvest",
                    "exceeded_by": self.user_manager.id,
                }
            ],
        )
        self.assertEqual(self.dealer_a.credit_available, -713.6)

    def test_keeper_cannot_exceed_by_the_dialog(self):
        self.dealer_a.credit_limit = 100.0
        order = self._create_order(payment_mode="credit")
        order.action_submit()
        wizard = (
            self.env["aftersales.parts.order.reason"]
            .with_user(self.user_keeper)
            .create({"order_ids": order.ids, "kind": "exceed", "reason": "So"})
        )
        with self.assertRaises(AccessError):
            wizard.action_apply()
        self.assertEqual(order.state, "submitted")

    def test_without_a_quota_everything_is_paid_first(self):
        self.dealer_a.credit_limit = 0.0
        order = self._create_order(payment_mode="credit")
        with self.assertRaisesRegex(UserError, "no credit quota"):
            order.action_submit()
        self.assertEqual(order.state, "draft")

    def test_prepaid_order_needs_no_quota(self):
        self.dealer_a.credit_limit = 0.0
        self.assertEqual(self._confirm().state, "confirmed")

    def test_cancelled_credit_order_frees_the_quota(self):
        order = self._confirm(payment_mode="credit")
        order.action_cancel()
        self.dealer_a.invalidate_recordset()
        self.assertEqual(self.dealer_a.credit_used, 0.0)
        self.assertFalse(order.sudo().sale_order_id.invoice_ids)

    def test_dealer_sees_his_own_quota(self):
        dealer = self.dealer_a.with_user(self.user_agent_a)
        self._confirm(payment_mode="credit")
        self.assertEqual(dealer.credit_available, 186.4)
        with self.assertRaises(AccessError):
            self.dealer_b.with_user(self.user_agent_a).read(["credit_limit"])
