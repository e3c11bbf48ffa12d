from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockPause(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.closed = cls.env.ref("aftersales_sla.aftersales_sla_pause_reason_site")
        cls.parts = cls.env.ref("aftersales_sla.aftersales_sla_pause_reason_parts")

    def test_pause_moves_the_deadline_by_its_length(self):
        case = self._create_case()
        with freeze_time(at(1)):
            case.action_pause(self.closed, "Gate locked")
        clock = self._get_clock(case, "arrange")
        self.assertRecordValues(
            clock,
            [{"state": "paused", "deadline": False, "remaining_minutes": 60}],
        )
        self.assertRecordValues(
            case,
            [{"sla_state": "paused", "is_paused": True, "next_deadline": False}],
        )
        with freeze_time(at(4)):
            self.assertFalse(self._run_cron())
            case.action_resume()
        self.assertRecordValues(clock, [{"state": "running", "deadline": at(5)}])
        self.assertRecordValues(
            case.pause_ids,
            [
                {
                    "start_at": at(1),
                    "end_at": at(4),
                    "hours": 3,
                    "note": "Gate locked",
                    "user_id": self.user_agent_a.id,
                    "resumed_by_id": self.user_agent_a.id,
                }
            ],
        )

    def test_pause_over_night_moves_by_working_time(self):
        calendar = self._create_calendar()
        self._create_policy(
            {"sequence": 1, "hours": "calendar", "calendar_id": calendar.id},
            resolve=(4, "hour"),
        )
        # Monday 15:00 in Shanghai; paused from 16:00 to Tuesday 10:00
        with freeze_time("2026-06-15 07:00:00"):
            case = self._create_case()
        clock = self._get_clock(case, "resolve")
        self.assertEqual(clock.deadline, datetime(2026, 6, 16, 2))
        with freeze_time("2026-06-15 08:00:00"):
            case.action_pause(self.closed)
        self.assertEqual(clock.remaining_minutes, 180)
        with freeze_time("2026-06-16 02:00:00"):
            case.action_resume()
        # one hour ran on Monday: three are left from Tuesday 10:00, over lunch
        self.assertEqual(clock.deadline, datetime(2026, 6, 16, 6))

    def test_several_pauses_add_up(self):
        case = self._create_case()
        for start, end in ((1, 2), (3, 5)):
            with freeze_time(at(start)):
                case.action_pause(self.closed)
            with freeze_time(at(end)):
                case.action_resume()
        self.assertEqual(self._get_clock(case, "resolve").deadline, at(51))

    def test_what_was_missed_before_stays_missed(self):
        case = self._create_case()
        with freeze_time(at(1)):
            case.action_pause(self.closed)
        self.assertEqual(self._get_clock(case, "reply").state, "missed")
        self.assertEqual(self._get_clock(case, "arrange").state, "paused")

    def test_fact_during_a_pause_counts(self):
        case = self._create_case()
        with freeze_time(at(1)):
            case.action_pause(self.closed)
        with freeze_time(at(20)):
            case._stamp("arranged_at")
        self.assertRecordValues(
            self._get_clock(case, "arrange"),
            [{"state": "met", "deadline": at(21), "reached_at": at(20)}],
        )

    def test_resolution_ends_the_pause(self):
        case = self._create_case(case_type_id=self.type_question.id)
        case.resolution = "Explained"
        case.action_pause(self.closed)
        with freeze_time(at(2)):
            case.action_resolve()
        self.assertFalse(case.is_paused)
        self.assertEqual(case.pause_ids.end_at, at(2))
        self.assertEqual(self._get_clock(case, "resolve").state, "met")

    def test_dialog_asks_for_the_reason(self):
        case = self._create_case()
        action = case.action_pause()
        wizard = Form.from_action(case.env, action)
        wizard.reason_id = self.closed
        wizard.save().action_pause()
        self.assertEqual(case.pause_ids.reason_id, self.closed)

    def test_dealer_cannot_give_the_companys_reason(self):
        case = self._create_case()
        with self.assertRaisesRegex(AccessError, "Parts awaited"):
            case.action_pause(self.parts)
        self.assertFalse(case.is_paused)
        case.with_user(self.user_support).action_pause(self.parts)
        self.assertTrue(case.is_paused)

    def test_pausing_twice_or_resuming_nothing_is_refused(self):
        case = self._create_case()
        with self.assertRaisesRegex(UserError, "not paused"):
            case.action_resume()
        case.action_pause(self.closed)
        with self.assertRaisesRegex(UserError, "Site closed"):
            case.action_pause(self.closed)
        self.assertEqual(len(case.pause_ids), 1)

    def test_settled_case_cannot_be_paused(self):
        case = self._create_case(case_type_id=self.type_question.id)
        case.resolution = "Explained"
        case.action_resolve()
        with self.assertRaisesRegex(UserError, "No clock runs"):
            case.action_pause(self.closed)
        self.assertFalse(case.pause_ids)

    def test_foreign_dealer_can_neither_pause_nor_resume(self):
        case = self._create_case()
        other = case.with_user(self.user_agent_b)
        with self.assertRaises(AccessError):
            other.action_pause(self.closed)
        case.action_pause(self.closed)
        with self.assertRaises(AccessError):
            other.action_resume()
        self.assertTrue(case.is_paused)
