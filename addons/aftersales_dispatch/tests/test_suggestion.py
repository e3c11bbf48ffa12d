from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSuggestion(DispatchCommon):
    def _suggest(self, record, user=None):
        action = record.with_user(user or self.user_agent_a).action_suggest()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.user_agent_a)
            .browse(action["res_id"])
        )

    def _line(self, suggestion, staff):
        return suggestion.line_ids.filtered(lambda line: line.staff_id == staff)

    def test_one_click_from_the_case_writes_and_sends_the_job(self):
        case = self._create_case()
        self._send_job(self.technician_a, 8, 10)
        suggestion = self._suggest(case)
        self.assertFalse(case.dispatch_ids)
        self.assertEqual(suggestion.line_ids[0].staff_id, self.bao)
        suggestion.line_ids[0].action_choose_and_send()
        self.assertRecordValues(
            case.dispatch_ids,
            [
                {
                    "state": "sent",
                    "staff_id": self.bao.id,
                    "date_start": datetime(2026, 6, 15, 8),
                    "date_end": datetime(2026, 6, 15, 10),
                    "sent_by_id": self.user_agent_a.id,
                }
            ],
        )

    def test_choosing_fills_the_draft_and_opens_it(self):
        job = self._create_job(staff_id=False)
        suggestion = self._suggest(job)
        action = self._line(suggestion, self.bao).action_choose()
        self.assertEqual(action["res_id"], job.id)
        self.assertRecordValues(job, [{"staff_id": self.bao.id, "state": "draft"}])
        self.assertEqual(job.date_start, datetime(2026, 6, 15, 10))

    def test_case_with_a_draft_gets_no_second_one(self):
        job = self._create_job(staff_id=False)
        suggestion = self._suggest(job.ticket_id)
        suggestion.line_ids[0].action_choose()
        self.assertEqual(job.ticket_id.dispatch_ids, job)

    def test_line_shows_score_reasons_and_time(self):
        self._only("workload")
        line = self._suggest(self._create_case()).line_ids[0]
        self.assertRecordValues(
            line,
            [
                {
                    "score": 20,
                    "reasons": "+20 no other job that day",
                    "blocked": False,
                    "window": "Today 08:00 – 10:00",
                }
            ],
        )

    def test_blocked_one_cannot_be_chosen(self):
        self._create_absence(self.bao, "2026-06-15")
        case = self._create_case()
        line = self._line(self._suggest(case), self.bao)
        with self.assertRaisesRegex(UserError, "Bao cannot be chosen: absent Jun 15"):
            line.action_choose_and_send()
        self.assertFalse(case.dispatch_ids)

    def test_what_changed_since_the_ranking_is_refused_when_sent(self):
        job = self._create_job(staff_id=False)
        line = self._line(self._suggest(job), self.bao)
        self._create_absence(self.bao, "2026-06-15")
        refusal = self.assertRaisesRegex(UserError, "Bao cannot take job")
        with refusal, self.cr.savepoint():
            line.action_choose_and_send()
        self.assertEqual(job.state, "draft")

    def test_sent_job_takes_no_suggestion(self):
        job = self._send_job()
        with self.assertRaisesRegex(UserError, "was sent already"):
            job.with_user(self.user_agent_a).action_suggest()

    def test_settled_case_takes_no_suggestion(self):
        case = self._create_case(case_type_id=self.type_question.id, resolution="Told")
        case.action_resolve()
        with self.assertRaisesRegex(UserError, "is settled. Reopen it first"):
            case.action_suggest()

    def test_suggestion_of_another_user_is_closed(self):
        suggestion = self._suggest(self._create_case())
        stranger = suggestion.with_user(self.user_agent_b)
        with self.assertRaises(AccessError):
            stranger.line_ids.read(["staff_id"])
        with self.assertRaises(AccessError):
            suggestion.line_ids[0].with_user(self.user_agent_b).action_choose()
        self.assertFalse(suggestion.ticket_id.dispatch_ids)
