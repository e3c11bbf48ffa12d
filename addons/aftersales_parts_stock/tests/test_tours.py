from odoo.tests import HttpCase, tagged

from .common import DealerStockCommon


@tagged("post_install", "-at_install")
class TestTours(HttpCase, DealerStockCommon):
    """Levels, counts and transfers in a browser, each step by who takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump.name = "Tour Pump"
        cls.env.company.write(
            {
                "aftersales_level_days": 10,
                "aftersales_level_lead_days": 5,
                "aftersales_level_order_days": 10,
            }
        )

    def _walk(self, page, tour, user):
        self.start_tour(
            f"/odoo/{page}", f"aftersales_parts_stock_{tour}", login=user.login
        )
        self.env.invalidate_all()

    def test_dealer_takes_proposed_levels_over(self):
        self._finish(self._create_repair(parts={self.pump: 2}))
        self._walk("parts-levels", "levels", self.user_agent_a)
        level = self.env["aftersales.parts.level"].search(
            [("dealer_id", "=", self.dealer_a.id), ("product_id", "=", self.pump.id)]
        )
        self.assertRecordValues(level, [{"minimum": 1, "maximum": 3}])

    def test_dealer_counts_and_his_manager_approves(self):
        self._walk("parts-counts", "count", self.user_agent_a)
        count = self.env["aftersales.parts.count"].search(
            [("dealer_id", "=", self.dealer_a.id)]
        )
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)
        self._walk("parts-counts", "approve", self.user_manager_a)
        self.assertRecordValues(
            count, [{"state": "posted", "posted_by": self.user_manager_a.id}]
        )
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)

    def test_three_pieces_travel_and_one_is_lost(self):
        page = "parts-transfers"
        self._walk(page, "transfer_ask", self.user_keeper)
        self._walk(page, "transfer_ship", self.user_manager_a)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 1)
        self._walk(page, "transfer_receive", self.user_agent_b)
        self._walk(page, "transfer_settle", self.user_keeper)
        transfer = self.env["aftersales.parts.transfer"].search(
            [("dealer_id", "=", self.dealer_a.id)]
        )
        self.assertRecordValues(transfer, [{"state": "done", "waybill": "SF-1"}])
        self.assertRecordValues(
            transfer.line_ids, [{"quantity": 3, "received": 2, "lost": 1}]
        )
        self.assertEqual(self._get_on_hand(self.pump, self.place_b), 2)
