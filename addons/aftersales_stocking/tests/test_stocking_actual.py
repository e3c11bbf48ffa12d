from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingActual(StockingCommon):
    """Ordered, received, used and cover are facts, told the same way everywhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls._create_plan()
        cls.order = cls._order(cls.plan)
        cls._deliver_order(cls.order, 4, short=1)

    def _get_actual(self):
        self.env.invalidate_all()
        return self.env["aftersales.stocking.actual"].search(
            [("plan_id", "=", self.plan.id)]
        )

    def test_received_is_what_the_dealer_confirmed(self):
        """Four ordered and shipped, one missing in the box."""
        self.assertRecordValues(
            self.plan.line_ids,
            [{"ordered": 4, "received": 3, "used": 0, "cover": 100}],
        )

    def test_used_in_the_season_alone(self):
        """2 there when planned and 3 received, 4 used in June: 125 %."""
        self._use(self.pump, 4, datetime(2026, 6, 20, 8))
        self._use(self.pump, 1, datetime(2026, 7, 1, 8))
        self.assertRecordValues(
            self._get_actual(),
            [
                {
                    "proposed": 4,
                    "quantity": 4,
                    "approved_quantity": 4,
                    "there": 2,
                    "ordered": 4,
                    "received": 3,
                    "provided": 5,
                    "used": 4,
                    "cover": 125,
                    "fulfilment": 75,
                }
            ],
        )
        line = self.plan.with_user(self.user_agent_a).line_ids
        self.assertRecordValues(line, [{"received": 3, "used": 4, "cover": 125}])

    def test_cancelled_order_is_not_ordered(self):
        self.order.state = "cancelled"
        self.assertEqual(self._get_actual().ordered, 0)

    def test_cover_of_a_group_is_that_of_its_sums(self):
        """Pump: 5 provided, 4 used. Oil: 1 provided, 8 used. Together 6 for 12."""
        self._use(self.pump, 4, datetime(2026, 6, 20, 8))
        self.plan.sudo().write(
            {"line_ids": [(0, 0, {"product_id": self.oil.id, "quantity": 0})]}
        )
        oil = self.plan.sudo().line_ids.filtered(lambda l: l.product_id == self.oil)
        oil.on_hand = 1
        self._store(self.oil, 8)
        self._use(self.oil, 8, datetime(2026, 6, 21, 8))
        groups = self.env["aftersales.stocking.actual"]._read_group(
            [("plan_id", "=", self.plan.id)],
            ["dealer_id"],
            ["cover:avg", "used:sum", "received:sum"],
        )
        self.assertEqual(groups, [(self.dealer_a, 50, 12, 3)])

    def test_one_query_for_all_lines(self):
        self.plan.sudo().write(
            {"line_ids": [(0, 0, {"product_id": self.oil.id, "quantity": 2})]}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.plan.sudo().line_ids
        lines._compute_actual()
        self.assertEqual(len(lines), 2)
        self.env["aftersales.stocking.actual"].invalidate_model()
        with self.assertQueryCount(1):
            lines._compute_actual()

    def test_dealer_reads_his_own(self):
        actual = self.env["aftersales.stocking.actual"]
        domain = [("plan_id", "=", self.plan.id)]
        self.assertEqual(actual.with_user(self.user_agent_a).search_count(domain), 1)
        self.assertEqual(actual.with_user(self.user_agent_b).search_count(domain), 0)
