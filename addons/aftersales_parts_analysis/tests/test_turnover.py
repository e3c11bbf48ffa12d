from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_parts.tests.random_history import RandomHistory

from .common import NOON, AnalysisCommon, blank


@tagged("post_install", "-at_install")
class TestTurnover(AnalysisCommon):
    """A got 8 pumps at 200 on 10 January and used 2 of them on 1 July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._sell(cls.dealer_a, 1)
        with freeze_time("2026-01-10 04:00:00"):
            cls._receive(cls.pump, 8)
        cls._use(cls.card, {cls.pump: 2})
        cls.rows = cls.env["aftersales.parts.turnover"]

    def _count(self, now=NOON, part=None, dealer=None):
        """The newest row of A's pump, counted by the parts keeper."""
        with freeze_time(now):
            self.rows.with_user(self.user_keeper).action_recompute()
        return self._get_rows(part, dealer)[:1]

    def _get_rows(self, part=None, dealer=None):
        return self.rows.with_user(self.user_quality).search(
            [
                ("dealer_id", "=", (dealer or self.dealer_a).id),
                ("product_id", "=", (part or self.pump).id),
            ]
        )

    def test_figures(self):
        """6 left; none a year ago, so 3 on average; 6 ÷ 2 × 365 days of cover."""
        row = self._count()
        self.assertRecordValues(
            row,
            [
                {
                    "on_hand": 6.0,
                    "price_unit": 200.0,
                    "amount": 1200.0,
                    "average_stock": 3.0,
                    "average_amount": 600.0,
                    "used": 2.0,
                    "used_amount": 400.0,
                    "cover_days": 1095.0,
                    "idle_days": 9,
                    "status": "slow",
                    "never_moved": False,
                    "dead_amount": 0.0,
                }
            ],
        )
        self.assertAlmostEqual(row.turnover, 2 / 3)
        self.assertEqual(
            (str(row.month), str(row.last_out_on), str(row.first_in_on)),
            ("2026-07-01", "2026-07-01", "2026-01-10"),
        )

    def test_fast_part_moves(self):
        self._use(self.card, {self.pump: 4})
        row = self._count()
        self.assertEqual((row.on_hand, row.used, row.status), (2.0, 6.0, "moving"))
        self.assertAlmostEqual(row.cover_days, 2 * 365 / 6)

    def test_dead_after_180_days_without_a_piece_going_out(self):
        for now, days, status in (
            ("2026-12-27 15:59:59", 179, "slow"),
            ("2026-12-27 16:00:00", 180, "dead"),
        ):
            row = self._count(now)
            self.assertEqual((row.idle_days, row.status), (days, status))
        self.assertEqual(row.dead_amount, 1200.0)

    def test_never_moved_is_dead_180_days_after_it_came(self):
        self._put_into_stock(self.oil, 5)
        with freeze_time("2026-01-11 04:00:00"):
            self._receive(self.oil, 5)
        row = self._count("2026-07-09 04:00:00", self.oil)
        self.assertEqual((row.idle_days, row.status), (179, "moving"))
        row = self._count(NOON, self.oil)
        self.assertEqual((row.idle_days, row.status), (180, "dead"))
        self.assertTrue(row.never_moved)
        self.assertFalse(row.last_out_on)

    def test_stock_of_which_no_movement_is_known_is_dead(self):
        self._stock_up(self.dealer_b, 3)
        row = self._count(dealer=self.dealer_b)
        self.assertEqual((row.status, row.never_moved), ("dead", True))

    def test_year_begins_364_days_ago_at_midnight(self):
        for moment in ("2026-07-10 15:59:59", "2026-07-10 16:00:00"):
            self._use(self.card, {self.pump: 1}, moment=moment)
        row = self._count("2027-07-10 04:00:00")
        self.assertEqual((row.used, row.on_hand), (1.0, 4.0))
        # 5 a year ago and 4 now
        self.assertEqual(row.average_stock, 4.5)

    def test_way_to_the_technician_is_no_movement_of_the_dealer(self):
        bag = self.env["stock.location"]._get_bag(self.place_a, self.technician_a)
        with freeze_time("2026-07-05 04:00:00"):
            RandomHistory.post(self.env, [(self.pump, self.place_a, bag, 1)])
        row = self._count()
        self.assertEqual((row.on_hand, row.idle_days), (6.0, 9))
        self.assertEqual(row.average_stock, 3.0)

    def test_correction_of_a_count_is_no_use(self):
        loss = self.pump.with_company(self.company).property_stock_inventory
        with freeze_time("2026-07-05 04:00:00"):
            RandomHistory.post(self.env, [(self.pump, self.place_a, loss, 1)])
        row = self._count()
        self.assertEqual((row.on_hand, row.used, row.idle_days), (5.0, 2.0, 9))

    def test_below_level(self):
        level = self.env["aftersales.parts.level"].create(
            {
                "dealer_id": self.dealer_a.id,
                "product_id": self.pump.id,
                "minimum": 7,
                "maximum": 9,
            }
        )
        self.assertTrue(self._count().is_below)
        level.minimum = 6
        self.assertFalse(self._count().is_below)

    def test_wanted_part_without_stock_has_a_row_until_it_is_not_wanted(self):
        level = self.env["aftersales.parts.level"].create(
            {
                "dealer_id": self.dealer_b.id,
                "product_id": self.oil.id,
                "minimum": 1,
                "maximum": 2,
            }
        )
        row = self._count(part=self.oil, dealer=self.dealer_b)
        self.assertEqual((row.status, row.is_below), ("none", True))
        level.unlink()
        self.assertFalse(self._count(part=self.oil, dealer=self.dealer_b))

    def test_second_count_of_the_month_is_the_same_row(self):
        row = self._count()
        self._use(self.card, {self.pump: 1}, moment="2026-07-09 04:00:00")
        self.assertEqual(self._count("2026-07-20 04:00:00"), row)
        self.assertEqual((row.on_hand, row.used, len(self._get_rows())), (5, 3, 1))

    def test_past_month_stays_as_it_was(self):
        july = self._count()
        self._use(self.card, {self.pump: 1}, moment="2026-07-09 04:00:00")
        august = self._count("2026-07-31 16:00:00")
        self.assertEqual(str(august.month), "2026-08-01")
        self.assertEqual((july.on_hand, august.on_hand), (6.0, 5.0))

    def test_amounts_are_at_the_dealers_own_prices(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Grade A",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 25.0,
                        }
                    )
                ],
            }
        )
        self._stock_up(self.dealer_b, 6)
        self.dealer_a.partner_id.property_product_pricelist = pricelist
        self.assertEqual(self._count().amount, 900.0)
        self.assertEqual(self._get_rows(dealer=self.dealer_b).amount, 1200.0)

    def test_turnover_of_a_group_is_by_value(self):
        """Pump 400 ÷ 600; oil 10 used of 20 on average at 10: 500 ÷ 800."""
        self._put_into_stock(self.oil, 30)
        with freeze_time("2026-01-10 04:00:00"):
            self._receive(self.oil, 30)
        self._use(self.card, {self.oil: 10})
        self._count()
        [(turnover, cover)] = self.rows._read_group(
            [("dealer_id", "=", self.dealer_a.id)],
            [],
            ["turnover:avg", "cover_days:avg"],
        )
        # oil: 20 left, 10 on average at 10: 100 used of 100
        self.assertAlmostEqual(turnover, (400 + 100) / (600 + 100))
        self.assertAlmostEqual(cover, (1200 + 200) * 365 / 500)

    def test_nothing_to_divide_by_is_no_figure(self):
        self.env["aftersales.parts.level"].create(
            {
                "dealer_id": self.dealer_b.id,
                "product_id": self.oil.id,
                "minimum": 1,
                "maximum": 2,
            }
        )
        self._count()
        groups = self.rows._read_group(
            [("dealer_id", "=", self.dealer_b.id)],
            [],
            ["turnover:avg", "cover_days:avg"],
        )
        self.assertEqual(blank(groups), [(None, None)])
        self.env.cr.execute(
            "SELECT turnover, cover_days FROM aftersales_parts_turnover"
            " WHERE dealer_id = %s",
            [self.dealer_b.id],
        )
        self.assertEqual(self.env.cr.fetchall(), [(None, None)])

    def test_machines_are_no_parts(self):
        lot = self.env["stock.lot"].create(
            {"name": "H1-77", "product_id": self.machine.id}
        )
        self.env["stock.quant"]._update_available_quantity(
            self.machine, self.place_a, 1, lot_id=lot
        )
        self.assertFalse(self._count(part=self.machine))

    def test_cron_counts(self):
        with freeze_time(NOON), self.enter_registry_test_mode():
            self.env.ref(
                "aftersales_parts_analysis.ir_cron_parts_turnover"
            ).method_direct_trigger()
        self.rows.invalidate_model()
        self.assertEqual(self._get_rows().on_hand, 6.0)

    def test_row_opens_the_ledger(self):
        action = self._count().action_open_ledger()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(lines.mapped("quantity")), 6.0)

    def test_others_neither_count_nor_write(self):
        row = self._count()
        for user in (self.user_manager_a, self.user_support):
            own = row.with_user(user)
            self.assertEqual(own.on_hand, 6.0)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                own.action_recompute()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                own.on_hand = 99.0
