from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockEscalation(ClockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales = cls._create_user(
            "clock_sales_rep", "aftersales_dealer.group_quality"
        )
        cls.dealer_a.sales_rep_id = cls.user_sales
        cls.policy.target_ids.filtered(lambda t: t.target != "arrange").unlink()

    def _create_ladder(self):
        """Warning at 80 %, late, urge at 4 h, sales at 6 h, manager at 8 h."""
        common = {"target": "arrange"}
        return self.env["aftersales.sla.escalation"].union(
            self._create_rung(
                **common, trigger="percent", value=80, recipient="dealer_agent"
            ),
            self._create_rung(**common, value=0, recipient="dealer_manager"),
            self._create_rung(**common, value=120, recipient="support"),
            self._create_rung(**common, value=240, recipient="sales_rep", by_mail=True),
            self._create_rung(**common, value=360, recipient="manager"),
        )

    def _get_told(self, case):
        """Logins that have an activity of the clock on a case."""
        activities = case.sudo().activity_ids
        return set(activities.user_id.mapped("login"))

    def test_ladder_is_climbed_once_rung_by_rung(self):
        self._create_ladder()
        case = self._create_case()
        clock = self._get_clock(case, "arrange")
        agents = {self.user_agent_a.login}
        steps = (
            (at(1, 35), set(), 0, "on_track"),
            (at(1, 36), agents, 0, "at_risk"),
            (at(2), {self.user_manager_a.login}, 1, "late"),
            (at(4), {self.user_support.login}, 2, "late"),
            (at(6), {self.user_sales.login}, 3, "late"),
            (at(8), {self.user_manager.login}, 4, "late"),
        )
        told = set()
        for moment, users, level, state in steps:
            with self.subTest(moment=moment), freeze_time(moment):
                self._run_cron()
                self._run_cron()
                new = self._get_told(case) - told
                told |= new
                self.assertLessEqual(users, new)
                self.assertEqual(clock.escalation_level, level)
                self.assertEqual(case.sla_state, state)
        self.assertFalse(clock.next_event_at)
        self.assertEqual(len(clock.notice_ids), 5)

    def test_warning_comes_at_its_moment(self):
        self._create_ladder()
        case = self._create_case()
        clock = self._get_clock(case, "arrange")
        self.assertEqual(clock.warn_at, at(1, 36))
        self.assertEqual(clock.next_event_at, at(1, 36))

    def test_rungs_due_at_once_are_all_taken_but_no_warning(self):
        self._create_ladder()
        case = self._create_case()
        clock = self._get_clock(case, "arrange")
        with freeze_time(at(30)):
            self._run_cron()
        self.assertEqual(clock.escalation_level, 4)
        self.assertFalse(clock.warned)
        self.assertEqual(len(clock.notice_ids), 4)

    def test_person_has_one_activity_for_a_case(self):
        first = self._create_rung(value=0)
        second = self._create_rung(value=60, name="Second rung")
        case = self._create_case()
        for moment in (at(2), at(3)):
            with freeze_time(moment):
                self._run_cron()
        activity = case.sudo().activity_ids.filtered(
            lambda act: act.user_id == self.user_manager
        )
        self.assertEqual(activity.summary, "Second rung (Arrange)")
        notices = self._get_clock(case, "arrange").notice_ids
        self.assertEqual(notices.escalation_id, first | second)

    def test_reached_target_ends_the_ladder_and_its_activities(self):
        self._create_ladder()
        case = self._create_case()
        with freeze_time(at(3)):
            self._run_cron()
            self.assertTrue(self._get_told(case))
            case._stamp("arranged_at")
            self.assertFalse(case.sudo().activity_ids)
        with freeze_time(at(20)):
            self.assertFalse(self._run_cron())
        self.assertEqual(self._get_clock(case, "arrange").escalation_level, 1)

    def test_ladder_waits_while_the_case_is_paused(self):
        self._create_ladder()
        case = self._create_case()
        reason = self.env.ref("aftersales_sla.aftersales_sla_pause_reason_site")
        clock = self._get_clock(case, "arrange")
        with freeze_time(at(3)):
            self._run_cron()
            case.action_pause(reason)
        with freeze_time(at(10)):
            self.assertFalse(self._run_cron())
            case.action_resume()
        self.assertEqual(clock.escalation_level, 1)
        # one of the two hours to the urge had run
        self.assertEqual(clock.next_event_at, at(11))

    def test_ladder_climbs_in_working_time(self):
        calendar = self._create_calendar()
        self.policy.write({"hours": "calendar", "calendar_id": calendar.id})
        self._create_ladder()
        # Monday 15:00 in Shanghai: deadline 17:00, urge two working hours later
        with freeze_time("2026-06-15 07:00:00"):
            case = self._create_case()
        with freeze_time("2026-06-15 09:00:00"):
            self._run_cron()
        clock = self._get_clock(case, "arrange")
        self.assertEqual(str(clock.next_event_at), "2026-06-16 02:00:00")

    def test_mail_goes_to_those_told(self):
        self._create_ladder()
        self.user_sales.email = "rep@example.com"
        case = self._create_case()
        with freeze_time(at(6)):
            self._run_cron()
        mails = self.env["mail.mail"].search([("model", "=", "aftersales.sla.notice")])
        self.assertEqual(mails.recipient_ids, self.user_sales.partner_id)
        self.assertIn(case.number, mails.subject)
        self.assertIn("Test rung (Arrange)", mails.subject)
        self.assertIn(f"/odoo/cases/{case.id}", mails.body_html)

    def test_own_rungs_of_a_target_replace_the_general_ones(self):
        general = self._create_rung(value=0)
        self._create_ladder()
        case = self._create_case()
        with freeze_time(at(2)):
            self._run_cron()
        notices = self._get_clock(case, "arrange").notice_ids
        self.assertNotIn(general, notices.escalation_id)

    def test_minutes_before_that_do_not_fit_are_left_out(self):
        self._create_rung(trigger="before", value=120)
        fitting = self._create_rung(trigger="before", value=30)
        case = self._create_case()
        clock = self._get_clock(case, "arrange")
        self.assertEqual(clock.warn_at, at(1, 30))
        with freeze_time(at(1, 30)):
            self._run_cron()
        self.assertEqual(clock.notice_ids.escalation_id, fitting)

    def test_nobody_there_means_the_support(self):
        self.dealer_a.sales_rep_id = False
        self._create_rung(value=0, recipient="sales_rep")
        case = self._create_case()
        with freeze_time(at(2)):
            self._run_cron()
        self.assertIn(self.user_support.login, self._get_told(case))

    def test_people_of_another_dealer_are_never_told(self):
        rung = self._create_rung(value=0, recipient="named")
        rung.user_ids = self.user_manager_b | self.user_sales
        case = self._create_case()
        with freeze_time(at(2)):
            self._run_cron()
        told = self._get_clock(case, "arrange").notice_ids.user_ids
        self.assertEqual(told, self.user_sales)

    def test_new_round_is_escalated_again(self):
        self.policy.target_ids.target = "resolve"
        self._create_rung(value=0)
        case = self._create_case(case_type_id=self.type_question.id)
        case.resolution = "Explained"
        with freeze_time(at(3)):
            self._run_cron()
            case.action_resolve()
            case.action_reopen()
        with freeze_time(at(6)):
            self._run_cron()
        notices = case.sudo().clock_ids.notice_ids
        self.assertEqual(len(notices), 2)
        self.assertEqual(sorted(notices.clock_id.mapped("round")), [0, 1])

    def test_failing_clock_is_put_off_and_stops_no_other(self):
        self._create_ladder()
        bad, good = self._create_case(), self._create_case()
        clocks = self.env.registry["aftersales.sla.clock"]
        prepare = clocks._prepare_notice_vals

        def fail(clock, rung):
            if clock.ticket_id == bad:
                raise ValueError("broken")
            return prepare(clock, rung)

        with (
            freeze_time(at(2)),
            patch.object(clocks, "_prepare_notice_vals", fail),
            mute_logger("odoo.addons.aftersales_sla.models.aftersales_sla_clock_run"),
        ):
            self._run_cron()
        self.assertEqual(self._get_clock(good, "arrange").escalation_level, 1)
        failed = self._get_clock(bad, "arrange")
        self.assertEqual(failed.escalation_level, 0)
        self.assertEqual(failed.next_event_at, at(3))
        with freeze_time(at(3)):
            self._run_cron()
        self.assertEqual(failed.escalation_level, 1)

    def test_scheduled_job_runs_to_its_end_and_finds_nothing_twice(self):
        self._create_ladder()
        cases = self._create_case() | self._create_case()
        with freeze_time(at(2)), self.enter_registry_test_mode():
            cron = self.env.ref("aftersales_sla.ir_cron_clocks")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.env.invalidate_all()
        for case in cases:
            clock = self._get_clock(case, "arrange")
            self.assertEqual(clock.state, "missed")
            self.assertEqual(len(clock.notice_ids), 1)

    def test_job_reads_no_clock_that_is_decided(self):
        self._create_ladder()
        case = self._create_case()
        case._stamp("arranged_at")
        with freeze_time(at(100)):
            self.assertFalse(self._run_cron())
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM aftersales_sla_clock "
            "WHERE next_event_at <= now() ORDER BY next_event_at, id LIMIT 200"
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("aftersales_sla_clock_next_event_idx", plan)

    def test_warning_needs_a_share_of_the_time(self):
        for value in (0, 100):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self._create_rung(trigger="percent", value=value)
