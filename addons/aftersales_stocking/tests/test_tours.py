from odoo.tests import HttpCase, tagged

from .common import StockingCommon


@tagged("post_install", "-at_install")
class TestStockingTours(StockingCommon, HttpCase):
    """From the dealer's phone-sized task to the order, each at his own screen."""

    def _open(self, plan, tour, user):
        self.start_tour(f"/odoo/stocking-plans/{plan.id}", tour, login=user.login)

    def test_dealer_fills_in_keeper_approves_dealer_orders(self):
        plan = self._create_plan()
        self.assertEqual(plan.line_ids.proposed, 4)
        self._open(plan, "aftersales_stocking_dealer_hands_in", self.user_agent_a)
        self.assertRecordValues(
            plan.line_ids,
            [{"quantity": 3, "dealer_reason": "Small shop", "approved_quantity": 3}],
        )
        self.assertEqual(plan.state, "submitted")
        self._open(plan, "aftersales_stocking_keeper_approves", self.user_keeper)
        self.assertEqual(plan.state, "approved")
        self._open(plan, "aftersales_stocking_dealer_orders", self.user_agent_a)
        self.assertEqual(plan.state, "ordered")
        self.assertRecordValues(
            plan.order_ids.line_ids, [{"product_id": self.pump.id, "quantity": 3}]
        )
