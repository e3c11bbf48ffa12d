from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseFlow(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.stage_cancelled = cls.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_stage_cancelled"
        )
        cls.stage_progress = cls.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_stage_in_progress"
        )

    def _create_question(self, **vals):
        return self._create_case(
            case_type_id=self.type_question.id, serial=False, fault_id=False, **vals
        )

    def test_consultation_is_answered_resolved_and_closed(self):
        case = self._create_question(partner_name="Zhao Liu")
        case.action_reply()
        self.assertEqual(case.replied_at, datetime(2026, 6, 15, 8))
        self.assertEqual(case.stage_id, self.stage_progress)
        case.resolution = "Every 200 hours"
        case.action_resolve()
        self.assertEqual(case.resolved_at, datetime(2026, 6, 15, 8))
        case.action_close()
        self.assertEqual(case.stage_id, self.stage_done)
        self.assertEqual(case.closed_date, datetime(2026, 6, 15, 8))

    def test_answer_in_the_chatter_is_a_reply_and_a_note_is_none(self):
        case = self._create_question()
        case.message_post(body="Ask the workshop", subtype_xmlid="mail.mt_note")
        self.assertFalse(case.replied_at)
        case.message_post(
            body="Every 200 hours",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(case.replied_at, datetime(2026, 6, 15, 8))

    def test_resolving_needs_a_resolution(self):
        case = self._create_question()
        with self.assertRaisesRegex(UserError, "Write down under “Resolution”"):
            case.action_resolve()
        self.assertFalse(case.resolved_at)

    def test_repair_case_is_not_resolved_by_a_note(self):
        case = self._create_case(resolution="Told him to wait")
        with self.assertRaisesRegex(UserError, "needs a visit"):
            case.action_resolve()
        self.assertFalse(case.resolved_at)

    def test_unresolved_case_cannot_be_done(self):
        case = self._create_case()
        refusal = self.assertRaisesRegex(ValidationError, "not resolved yet")
        with refusal, self.cr.savepoint():
            case.stage_id = self.stage_done
        self.assertNotEqual(case.stage_id, self.stage_done)

    def test_case_with_open_job_cannot_be_cancelled(self):
        case = self._create_case()
        job = self._create_job(case)
        refusal = self.assertRaisesRegex(UserError, f"{job.name}.*still open")
        with refusal, self.cr.savepoint():
            case.stage_id = self.stage_cancelled
        job.action_cancel()
        case.stage_id = self.stage_cancelled
        self.assertTrue(case.closed)

    def test_reopened_case_is_neither_resolved_nor_closed(self):
        case = self._create_question(resolution="Done")
        case.action_resolve()
        case.action_close()
        with freeze_time("2026-06-16 09:00:00"):
            case.action_reopen()
        self.assertRecordValues(
            case,
            [
                {
                    "closed": False,
                    "closed_date": False,
                    "resolved_at": False,
                    "reopen_count": 1,
                    "replied_at": datetime(2026, 6, 15, 8),
                    "last_stage_update": datetime(2026, 6, 16, 9),
                }
            ],
        )

    def test_dragging_a_closed_case_back_reopens_it(self):
        case = self._create_question(resolution="Done")
        case.action_resolve()
        case.action_close()
        case.stage_id = self.stage_progress
        self.assertRecordValues(
            case, [{"closed_date": False, "resolved_at": False, "reopen_count": 1}]
        )

    def test_stage_update_counts_only_a_change(self):
        case = self._create_question()
        case.stage_id = self.stage_progress
        with freeze_time("2026-06-16 09:00:00"):
            case.write({"stage_id": self.stage_progress.id, "priority": "3"})
        self.assertEqual(case.last_stage_update, datetime(2026, 6, 15, 8))
        self.assertEqual(case.priority, "3")

    def test_mixed_batch_moves_only_those_in_another_stage(self):
        moved, stayed = self._create_question(), self._create_question()
        stayed.stage_id = self.stage_progress
        with freeze_time("2026-06-16 09:00:00"):
            (moved | stayed).write({"stage_id": self.stage_progress.id})
        self.assertEqual(moved.last_stage_update, datetime(2026, 6, 16, 9))
        self.assertEqual(stayed.last_stage_update, datetime(2026, 6, 15, 8))

    def test_team_change_keeps_who_works_on_the_case(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Second line"})
        case = self._create_case(self.user_support, dealer_id=self.dealer_a.id)
        self.assertEqual(case.user_id, self.user_support)
        case.team_id = team
        self.assertEqual(case.user_id, self.user_support)

    def test_dealer_of_a_case_with_open_job_cannot_change(self):
        case = self._create_case(self.user_support, dealer_id=self.dealer_a.id)
        self._create_job(case, self.user_support)
        with self.assertRaisesRegex(ValidationError, "cannot go to another dealer"):
            case.dealer_id = self.dealer_b

    def test_stage_lets_cases_go_on_only_where_it_says(self):
        case = self._create_question()
        new = case.stage_id
        new.sudo().next_stage_ids = self.stage_progress
        refusal = self.assertRaisesRegex(UserError, "it goes to: In Progress")
        with refusal, self.cr.savepoint():
            case.stage_id = self.stage_cancelled
        self.assertEqual(case.stage_id, new)
        case.stage_id = self.stage_progress
        case.stage_id = self.stage_cancelled
        self.assertTrue(case.closed)
