from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import LessonsCommon


@tagged("post_install", "-at_install")
class TestTrainingLessonsPage(HttpCase, LessonsCommon):
    """The pages of eLearning, read by people of dealers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        session = cls._create_session(fields.Datetime.now(), form="online")
        cls.enrolment = cls._enrol(session, cls.technician_a)
        cls.enrolment.action_confirm()
        cls.env.flush_all()

    def test_trainee_goes_from_his_page_to_the_last_lesson(self):
        self.authenticate("tech_a", "tech_a")
        page = self.url_open(f"/aftersales/training/{self.enrolment.access_token}")
        self.assertIn("Online lessons", page.text)
        self.assertIn(self.channel.website_url, page.text)
        course = self.url_open(self.channel.website_url)
        self.assertEqual(course.status_code, 200)
        self.assertIn("Lesson 2", course.text)
        for lesson in self.lessons:
            read = self.url_open(lesson.website_url)
            self.assertIn("Bleed the pump", read.text)
            self.make_jsonrpc_request(
                "/slides/slide/set_completed", {"slide_id": lesson.id}
            )
        self.env.invalidate_all()
        self.assertEqual(self.enrolment.state, "attended")

    def test_who_does_not_attend_finds_no_lessons(self):
        self.authenticate("agent_b", "agent_b")
        course = self.url_open(self.channel.website_url)
        self.assertNotIn("Lesson 2", course.text)
        answer = self.make_jsonrpc_request(
            "/slides/slide/set_completed", {"slide_id": self.lessons[0].id}
        )
        self.assertIn("error", answer)
        self.assertFalse(self._get_member(self.technician_b))
