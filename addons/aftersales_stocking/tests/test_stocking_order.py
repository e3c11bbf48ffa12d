from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingOrder(StockingCommon):
    """The approved plan becomes a parts order, once."""

    def test_dealer_makes_the_order_of_what_was_approved(self):
        plan = self._create_plan()
        self._submit(plan)
        plan.with_user(self.user_keeper).line_ids.approved_quantity = 3
        plan.with_user(self.user_keeper).action_approve()
        action = plan.action_order()
        order = plan.order_ids
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        self.assertRecordValues(
            order,
            [{"dealer_id": self.dealer_a.id, "origin": plan.name, "state": "draft"}],
        )
        self.assertRecordValues(
            order.line_ids, [{"product_id": self.pump.id, "quantity": 3}]
        )
        self.assertEqual((plan.state, plan.line_ids.ordered), ("ordered", 3))
        self.assertFalse(plan.sudo().activity_ids)

    def test_second_click_makes_no_second_order(self):
        plan = self._create_plan()
        self._approve(plan)
        plan.action_order()
        self.assertFalse(plan.can_order)
        with self.assertRefused(UserError, "is ordered already"):
            plan.action_order()
        self.assertEqual(len(plan.order_ids), 1)

    def test_cancelled_order_is_made_again(self):
        plan = self._create_plan()
        self._approve(plan)
        plan.action_order()
        plan.order_ids.sudo().state = "cancelled"
        plan.invalidate_recordset(["can_order"])
        self.assertTrue(plan.can_order)
        plan.with_user(self.user_keeper).action_order()
        self.assertEqual(len(plan.order_ids), 2)
        self.assertEqual(plan.line_ids.ordered, 4)

    def test_nothing_approved_nothing_ordered(self):
        plan = self._create_plan()
        self._approve(plan, quantity=0, reason="No room")
        with self.assertRefused(UserError, "nothing was approved"):
            plan.action_order()
        self.assertFalse(plan.order_ids)

    def test_not_before_it_is_approved(self):
        plan = self._create_plan()
        self._submit(plan)
        with self.assertRaises(UserError):
            plan.action_order()
        self.assertFalse(plan.order_ids)

    def test_plan_of_an_order_is_not_entered_by_hand(self):
        plan = self._create_plan()
        orders = self.env["aftersales.parts.order"].with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            orders.create({"dealer_id": self.dealer_a.id, "stocking_plan_id": plan.id})
        self.assertFalse(plan.order_ids)
