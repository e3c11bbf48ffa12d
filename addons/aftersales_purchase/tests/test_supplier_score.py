from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSupplierScore(PurchaseCommon):
    """June 2026, counted to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("aftersales_purchase.sampling_plan_aql_2_5")

    def _buy(self, quantity=10, price=80.0, day="2026-06-08"):
        """Ordered on 1 June for the 10th; came on ``day``."""
        with freeze_time("2026-06-01 04:00:00"):
            order = self._confirm(
                quantity=quantity, price=price, date_planned="2026-06-10 04:00:00"
            )
        if day:
            with freeze_time(f"{day} 04:00:00"):
                self._receive_order(order)
        return order

    def _receive_order(self, order, bad=0):
        self._validate(order.picking_ids)
        inspection = order.picking_ids.incoming_inspection_ids
        if inspection:
            self._fill_inspection(inspection, inspection.sample_size, bad)
            getattr(inspection.with_user(self.user_inspector), self.step(bad))()
            self._validate(order.picking_ids)

    @staticmethod
    def step(bad):
        return "action_reject" if bad else "action_accept"

    @freeze_time("2026-06-30 04:00:00")
    def _count(self):
        self.env["aftersales.supplier.score"].with_user(
            self.user_keeper
        ).action_recompute()
        return self.env["aftersales.supplier.score"].search(
            [("partner_id", "=", self.foundry.id)]
        )

    def test_all_three_criteria(self):
        self.plan.product_ids = self.pump
        self._buy(price=80.0)
        self._buy(price=84.0, day="2026-06-11")
        refused = self._buy(day=None)
        with freeze_time("2026-06-09 04:00:00"):
            self._receive_order(refused, bad=1)
        score = self._count()
        self.assertRecordValues(
            score,
            [
                {
                    "lots": 3,
                    "accepted_lots": 2,
                    "delivered_lines": 2,
                    "on_time_lines": 1,
                    "framework_amount": 1600.0,
                    "paid_amount": 1640.0,
                    "quality": 66.67,
                    "delivery": 50.0,
                    "price": 97.56,
                    # (66.67 * 50 + 50 * 30 + 97.56 * 20) / 100
                    "score": 67.85,
                    "not_available": "",
                }
            ],
        )
        self.assertEqual(str(score.month), "2026-06-01")

    def test_without_lots_quality_does_not_weigh(self):
        self._buy()
        score = self._count()
        self.assertEqual(score.lots, 0)
        self.assertEqual(score.not_available, "Quality")
        self.assertEqual(score.score, 100.0)

    def test_without_framework_price_price_does_not_weigh(self):
        self.company.aftersales_supplier_check = "off"
        self.seller.with_user(self.user_manager).action_withdraw()
        self._buy(day="2026-06-20")
        score = self._count()
        self.assertEqual(score.not_available, "Quality, Price")
        self.assertEqual(score.score, 0.0)
        self.assertEqual(score.delivery, 0.0)

    def test_cheaper_than_agreed_is_a_hundred_at_most(self):
        self._buy(price=60.0)
        self.assertEqual(self._count().price, 100.0)

    def test_weights_are_a_setting(self):
        self._buy(price=84.0, day="2026-06-11")
        self.company.write(
            {"aftersales_score_delivery": 25, "aftersales_score_price": 75}
        )
        # delivery 0, price 800 / 840 = 95.24
        self.assertEqual(self._count().score, 71.43)

    def test_counting_again_changes_nothing(self):
        self._buy()
        first = self._count()
        before = first.read()[0]
        second = self._count()
        self.assertEqual(second, first)
        after = second.read()[0]
        for name in ("lots", "delivered_lines", "paid_amount", "score"):
            self.assertEqual(after[name], before[name])

    def test_nothing_delivered_has_no_row(self):
        self._buy(day=None)
        self.assertFalse(self._count())

    def test_row_without_facts_goes(self):
        stale = self.env["aftersales.supplier.score"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.trader.id,
                "month": "2026-06-01",
                "lots": 7,
            }
        )
        self._count()
        self.assertFalse(stale.exists())

    def test_inspector_does_not_count(self):
        with self.assertRaises(AccessError):
            self.env["aftersales.supplier.score"].with_user(
                self.user_inspector
            ).action_recompute()

    def test_cost_of_parts_by_month_less_returns(self):
        self.plan.product_ids = self.pump
        self._buy(quantity=10, price=80.0)
        refused = self._buy(quantity=5, price=84.0, day=None)
        with freeze_time("2026-07-02 04:00:00"):
            self._receive_order(refused, bad=1)
        costs = self.env["aftersales.parts.cost"].with_user(self.user_keeper)
        rows = costs._read_group(
            [("product_id", "=", self.pump.id)],
            ["date:month", "part_class_id", "partner_id"],
            ["quantity:sum", "value:sum"],
        )
        self.assertEqual(
            [(str(r[0].date()), r[1], r[2], r[3], r[4]) for r in rows],
            [
                ("2026-06-01", self.class_main, self.foundry, 10.0, 800.0),
                ("2026-07-01", self.class_main, self.foundry, 5.0, 420.0),
            ],
        )
        back = refused.picking_ids.incoming_inspection_ids.return_picking_id
        with freeze_time("2026-08-03 04:00:00"):
            self._validate(back)
        row = costs.search([("product_id", "=", self.pump.id)], limit=1)
        self.assertEqual((row.quantity, row.value), (-5.0, -420.0))
