from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import FollowupCommon


@tagged("post_install", "-at_install")
class TestFollowupPage(HttpCase, FollowupCommon):
    """The customer's page: one answer, by the one who has the link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_a.email = "zhang@example.com"
        cls.case = cls._close_question()
        rule = cls._create_rule(channel="mail", days_after=0)
        cls.followup = rule._plan(cls.case)
        cls.followup.with_user(cls.user_support).action_send_link()
        cls.path = cls.followup._get_answer_path()

    def _get_csrf(self, html):
        return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    def _send(self, csrf=None, **data):
        csrf = csrf or self._get_csrf(self.url_open(self.path).text)
        answer = self.url_open(self.path, data={"csrf_token": csrf, **data})
        self.env.invalidate_all()
        return answer

    def test_customer_answers_once(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Were the charges clear and fair?", page.text)
        self.assertNotIn("agreed time", page.text, "nobody came")
        for name in ("score", "reason", "reason_ids", "suggestion"):
            self.assertIn(f'name="{name}"', page.text)
        self.assertEqual(self.followup.state, "planned", "looking changes nothing")
        charges = self.followup.answer_ids.question_id.filtered(
            lambda question: question.code == "charges"
        )
        csrf = self._get_csrf(page.text)
        foreign = self.env.ref("aftersales_followup.question_skill")
        answer = self._send(
            csrf,
            **{
                "score": "2",
                f"question_{charges.id}": "1",
                f"question_{foreign.id}": "5",
                "reason_ids": str(self.reason_manner.id),
                "suggestion": "Be kind",
            },
        )
        self.assertIn("Thank you for your answer", answer.text)
        self.assertRecordValues(
            self.followup,
            [
                {
                    "state": "done",
                    "score": "2",
                    "is_bad": True,
                    "suggestion": "Be kind",
                    "reason_ids": self.reason_manner.ids,
                    "channel": "mail",
                    "user_id": False,
                    "reached": True,
                }
            ],
        )
        self.assertEqual(
            self._get_points(self.followup),
            {"manner": False, "charges": "1", "product": False},
        )
        again = self._send(csrf, score="5")
        self.assertIn("answered already", again.text)
        self.assertEqual(self.followup.score, "2")
        self.assertIn("answered already", self.url_open(self.path).text)

    def test_wrong_token_is_unknown(self):
        for path in (f"{self.path}x", "/aftersales/follow-up/1", self.path[:-1]):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 404)

    def test_expired_link_takes_no_answer(self):
        csrf = self._get_csrf(self.url_open(self.path).text)
        past = fields.Datetime.now() - timedelta(minutes=1)
        self.followup.sudo().link_until = past
        self.env.flush_all()
        for answer in (self.url_open(self.path), self._send(csrf, score="5")):
            self.assertEqual(answer.status_code, 410)
            self.assertIn("The time to answer is over", answer.text)
        self.assertRecordValues(self.followup, [{"state": "planned", "score": False}])

    def test_answer_without_a_score_is_asked_again(self):
        for score in ("", "6", "<b>"):
            with self.subTest(score=score):
                answer = self._send(score=score, suggestion="Faster")
                self.assertIn("Please choose an overall score", answer.text)
                self.assertIn("Faster", answer.text, "what was typed is not lost")
        self.assertEqual(self.followup.state, "planned")

    def test_form_of_another_site_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.url_open(self.path, data={"score": "5"})
        self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.followup.state, "planned")

    def test_page_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_and_install_lang("zh_CN")
        self.customer_a.lang = "zh_CN"
        self.env.flush_all()
        page = self.url_open(self.path)
        self.assertIn("我们的服务怎么样", page.text)
        self.assertIn("收费是否清楚合理", page.text)

    def test_page_is_hidden_from_search_engines_and_caches(self):
        headers = self.url_open(self.path).headers
        self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", headers["Cache-Control"])

    def test_portal_shows_the_customers_own(self):
        mine = new_test_user(
            self.env,
            "portal_zhang",
            groups="base.group_portal",
            partner_id=self.customer_a.id,
        )
        other = new_test_user(self.env, "portal_li", groups="base.group_portal")
        number = self.followup.name
        self.assertEqual(self.followup.with_user(mine).search([]), self.followup)
        self.assertFalse(self.followup.with_user(other).search([]))
        self.authenticate("portal_li", "portal_li")
        self.assertNotIn(number, self.url_open("/my/follow-ups").text)
        self.authenticate("portal_zhang", "portal_zhang")
        page = self.url_open("/my/follow-ups")
        self.assertIn(number, page.text)
        self.assertIn(self.path, page.text)
        self.assertIn("Thank you", self._send(score="5").text)
        self.assertRecordValues(
            self.followup, [{"state": "done", "channel": "portal", "score": "5"}]
        )
        self.assertNotIn(self.path, self.url_open("/my/follow-ups").text)

    def test_portal_hides_what_was_not_asked_yet(self):
        mine = new_test_user(
            self.env,
            "portal_zhang",
            groups="base.group_portal",
            partner_id=self.customer_a.id,
        )
        rule = self._create_rule(channel="portal", days_after=30)
        later = rule._plan(self.case)
        self.assertNotIn(later, later.with_user(mine).search([]))
