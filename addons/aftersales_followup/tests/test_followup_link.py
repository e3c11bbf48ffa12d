from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, FollowupCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupLink(FollowupCommon):
    """Links are sent when they are due, and given up when nobody follows them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_a.email = "zhang@example.com"

    def _run(self, name):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"aftersales_followup.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def _get_mails(self, followup):
        return self.env["mail.mail"].search(
            [("model", "=", "aftersales.followup"), ("res_id", "=", followup.id)]
        )

    def test_due_link_is_sent_once(self):
        followup = self._plan_call(channel="mail")
        self._run("ir_cron_send")
        self.assertRecordValues(
            followup,
            [
                {
                    "sent_on": datetime(2026, 6, 15, 8),
                    "link_until": datetime(2026, 6, 29, 8),
                    "state": "planned",
                }
            ],
        )
        mail = self._get_mails(followup)
        self.assertEqual(mail.email_to, "zhang@example.com")
        self.assertIn(followup.sudo().access_token, mail.body_html)
        self._run("ir_cron_send")
        self.assertEqual(self._get_mails(followup), mail)

    def test_link_is_not_sent_early(self):
        followup = self._plan_call(channel="mail")
        followup.sudo().planned_on = "2026-06-16"
        self._run("ir_cron_send")
        self.assertFalse(followup.sent_on)
        self.assertFalse(followup.sudo().access_token)

    def test_mail_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self.customer_a.lang = "zh_CN"
        followup = self._plan_call(channel="mail")
        followup.action_send_link()
        mail = self._get_mails(followup)
        self.assertIn("我们的服务怎么样", mail.subject)
        self.assertIn("填写评价", mail.body_html)

    def test_customer_without_an_address_is_called(self):
        self.customer_a.email = False
        followup = self._plan_call(channel="mail")
        with self.assertRefused(UserError, "no mail address"):
            followup.action_send_link()
        self._run("ir_cron_send")
        self.assertRecordValues(followup, [{"channel": "phone", "sent_on": False}])
        self.assertFalse(self._get_mails(followup))

    def test_two_links_differ_and_nobody_reads_them(self):
        first = self._plan_call(channel="mail")
        second = self._plan_call(channel="mail")
        (first | second).action_send_link()
        tokens = {record.access_token for record in (first | second).sudo()}
        self.assertEqual(len(tokens), 2)
        self.assertGreaterEqual(min(map(len, tokens)), 32)
        for user in (self.user_support, self.user_manager, self.user_agent_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                first.with_user(user).read(["access_token"])

    def test_dealer_does_not_send_links_where_support_asks(self):
        followup = self._plan_call(self.user_agent_a, channel="mail")
        with self.assertRaises(AccessError):
            followup.action_send_link()
        self.assertFalse(followup.sent_on)

    def test_nothing_is_sent_after_the_answer(self):
        followup = self._plan_call(channel="mail")
        followup.score = "5"
        followup.action_finish()
        with self.assertRefused(UserError, "nothing is sent any more"):
            followup.action_send_link()

    def test_expired_link_becomes_a_call(self):
        followup = self._plan_call(channel="mail")
        followup.action_send_link()
        with freeze_time("2026-06-29 08:00:00"):
            self._run("ir_cron_expire")
            self.assertEqual(followup.channel, "mail", "the last moment counts")
        with freeze_time("2026-06-29 08:00:01"):
            self._run("ir_cron_expire")
        self.assertRecordValues(followup, [{"channel": "phone", "state": "planned"}])

    def test_expired_link_without_a_call_is_not_reached(self):
        followup = self._plan_call(channel="portal", fallback_phone=False)
        followup.action_send_link()
        with freeze_time("2026-07-01 08:00:00"):
            self._run("ir_cron_expire")
        self.assertRecordValues(
            followup, [{"channel": "portal", "state": "not_reached", "reached": False}]
        )

    def test_second_answer_is_refused(self):
        followup = self._plan_call(channel="mail")
        followup.action_send_link()
        customer = followup.sudo()
        customer._answer_by_customer({"score": "2"}, "mail")
        self.assertRecordValues(
            followup,
            [
                {
                    "state": "done",
                    "score": "2",
                    "reason": "Not said by the customer.",
                    "user_id": False,
                    "channel": "mail",
                    "is_bad": True,
                }
            ],
        )
        with self.assertRefused(UserError, "answered already"):
            customer._answer_by_customer({"score": "5"}, "mail")
        self.assertEqual(followup.score, "2")
