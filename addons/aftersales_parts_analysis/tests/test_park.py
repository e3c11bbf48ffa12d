from odoo.tests import freeze_time, tagged

from .common import (
    FIRST_MOMENT,
    LAST_MOMENT,
    NOON,
    TOO_EARLY,
    TOO_LATE,
    AnalysisCommon,
    blank,
)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestPark(AnalysisCommon):
    """A has 4 harvesters and B 16; A used 3 pumps and B 1 in the 30 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cards_a = cls._sell(cls.dealer_a, 4)
        cls.cards_b = cls._sell(cls.dealer_b, 16)
        for dealer in cls.dealers:
            cls._stock_up(dealer, 50)
        cls._use(cls.cards_a[0], {cls.pump: 2}, moment=FIRST_MOMENT)
        cls._use(cls.cards_a[1], {cls.pump: 1}, moment=LAST_MOMENT)
        cls._use(cls.cards_b[0], {cls.pump: 1})
        cls.park = cls.env["aftersales.machine.park"].with_user(cls.user_quality)
        cls.rates = cls.env["aftersales.parts.rate"].with_user(cls.user_quality)

    def _get_park(self, dealer, user=None):
        park = self.park.with_user(user or self.user_quality)
        return park.search([("dealer_id", "=", dealer.id)])

    def test_machines_with_their_use(self):
        self.assertRecordValues(
            self._get_park(self.dealer_a, self.user_agent_a),
            [
                {
                    "machine_id": self.machine.id,
                    "machine_count": 4,
                    "covered_count": 4,
                    "repair_count": 2,
                    "quantity": 3.0,
                    "amount": 600.0,
                    "per_hundred": 75.0,
                    "amount_per_machine": 150.0,
                }
            ],
        )

    def test_only_active_cards_count(self):
        self.cards_a[0].state = "void"
        self.env.flush_all()
        self.assertEqual(self._get_park(self.dealer_a).machine_count, 3)

    def test_machine_whose_cover_ended_yesterday_is_still_in_the_park(self):
        self.cards_a[:2].end_date = "2026-07-09"
        self.cards_a[2].end_date = "2026-07-10"
        self.env.flush_all()
        park = self._get_park(self.dealer_a)
        self.assertEqual((park.machine_count, park.covered_count), (4, 2))

    def test_window_ends_at_midnight_in_shanghai(self):
        for moment in (TOO_EARLY, TOO_LATE):
            self._use(self.cards_a[2], {self.pump: 10}, moment=moment)
        self.assertEqual(self._get_park(self.dealer_a).quantity, 3.0)

    def test_window_is_a_setting(self):
        self._use(self.cards_a[2], {self.pump: 10}, moment=TOO_EARLY)
        self.company.aftersales_analysis_days = 31
        self.assertEqual(self._get_park(self.dealer_a).quantity, 13.0)

    def test_rate_of_a_group_is_that_of_its_sums(self):
        """3 on 4 and 1 on 16: 4 pumps on 20 machines, not the mean of 75 and 6.25."""
        [(machines, rate)] = self.park._read_group(
            [("dealer_id", "in", self.dealers.ids)],
            [],
            ["machine_count:sum", "per_hundred:avg"],
        )
        self.assertEqual((machines, rate), (20, 20.0))

    def test_use_without_machines_has_no_rate(self):
        self._use(self.cards_b[1], {self.pump: 5}, dealer=self.dealer_c)
        park = self._get_park(self.dealer_c)
        self.assertEqual((park.machine_count, park.quantity), (0, 5.0))
        groups = self.park._read_group(
            [("dealer_id", "in", (self.dealer_a | self.dealer_c).ids)],
            ["dealer_id"],
            ["quantity:sum", "per_hundred:avg"],
        )
        self.assertEqual(
            blank(groups), [(self.dealer_a, 3.0, 75.0), (self.dealer_c, 5.0, None)]
        )
        [(rate,)] = self.park._read_group(
            [("dealer_id", "in", self.dealers.ids)], [], ["per_hundred:avg"]
        )
        self.assertEqual(rate, 20.0)

    def test_park_opens_the_use_of_the_window(self):
        action = self._get_park(self.dealer_a, self.user_agent_a)
        action = action.action_open_consumption()
        self._use(self.cards_a[2], {self.pump: 10}, moment=TOO_LATE)
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(rows.mapped("quantity")), 3.0)

    # PART BY PART

    def _get_rates(self, groupby, domain=(), user=None):
        rates = self.rates.with_user(user or self.user_quality)
        return blank(
            rates._read_group(
                [("dealer_id", "in", self.dealers.ids), *domain],
                groupby,
                ["quantity:sum", "per_hundred:avg"],
            )
        )

    def test_owner_who_used_none_counts_with_zero(self):
        self._sell(self.dealer_d, 20)
        self.assertEqual(
            self._get_rates(["dealer_id"]),
            [
                (self.dealer_a, 3.0, 75.0),
                (self.dealer_b, 1.0, 6.25),
                (self.dealer_d, 0.0, 0.0),
            ],
        )
        self.assertEqual(self._get_rates(["part_id"]), [(self.pump, 4.0, 10.0)])

    def test_several_parts_have_no_common_rate(self):
        self._stock_up(self.dealer_a, 5, self.oil)
        self._use(self.cards_a[0], {self.oil: 2})
        self.assertEqual(
            self._get_rates(["part_id"]),
            [(self.pump, 4.0, 20.0), (self.oil, 2.0, 10.0)],
        )
        self.assertEqual(self._get_rates([]), [(6.0, None)])

    def test_model_without_use_of_the_part_does_not_water_the_rate(self):
        self._sell(self.dealer_a, 6, self.other_machine)
        self.assertEqual(self._get_rates(["part_id"]), [(self.pump, 4.0, 20.0)])

    def test_dealer_finds_no_trace_of_what_others_used(self):
        self._stock_up(self.dealer_b, 5, self.oil)
        self._use(self.cards_b[0], {self.oil: 2})
        self.assertEqual(
            self._get_rates(["part_id"], user=self.user_manager_a),
            [(self.pump, 3.0, 75.0)],
        )

    def test_rate_opens_its_repairs(self):
        rate = self.rates.search([("dealer_id", "=", self.dealer_a.id)])
        action = rate.action_open_consumption()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(rows.mapped("quantity")), 3.0)
