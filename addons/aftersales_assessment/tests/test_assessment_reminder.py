from odoo.tests import freeze_time, tagged

from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessmentReminder(AssessmentCommon):
    def _run_cron(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("aftersales_assessment.ir_cron_remind")
            cron.method_direct_trigger()

    def _get_reminders(self, assessment):
        kind = self.env.ref("aftersales_assessment.mail_activity_type_overdue")
        return assessment.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == kind
        )

    def test_overdue_is_reminded_once(self):
        assessment = self._create_assessment()
        with freeze_time("2026-06-16 08:00:00"):
            self._run_cron()
            self.assertFalse(self._get_reminders(assessment))
        for moment in ("2026-06-16 08:00:01", "2026-06-16 09:00:00"):
            with freeze_time(moment):
                self._run_cron()
            reminder = self._get_reminders(assessment)
            self.assertEqual(len(reminder), 1)
            self.assertEqual(reminder.user_id, self.user_agent_a)

    def test_dealers_manager_is_reminded_when_nobody_has_the_case(self):
        assessment = self._create_assessment()
        assessment.ticket_id.user_id = False
        with freeze_time("2026-06-17 08:00:00"):
            self._run_cron()
        self.assertEqual(self._get_reminders(assessment).user_id, self.user_manager_a)

    def test_assessed_and_closed_cases_are_let_be(self):
        done, closed = self._create_assessment(), self._create_assessment()
        done.action_assess()
        closed.ticket_id.stage_id = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_stage_cancelled"
        )
        with freeze_time("2026-06-17 08:00:00"):
            self.assertFalse(closed.is_overdue)
            self._run_cron()
        self.assertFalse(self._get_reminders(done))
        self.assertFalse(self._get_reminders(closed))
