import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..utils import coverage, serial
from ..utils.coverage import Cover, Situation, assess, cover_end, merge_stops

D = date


@tagged("post_install", "-at_install")
class TestCoverageArithmetic(BaseCase):
    def test_months_end_on_the_corresponding_day_or_the_months_last(self):
        for start, months, end in (
            (D(2026, 3, 1), 12, D(2027, 3, 1)),
            (D(2024, 1, 31), 1, D(2024, 2, 29)),
            (D(2023, 1, 31), 1, D(2023, 2, 28)),
            (D(2024, 2, 29), 12, D(2025, 2, 28)),
            (D(2024, 2, 29), 48, D(2028, 2, 29)),
            (D(2025, 12, 31), 2, D(2026, 2, 28)),
            (D(2026, 8, 15), 9, D(2027, 5, 15)),
            (D(2026, 8, 31), 18, D(2028, 2, 29)),
        ):
            with self.subTest(start=start, months=months):
                self.assertEqual(cover_end(start, months), (end, 0))

    def test_stops_extend_only_a_running_cover(self):
        start = D(2026, 1, 10)  # 12 months: until 2027-01-10
        for stops, end, added in (
            # in and out on one day
            ([(D(2026, 5, 1), D(2026, 5, 1))], D(2027, 1, 11), 1),
            # both ends count
            ([(D(2026, 5, 1), D(2026, 5, 10))], D(2027, 1, 20), 10),
            # overlapping repairs count once
            (
                [(D(2026, 5, 5), D(2026, 5, 12)), (D(2026, 5, 1), D(2026, 5, 6))],
                D(2027, 1, 22),
                12,
            ),
            # handed in on the last day
            ([(D(2027, 1, 10), D(2027, 1, 12))], D(2027, 1, 13), 3),
            # handed in after the end
            ([(D(2027, 1, 11), D(2027, 1, 12))], D(2027, 1, 10), 0),
            # the second began inside the days the first one added
            (
                [(D(2026, 12, 1), D(2026, 12, 5)), (D(2027, 1, 15), D(2027, 1, 16))],
                D(2027, 1, 17),
                7,
            ),
            # before the start
            ([(D(2026, 1, 1), D(2026, 1, 9))], D(2027, 1, 10), 0),
        ):
            with self.subTest(stops=stops):
                self.assertEqual(cover_end(start, 12, stops), (end, added))

    def test_an_open_stop_runs_until_the_day_asked_for(self):
        stops = [(D(2026, 12, 31), None)]
        self.assertEqual(
            merge_stops(stops, D(2027, 3, 1)), [(D(2026, 12, 31), D(2027, 3, 1))]
        )
        covered, findings = assess(
            Situation("active", D(2027, 3, 1), D(2026, 1, 10), Cover(12), stops=stops)
        )
        self.assertTrue(covered)
        self.assertEqual(dict(findings)["stopped"], {"added": 61})

    def test_findings_by_situation(self):
        start, cover = D(2026, 1, 10), Cover(12, 2000.0)
        for situation, covered, codes in (
            (Situation("none", start), False, ["no_card"]),
            (Situation("draft", start, start, cover), False, ["not_active"]),
            (Situation("active", D(2026, 1, 9), start, cover), False, ["before_start"]),
            (Situation("active", start, start, None), False, ["class_not_covered"]),
            (Situation("active", start, start, Cover(0)), False, ["class_not_covered"]),
            (
                Situation("active", D(2027, 1, 10), start, cover, 2000.0),
                True,
                ["in_term"],
            ),
            (
                Situation("active", D(2027, 1, 11), start, cover, 1.0),
                False,
                ["expired"],
            ),
            (
                Situation("active", start, start, cover, 2000.5),
                False,
                ["usage_exceeded"],
            ),
            (
                Situation("active", D(2027, 1, 11), start, cover, 2000.5),
                False,
                ["expired", "usage_exceeded"],
            ),
            (
                Situation("active", start, start, cover),
                True,
                ["in_term", "usage_unknown"],
            ),
            (
                Situation("active", start, start, cover, 0.0, (), "late"),
                True,
                ["in_term", "late"],
            ),
            (
                Situation("active", start, start, cover, 0.0, (), None),
                True,
                ["in_term", "slip_missing"],
            ),
            (
                Situation("active", start, start, Cover(3, 0.0, 50.0), 0.0),
                True,
                ["in_term", "share"],
            ),
        ):
            with self.subTest(situation=situation):
                answer, findings = assess(situation)
                self.assertEqual(answer, covered)
                self.assertEqual([code for code, _values in findings], codes)

    def test_examples_in_the_documentation_hold(self):
        for module in (coverage, serial):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed)
