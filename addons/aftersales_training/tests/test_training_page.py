from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingPage(HttpCase, TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.held = cls._create_session(fields.Datetime.now())
        cls.enrolment = cls._enrol(cls.held, cls.technician_a)
        cls.enrolment.action_confirm()
        cls.page = f"/aftersales/training/{cls.enrolment.access_token}"
        cls.door = f"/aftersales/training/sign-in/{cls.held.sign_in_token}"

    def _get_csrf(self, html):
        return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    def _press(self, url, csrf, **data):
        answer = self.url_open(url, data={"csrf_token": csrf, **data})
        self.env.invalidate_all()
        return answer

    def test_scan_and_press_signs_in(self):
        self.authenticate("tech_a", "tech_a")
        page = self.url_open(self.door)
        self.assertIn("I am here", page.text)
        self.assertEqual(self.enrolment.state, "confirmed", "looking changes nothing")
        answer = self._press(self.door, self._get_csrf(page.text))
        self.assertEqual(answer.status_code, 200)
        self.assertRecordValues(
            self.enrolment, [{"state": "attended", "signed_in_by": "qr"}]
        )

    def test_code_after_the_session_is_refused(self):
        self.authenticate("tech_a", "tech_a")
        csrf = self._get_csrf(self.url_open(self.door).text)
        begin = fields.Datetime.now() - timedelta(hours=10)
        self.held.write({"date_begin": begin, "date_end": begin + timedelta(hours=8)})
        self.env.flush_all()
        answer = self._press(self.door, csrf)
        self.assertIn("Ask the trainer to use the list", answer.text)
        self.assertEqual(self.enrolment.state, "confirmed")

    def test_stranger_learns_that_he_is_not_listed(self):
        self.authenticate("agent_b", "agent_b")
        answer = self.url_open(self.door)
        self.assertIn("You have no confirmed seat", answer.text)
        self.assertNotIn(self.technician_a.name, answer.text)

    def test_door_asks_for_a_login(self):
        self.authenticate(None, None)
        answer = self.url_open(self.door, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_feedback_after_attendance(self):
        self.enrolment.action_sign_in()
        self.env.flush_all()
        csrf = self._get_csrf(self.url_open(self.page).text)
        answer = self._press(f"{self.page}/feedback", csrf, rating="4", text="Good")
        self.assertIn("Thank you", answer.text)
        self.assertRecordValues(
            self.enrolment, [{"feedback_rating": 4, "feedback_text": "Good"}]
        )
        self.assertEqual(self.held.feedback_average, 4)

    def test_rating_outside_the_scale_is_refused(self):
        self.enrolment.action_sign_in()
        self.env.flush_all()
        csrf = self._get_csrf(self.url_open(self.page).text)
        answer = self._press(f"{self.page}/feedback", csrf, rating="6")
        self.assertIn("Choose a rating from 1 to 5", answer.text)
        self.assertEqual(self.enrolment.feedback_rating, 0)

    def test_theory_is_offered_to_the_trainee_alone(self):
        self.enrolment.action_sign_in()
        self.enrolment.action_open_exam()
        self.env.flush_all()
        self.authenticate("tech_a", "tech_a")
        self.assertIn("Take the theory exam", self.url_open(self.page).text)
        self.authenticate("manager_a", "manager_a")
        self.assertNotIn("Take the theory exam", self.url_open(self.page).text)
        self.authenticate(None, None)
        self.assertNotIn("Take the theory exam", self.url_open(self.page).text)

    def test_unknown_page_is_not_found(self):
        answer = self.url_open("/aftersales/training/" + "0" * 32)
        self.assertEqual(answer.status_code, 404)
