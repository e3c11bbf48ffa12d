import random
from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from ..utils.clockwork import Clockwork
from .common import ClockCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockCalendar(ClockCommon):
    """Deadlines in UTC; Shanghai is eight hours ahead all year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shanghai = cls._create_calendar()

    def _get_deadline(self, reported_at, amount, unit, **policy_vals):
        """Deadline of the resolution promised alone, reported at that moment (UTC)."""
        self.policy.active = False
        self._create_policy(
            {"hours": "calendar", "calendar_id": self.shanghai.id, **policy_vals},
            resolve=(amount, unit),
        )
        with freeze_time(reported_at):
            case = self._create_case(reported_at=reported_at)
            return self._get_clock(case, "resolve").deadline

    def test_weekend_does_not_count(self):
        # Friday 16:00 in Shanghai: one hour on Friday, one on Monday
        deadline = self._get_deadline("2026-06-19 08:00:00", 2, "hour")
        self.assertEqual(deadline, datetime(2026, 6, 22, 1))

    def test_lunch_does_not_count(self):
        deadline = self._get_deadline("2026-06-15 03:30:00", 1, "hour")
        self.assertEqual(deadline, datetime(2026, 6, 15, 5, 30))

    def test_report_on_sunday_counts_from_monday_morning(self):
        deadline = self._get_deadline("2026-06-14 06:00:00", 30, "minute")
        self.assertEqual(deadline, datetime(2026, 6, 15, 0, 30))

    def test_day_has_the_daily_hours_of_the_calendar(self):
        # Monday 10:00 in Shanghai: two days of eight hours end Wednesday 10:00
        deadline = self._get_deadline("2026-06-15 02:00:00", 2, "day")
        self.assertEqual(deadline, datetime(2026, 6, 17, 2))

    def test_public_holiday_does_not_count(self):
        # the 16th in Shanghai, for everybody
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Festival",
                "calendar_id": self.shanghai.id,
                "date_from": "2026-06-15 16:00:00",
                "date_to": "2026-06-16 15:59:59",
            }
        )
        deadline = self._get_deadline("2026-06-15 08:00:00", 2, "hour")
        self.assertEqual(deadline, datetime(2026, 6, 17, 1))

    def test_around_the_clock_counts_night_weekend_and_holiday(self):
        deadline = self._get_deadline("2026-06-19 20:00:00", 2, "day", hours="all")
        self.assertEqual(deadline, datetime(2026, 6, 21, 20))

    def test_hour_that_summer_time_takes_is_not_waited_for(self):
        # Berlin goes to summer time in the night to 2026-03-29: 17:00 on Friday is
        # 16:00 UTC, 08:00 on Monday is 06:00 UTC
        berlin = self._create_calendar("Europe/Berlin")
        deadline = self._get_deadline(
            "2026-03-27 15:00:00", 2, "hour", calendar_id=berlin.id
        )
        self.assertEqual(deadline, datetime(2026, 3, 30, 7))

    def test_hour_that_winter_time_gives_back_is_no_working_hour(self):
        berlin = self._create_calendar("Europe/Berlin")
        deadline = self._get_deadline(
            "2026-10-23 14:00:00", 2, "hour", calendar_id=berlin.id
        )
        self.assertEqual(deadline, datetime(2026, 10, 26, 8))

    def test_summer_time_around_the_clock_is_real_time(self):
        deadline = self._get_deadline("2026-03-28 20:00:00", 1, "day", hours="all")
        self.assertEqual(deadline, datetime(2026, 3, 29, 20))

    def test_dealers_own_working_hours_count(self):
        self.dealer_a.calendar_id = self._create_calendar("Europe/Berlin")
        # 08:00 UTC is 10:00 in Berlin and 16:00 in Shanghai
        deadline = self._get_deadline(NOW, 2, "hour", hours="dealer")
        self.assertEqual(deadline, datetime(2026, 6, 15, 10))

    def test_company_hours_serve_a_dealer_without_own(self):
        self.dealer_a.calendar_id = False
        self.env.company.resource_calendar_id = self.shanghai
        deadline = self._get_deadline(NOW, 2, "hour", hours="dealer")
        self.assertEqual(deadline, datetime(2026, 6, 16, 1))

    def test_calendar_emptied_later_lets_the_clock_run_around_the_clock(self):
        policy = self._create_policy(
            {"hours": "calendar", "calendar_id": self.shanghai.id, "sequence": 1},
            resolve=(2, "hour"),
        )
        self.shanghai.attendance_ids.unlink()
        case = self._create_case()
        clock = self._get_clock(case, "resolve")
        self.assertEqual(clock.policy_id, policy)
        self.assertEqual(clock.deadline, datetime(2026, 6, 15, 10))

    def test_core_plans_the_same_hours(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Festival",
                "calendar_id": self.shanghai.id,
                "date_from": "2026-06-18 16:00:00",
                "date_to": "2026-06-19 15:59:59",
            }
        )
        work = Clockwork(self.env["helpdesk.ticket"])
        worktime = work.get_worktime(self.shanghai)
        dice = random.Random(5)
        for _turn in range(40):
            start = datetime(2026, 6, 12) + timedelta(minutes=dice.randrange(20000))
            minutes = dice.randrange(1, 3000)
            self.assertEqual(
                worktime.add(start, timedelta(minutes=minutes)),
                self.shanghai.plan_hours(minutes / 60, start, compute_leaves=True),
            )
