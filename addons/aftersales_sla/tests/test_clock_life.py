from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import ClockCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClockLife(ClockCommon):
    def test_facts_meet_their_targets(self):
        case = self._create_case()
        with freeze_time(at(minutes=5)):
            case.action_reply()
        with freeze_time(at(1)):
            self._create_job(case).action_send()
        self.assertRecordValues(
            case.clock_ids.sorted("sequence")[:2],
            [
                {"target": "reply", "state": "met", "reached_at": at(minutes=5)},
                {"target": "arrange", "state": "met", "reached_at": at(1)},
            ],
        )
        self.assertEqual((case.next_target, case.next_deadline), ("contact", at(2)))

    def test_fact_on_the_deadline_is_in_time(self):
        case = self._create_case()
        with freeze_time(at(minutes=10)):
            case.action_reply()
        self.assertEqual(self._get_clock(case, "reply").state, "met")

    def test_late_fact_is_missed_and_says_by_how_much(self):
        case = self._create_case()
        with freeze_time(at(minutes=25)):
            case.action_reply()
        self.assertRecordValues(
            self._get_clock(case, "reply"),
            [
                {
                    "state": "missed",
                    "reached_at": at(minutes=25),
                    "late_minutes": 15,
                    "is_open": False,
                    "responsible_dealer_id": self.dealer_a.id,
                }
            ],
        )

    def test_later_fact_proves_the_earlier_ones(self):
        case = self._create_case()
        with freeze_time(at(1)):
            case._stamp("arrived_at")
        for target in ("arrange", "contact", "arrive"):
            self.assertEqual(self._get_clock(case, target).reached_at, at(1))

    def test_machine_brought_in_needs_nobody_to_come(self):
        case = self._create_case()
        with freeze_time(at(1)):
            case.action_create_repair()
        self.assertEqual(self._get_clock(case, "arrange").state, "met")
        self.assertEqual(self._get_clock(case, "arrive").state, "met")
        self.assertEqual(self._get_clock(case, "resolve").state, "running")

    def test_job_given_back_lets_the_clock_run_on(self):
        case = self._create_case()
        job = self._create_job(case)
        with freeze_time(at(1)):
            job.action_send()
        clock = self._get_clock(case, "arrange")
        self.assertEqual(clock.state, "met")
        with freeze_time(at(1, 30)):
            job.with_user(self.user_tech_a)._refuse("No tool")
        self.assertRecordValues(
            clock, [{"state": "running", "deadline": at(2), "reached_at": False}]
        )
        with freeze_time(at(2)):
            self._run_cron()
        self.assertEqual(clock.state, "missed")

    def test_loaner_restores_and_the_resolution_runs_on(self):
        case = self._create_case()
        with self.assertRaisesRegex(UserError, "serial number of the loaner"):
            case.action_restore()
        case.restoration = "Loaner SN-9"
        with freeze_time(at(3)):
            case.action_restore()
        self.assertEqual(self._get_clock(case, "restore").state, "met")
        self.assertEqual(self._get_clock(case, "resolve").state, "running")
        with self.assertRaisesRegex(UserError, "already"):
            case.action_restore()

    def test_restoration_cannot_be_written_by_hand(self):
        case = self._create_case()
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            case.restored_at = NOW
        self.assertFalse(case.restored_at)

    def test_change_of_the_case_moves_running_clocks_only(self):
        self._create_policy(
            {"sequence": 1, "severity": "1"}, reply=(5, "minute"), resolve=(4, "hour")
        )
        case = self._create_case()
        with freeze_time(at(minutes=8)):
            case.action_reply()
            case.severity = "1"
        self.assertRecordValues(
            self._get_clock(case, "reply"),
            [{"state": "met", "deadline": at(minutes=10), "minutes": 10}],
        )
        self.assertEqual(self._get_clock(case, "resolve").deadline, at(4))
        # what is promised no longer is waited for no longer
        self.assertFalse(self._get_clock(case, "arrange"))

    def test_miss_stands_when_the_case_changes(self):
        self._create_policy({"sequence": 1, "severity": "3"}, reply=(4, "hour"))
        case = self._create_case()
        with freeze_time(at(minutes=30)):
            case.severity = "3"
        self.assertRecordValues(
            self._get_clock(case, "reply"),
            [{"state": "missed", "deadline": at(minutes=10), "is_open": True}],
        )

    def test_miss_is_whose_it_was_before_the_case_went_on(self):
        case = self._create_case(user_id=self.user_agent_a.id)
        with freeze_time(at(minutes=30)):
            # the scheduled job has not been there yet
            case.with_user(self.user_support).write(
                {"dealer_id": self.dealer_b.id, "user_id": self.user_agent_b.id}
            )
        self.assertRecordValues(
            self._get_clock(case, "reply"),
            [
                {
                    "state": "missed",
                    "dealer_id": self.dealer_b.id,
                    "responsible_dealer_id": self.dealer_a.id,
                    "missed_user_id": self.user_agent_a.id,
                }
            ],
        )
        self.assertEqual(
            self._get_clock(case, "arrange").responsible_dealer_id, self.dealer_b
        )

    def test_miss_of_the_visit_names_the_technician(self):
        case = self._create_case()
        self._create_job(case).action_send()
        with freeze_time(at(4, 1)):
            self._run_cron()
        clock = self._get_clock(case, "arrive")
        self.assertEqual(clock.missed_staff_id, self.technician_a)

    def _create_settled_case(self):
        case = self._create_case(case_type_id=self.type_question.id)
        case.resolution = "Explained"
        with freeze_time(at(1)):
            case.action_resolve()
            case.action_close()
        return case

    def test_settled_case_waits_for_nothing(self):
        case = self._create_settled_case()
        self.assertFalse(any(case.sudo().clock_ids.mapped("is_open")))
        self.assertFalse(any(case.sudo().clock_ids.mapped("next_event_at")))
        self.assertFalse(case.sla_state)
        self.assertFalse(case.next_deadline)

    def test_reopened_case_runs_its_resolution_again(self):
        case = self._create_settled_case()
        with freeze_time(at(100)):
            case.action_reopen()
        self.assertRecordValues(
            self._get_clock(case, "resolve"),
            [{"state": "met", "reached_at": at(1), "is_open": False}],
        )
        self.assertRecordValues(
            self._get_clock(case, "resolve", 1),
            [{"state": "running", "start_at": at(100), "deadline": at(148)}],
        )
        # the customer was answered; that is not taken back
        self.assertEqual(len(case.clock_ids.filtered(lambda c: c.target == "reply")), 1)
        self.assertEqual(case.next_deadline, at(108))
        self.assertEqual(case.next_target, "restore")

    def test_missed_resolution_stays_when_reopened(self):
        case = self._create_case(case_type_id=self.type_question.id)
        case.resolution = "Explained"
        with freeze_time(at(50)):
            case.action_resolve()
        with freeze_time(at(60)):
            case.action_reopen()
        with freeze_time(at(61)):
            case.resolution = "Explained again"
            case.action_resolve()
        self.assertRecordValues(
            case.clock_ids.filtered(lambda c: c.target == "resolve").sorted("round"),
            [
                {"round": 0, "state": "missed", "reached_at": at(50)},
                {"round": 1, "state": "met", "reached_at": at(61)},
            ],
        )

    def test_cancelled_case_neither_meets_nor_misses(self):
        case = self._create_case()
        with freeze_time(at(1)):
            self._run_cron()
            stage = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_cancelled")
            case.with_user(self.user_support).stage_id = stage
        # the reply was missed by then and stays so; nothing else is waited for
        self.assertEqual(case.clock_ids.mapped("target"), ["reply"])
        self.assertFalse(case.clock_ids.is_open)
        with freeze_time(at(100)):
            case.with_user(self.user_support).action_reopen()
            self._run_cron()
        self.assertEqual(self._get_clock(case, "arrange", 1).deadline, at(102))
        self.assertEqual(self._get_clock(case, "reply").state, "missed")
        self.assertFalse(self._get_clock(case, "reply", 1))

    def test_archived_case_is_not_waited_for(self):
        case = self._create_case()
        case.sudo().active = False
        self.assertFalse(case.sudo().clock_ids.filtered("is_open"))
        case.sudo().active = True
        self.assertEqual(self._get_clock(case, "resolve").deadline, at(48))

    def test_nothing_is_written_when_nothing_changed(self):
        cases = self._create_case() | self._create_case()
        self.env.flush_all()
        stamps = cases.sudo().clock_ids.mapped("write_date")
        cases._sync_clocks()
        with self.assertQueries([]):
            self.env.flush_all()
        self.assertEqual(cases.sudo().clock_ids.mapped("write_date"), stamps)

    def test_many_cases_take_no_more_reads_than_one(self):
        cases = self.env["helpdesk.ticket"].union(
            *(self._create_case() for _number in range(12))
        )
        self.env.flush_all()
        counts = []
        for batch in (cases[:1], cases):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch._sync_clocks()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[0])
