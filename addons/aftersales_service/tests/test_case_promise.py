from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCasePromise(ServiceCommon):
    """Answer now, or promise a time and keep it."""

    def _ask(self, **vals):
        return self._create_case(
            case_type_id=self.type_question.id,
            serial=False,
            fault_id=False,
            partner_name="Zhao Liu",
            **vals,
        )

    def _get_reminders(self, case):
        return case.activity_ids.filtered(
            lambda a: (
                a.activity_type_id
                == self.env.ref("aftersales_service.mail_activity_type_promise")
            )
        )

    def test_promise_reminds_whoever_works_on_the_case(self):
        case = self._ask(promised_at="2026-06-16 02:00:00")
        self.assertTrue(case.needs_answer)
        reminder = self._get_reminders(case)
        self.assertEqual(len(reminder), 1)
        self.assertEqual(reminder.user_id, self.user_agent_a)
        self.assertEqual(reminder.date_deadline, date(2026, 6, 16))

    def test_new_promise_moves_the_one_reminder(self):
        case = self._ask(promised_at="2026-06-16 02:00:00")
        case.promised_at = "2026-06-18 02:00:00"
        reminder = self._get_reminders(case)
        self.assertEqual(reminder.mapped("date_deadline"), [date(2026, 6, 18)])

    def test_answer_keeps_the_promise(self):
        case = self._ask(promised_at="2026-06-16 02:00:00")
        case.action_reply()
        self.assertFalse(self._get_reminders(case))
        self.assertEqual(case.replied_at, datetime(2026, 6, 15, 8))

    def test_withdrawn_promise_reminds_nobody(self):
        case = self._ask(promised_at="2026-06-16 02:00:00")
        case.promised_at = False
        self.assertFalse(self._get_reminders(case))

    def test_promise_for_the_past_is_refused(self):
        refusal = self.assertRaisesRegex(ValidationError, "a time that is past")
        with refusal, self.cr.savepoint():
            self._ask(promised_at="2026-06-15 07:59:59")
        case = self._ask()
        with refusal, self.cr.savepoint():
            case.promised_at = "2026-06-14 00:00:00"
        self.assertFalse(case.promised_at)
        self.assertFalse(self._get_reminders(case))

    def test_broken_promises_are_found(self):
        case = self._ask(promised_at="2026-06-16 02:00:00")
        kept = self._ask(promised_at="2026-06-16 02:00:00")
        kept.action_reply()
        domain = [("promised_at", "<", "now"), ("replied_at", "=", False)]
        self.assertNotIn(case, case.search(domain))
        with freeze_time("2026-06-16 02:00:01"):
            found = case.search(domain)
        self.assertIn(case, found)
        self.assertNotIn(kept, found)
