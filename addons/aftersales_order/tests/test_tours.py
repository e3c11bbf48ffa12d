from odoo.tests import HttpCase, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderTours(OrderCommon, HttpCase):
    """Dealer and keeper at their screens, and what stands in stock and books."""

    def test_dealer_orders_keeper_ships_dealer_signs(self):
        self.start_tour(
            "/odoo/parts-orders",
            "aftersales_order_agent_orders",
            login=self.user_agent_a.login,
        )
        order = self.env["aftersales.parts.order"].search(
            [("dealer_id", "=", self.dealer_a.id)]
        )
        self.assertRecordValues(order, [{"state": "submitted", "amount_total": 406.8}])
        url = f"/odoo/parts-orders/{order.id}"
        keeper = self.user_keeper.login
        self.start_tour(url, "aftersales_order_keeper_confirms", login=keeper)
        self.assertEqual(order.line_ids.delivered_quantity, 0)
        self._pay(order)
        self.start_tour(url, "aftersales_order_keeper_ships", login=keeper)
        self.assertEqual(order.state, "shipped")
        self.start_tour(
            url, "aftersales_order_agent_signs", login=self.user_agent_a.login
        )
        self.assertEqual(order.state, "done")
        self.assertEqual(order.receipt_ids.signed_by, "Li Wei")
        self.assertTrue(order.receipt_ids.signature)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 2)
        self.assertEqual(self._get_stock_value(self.pump), 800.0)
        self.assertEqual(self._get_receivable(), 0.0)
