import doctest
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.aftersales_dispatch.utils import windows


def at(hour, day=15, minute=0):
    return datetime(2026, 6, day, hour, minute)


@tagged("post_install", "-at_install")
class TestFreeTime(BaseCase):
    def test_examples_of_the_module(self):
        self.assertEqual(doctest.testmod(windows).failed, 0)

    def test_taken_times_in_any_order_and_overlapping(self):
        work = [(at(8), at(17))]
        taken = [(at(12), at(14)), (at(8), at(11)), (at(9), at(12, minute=30))]
        self.assertEqual(
            windows.find_free(work, taken, at(8), timedelta(hours=1)),
            (at(14), at(15)),
        )

    def test_gap_of_the_exact_length_is_used(self):
        taken = [(at(8), at(9)), (at(10), at(17))]
        self.assertEqual(
            windows.find_free([(at(8), at(17))], taken, at(8), timedelta(hours=1)),
            (at(9), at(10)),
        )

    def test_night_is_not_bridged(self):
        work = [(at(8), at(12)), (at(8, 16), at(12, 16))]
        self.assertIsNone(windows.find_free(work, [], at(8), timedelta(hours=6)))

    def test_moment_is_rounded_up_to_the_quarter(self):
        for minute, expected in ((0, at(8)), (1, at(8, minute=15)), (46, at(9))):
            self.assertEqual(windows.round_up(at(8, minute=minute)), expected)
        late = at(8) + timedelta(seconds=1)
        self.assertEqual(windows.round_up(late), at(8, minute=15))
