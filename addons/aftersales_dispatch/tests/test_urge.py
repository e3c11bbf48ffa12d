from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUrge(DispatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.aftersales_answer_minutes = 30
        cls.job = cls._create_job()
        cls.job.action_send()

    def _run(self, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref("aftersales_dispatch.ir_cron_urge").with_user(
                self.env.ref("base.user_root")
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _get_reminders(self):
        return self.env["mail.message"].search(
            [
                ("model", "=", self.job._name),
                ("res_id", "=", self.job.id),
                ("message_type", "=", "user_notification"),
                ("subject", "=like", "Please answer%"),
            ]
        )

    def _get_calls(self):
        return self.job.activity_ids.filtered(
            lambda activity: activity.user_id == self.user_agent_a
        )

    def test_nobody_is_urged_before_the_time(self):
        self._run("2026-06-15 08:29:00")
        self.assertFalse(self.job.urged_at)
        self.assertFalse(self._get_calls())

    def test_unanswered_job_is_urged_once(self):
        self._run("2026-06-15 08:30:00")
        self._run("2026-06-15 09:30:00")
        self.assertEqual(str(self.job.urged_at), "2026-06-15 08:30:00")
        self.assertEqual(len(self._get_reminders()), 1)
        self.assertEqual(
            self._get_reminders().notified_partner_ids, self.technician_a.partner_id
        )
        self.assertEqual(len(self._get_calls()), 1)
        self.assertIn("Tech A has not answered", self._get_calls().summary)

    def test_answered_job_is_not_urged(self):
        self.job.with_user(self.user_tech_a).action_accept()
        self._run("2026-06-15 09:30:00")
        self.assertFalse(self.job.urged_at)

    def test_answer_clears_the_dispatchers_activity(self):
        self._run("2026-06-15 08:30:00")
        self.job.with_user(self.user_tech_a).action_accept()
        self.assertFalse(self._get_calls())

    def test_job_sent_again_is_urged_again(self):
        self._run("2026-06-15 08:30:00")
        job = self.job.with_user(self.user_agent_a)
        job.action_recall()
        with freeze_time("2026-06-15 09:00:00"):
            job.action_send()
        self.assertFalse(self.job.urged_at)
        self._run("2026-06-15 09:31:00")
        self.assertTrue(self.job.urged_at)

    def test_zero_minutes_mean_never(self):
        self.company.aftersales_answer_minutes = 0
        self._run("2026-06-16 09:30:00")
        self.assertFalse(self.job.urged_at)
