import doctest
import random
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..utils import worktime
from ..utils.worktime import WorkTime

MONDAY = datetime(2026, 6, 15)


def hours(number):
    return timedelta(hours=number)


def fetch_office_days(start, end):
    """Monday to Friday, 8 to 17 o'clock."""
    day = start.replace(hour=0)
    while day < end:
        if day.weekday() < 5:
            yield max(start, day + hours(8)), min(end, day + hours(17))
        day += timedelta(days=1)


@tagged("post_install", "-at_install")
class TestWorkTime(BaseCase):
    def setUp(self):
        super().setUp()
        self.office = WorkTime(fetch_office_days)

    def test_examples_of_the_docstrings_hold(self):
        self.assertEqual(doctest.testmod(worktime).failed, 0)

    def test_time_before_opening_does_not_count(self):
        self.assertEqual(self.office.add(MONDAY, hours(1)), MONDAY + hours(9))

    def test_time_that_ends_with_the_day_ends_that_day(self):
        start = MONDAY + hours(16)
        self.assertEqual(self.office.add(start, hours(1)), MONDAY + hours(17))

    def test_friday_evening_goes_on_monday_morning(self):
        friday = MONDAY + timedelta(days=4)
        self.assertEqual(
            self.office.add(friday + hours(16), hours(2)),
            friday + timedelta(days=3) + hours(9),
        )

    def test_ninety_days_of_work_pass_over_many_windows(self):
        self.assertEqual(
            self.office.add(MONDAY, hours(9 * 90)),
            MONDAY + timedelta(days=7 * 17 + 4) + hours(17),
        )

    def test_calendar_without_work_has_no_end(self):
        self.assertIsNone(WorkTime(lambda start, end: []).add(MONDAY, hours(1)))

    def test_pause_over_night_moves_by_its_working_hours_only(self):
        pause = (MONDAY + hours(16), MONDAY + timedelta(days=1) + hours(9))
        planned = self.office.plan(MONDAY + hours(15), hours(3), [pause])
        # one hour before the pause; its two working hours are added
        self.assertEqual(planned, MONDAY + timedelta(days=1) + hours(11))

    def test_pause_outside_working_hours_moves_nothing(self):
        pause = (MONDAY + hours(18), MONDAY + hours(23))
        start = MONDAY + hours(16)
        self.assertEqual(
            self.office.plan(start, hours(2), [pause]), self.office.add(start, hours(2))
        )

    def test_pause_after_the_deadline_moves_nothing(self):
        pause = (MONDAY + hours(10), None)
        planned = self.office.plan(MONDAY + hours(8), hours(2), [pause])
        self.assertEqual(planned, MONDAY + hours(10))

    def test_lasting_pause_leaves_no_deadline(self):
        pause = (MONDAY + hours(9), None)
        self.assertIsNone(self.office.plan(MONDAY + hours(8), hours(2), [pause]))

    def test_pause_begun_before_the_start_counts_from_the_start(self):
        pause = (MONDAY + hours(7), MONDAY + hours(10))
        planned = self.office.plan(MONDAY + hours(8), hours(1), [pause])
        self.assertEqual(planned, MONDAY + hours(11))

    def test_planned_time_has_elapsed_at_its_end(self):
        dice = random.Random(3)
        for _turn in range(300):
            start = MONDAY + timedelta(minutes=dice.randrange(20000))
            amount = timedelta(minutes=dice.randrange(1, 5000))
            edges = sorted(dice.randrange(30000) for _edge in range(6))
            moments = [MONDAY + timedelta(minutes=edge) for edge in edges]
            pauses = list(zip(moments[::2], moments[1::2], strict=True))
            end = self.office.plan(start, amount, pauses)
            self.assertEqual(self.office.elapsed(start, end, pauses), amount)
