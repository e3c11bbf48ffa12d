import doctest

from odoo.tests import freeze_time, tagged

from ..utils import limit
from .common import FIRST_MOMENT, LAST_MOMENT, NOON, TOO_EARLY, TOO_LATE
from .common_outlier import OutlierCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestOutlier(OutlierCommon):
    """Who is pointed out, and with what arithmetic."""

    def test_above_the_limit_is_pointed_out(self):
        self._use_of_a(5)
        row = self._look()
        self.assertRecordValues(
            row,
            [
                {
                    "kind": "dealer",
                    "state": "new",
                    "dealer_id": self.dealer_a.id,
                    "product_id": self.pump.id,
                    "used": 5.0,
                    "machine_count": 4,
                    "expected": 1.0,
                    "limit": 4.0,
                    "excess": 4.0,
                    "price_unit": 200.0,
                    "excess_amount": 800.0,
                }
            ],
        )
        self.assertEqual(str(row.date_from), "2026-06-10")
        self.assertEqual(str(row.date_to), "2026-07-09")

    def test_arithmetic_in_words(self):
        self._use_of_a(5)
        self.assertEqual(
            self._look().with_user(self.user_keeper).arithmetic,
            "5 pieces on 4 machines Harvester H1; 3 peers used 10 on 40 = 25 per 100 "
            "machines; expected 1.\n"
            "Limit 1 + 3 × √1 = 4; used 5, 4 more than expected.",
        )

    def test_at_the_limit_is_not_pointed_out(self):
        self._use_of_a(4)
        self.assertFalse(self._look())

    def test_own_use_does_not_raise_what_is_expected(self):
        self._use_of_a(90)
        self.assertEqual(self._look().expected, 1.0)

    def test_few_pieces_are_chance(self):
        self.company.aftersales_outlier_pieces = 6
        self._use_of_a(5)
        self.assertFalse(self._look())

    def test_limit_factor_is_a_setting(self):
        self._use_of_a(4)
        self.company.aftersales_outlier_factor = 2.5
        self.assertEqual(self._look().limit, 3.5)

    def test_peers_who_used_none_expect_none(self):
        self._stock_up(self.dealer_a, 10, self.oil)
        self._use_of_a(3, part=self.oil)
        row = self._look().filtered(lambda r: r.product_id == self.oil)
        self.assertEqual((row.used, row.expected, row.limit), (3.0, 0.0, 0.0))
        self.assertIn("3 peers used 0 on 40 = 0 per 100", row.arithmetic)

    def test_too_few_peers_are_no_measure(self):
        self.company.aftersales_outlier_peers = 4
        self._use_of_a(50)
        self.assertFalse(self._look())

    def test_only_the_window_counts(self):
        self._use_of_a(2, FIRST_MOMENT)
        self._use_of_a(2, LAST_MOMENT)
        for moment in (TOO_EARLY, TOO_LATE):
            self._use_of_a(10, moment)
        self.assertFalse(self._look())
        self._use_of_a(1)
        self.assertEqual(self._look().used, 5.0)

    def test_other_models_are_compared_among_themselves(self):
        """5 tractors of A; 50 of the peers used 40 pumps: 4 more are expected."""
        tractors = self._sell(self.dealer_a, 5, self.other_machine)
        for dealer, number in (
            (self.dealer_b, 10),
            (self.dealer_c, 10),
            (self.dealer_d, 30),
        ):
            peers = self._sell(dealer, number, self.other_machine)
        self._use(peers[0], {self.pump: 40})
        self._use_of_a(5)
        self._use(tractors[0], {self.pump: 6})
        self.assertNotIn(self.dealer_a, self._look().dealer_id)
        self._use(tractors[1], {self.pump: 1})
        row = self._look().filtered(lambda r: r.dealer_id == self.dealer_a)
        self.assertEqual((row.used, row.machine_count, row.expected), (12.0, 9, 5.0))
        self.assertEqual(
            row.arithmetic,
            "7 pieces on 5 machines Tractor T1; 3 peers used 40 on 50 = 80 per 100 "
            "machines; expected 4.\n"
            "5 pieces on 4 machines Harvester H1; 3 peers used 10 on 40 = 25 per 100 "
            "machines; expected 1.\n"
            "Limit 5 + 3 × √5 = 11.7; used 12, 7 more than expected.",
        )

    def test_model_without_peers_is_left_out(self):
        """What only A has can be compared with nobody: neither machines nor use."""
        tractors = self._sell(self.dealer_a, 5, self.other_machine)
        self._use(tractors[0], {self.pump: 50})
        self._use_of_a(5)
        row = self._look()
        self.assertEqual((row.used, row.machine_count), (5.0, 4))

    def test_machines_of_others_are_left_out(self):
        """Work on a model of which the dealer has no machine is not compared."""
        self._use(self.cards[self.dealer_b][0], {self.pump: 90}, dealer=self.dealer_a)
        self.cards[self.dealer_a].state = "void"
        self.env.flush_all()
        self.assertFalse(self._look())

    def test_technicians_are_compared_by_repair(self):
        """5 pumps in 1 repair; the others used 10 in 10: 1 expected, limit 4."""
        self._stock_up(self.dealer_d, 8, self.oil)
        for card in self.cards[self.dealer_d][:8]:
            self._use(card, {self.oil: 1})
        self._use_of_a(5)
        self._look()
        row = self._get_rows("staff").filtered(
            lambda r: r.staff_id == self.technician_a
        )
        self.assertRecordValues(
            row,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "product_id": self.pump.id,
                    "used": 5.0,
                    "machine_count": 1,
                    "expected": 1.0,
                    "limit": 4.0,
                }
            ],
        )
        self.assertIn(
            "5 pieces in 1 repairs of Harvester H1; 3 other technicians used 10 in 10 "
            "= 100 per 100 repairs; expected 1.",
            row.arithmetic,
        )

    def test_doctests(self):
        self.assertEqual(doctest.testmod(limit).failed, 0)
