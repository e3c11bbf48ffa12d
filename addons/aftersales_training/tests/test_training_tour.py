import re

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingTour(HttpCase, TrainingCommon):
    """What the people of a training do in their browsers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.held = cls._create_session(fields.Datetime.now(), name="TOUR-1")
        cls.enrolment = cls._enrol(cls.held, cls.technician_a)
        cls._enrol(cls.held, cls.technician_b)

    def _open(self):
        self.enrolment.action_confirm()
        self.enrolment.action_sign_in()
        self.enrolment.action_open_exam()
        return self.enrolment.exam_ids

    def test_coordinator_signs_in_and_opens_the_exam(self):
        self.enrolment.action_confirm()
        self.start_tour(
            "/odoo/training-sessions?view_type=list",
            "aftersales_training_coordinator",
            login="aftersales_coordinator",
        )
        self.assertEqual(self.enrolment.exam_ids.mapped("state"), ["open"])

    def test_dealers_manager_confirms_his_people(self):
        self.start_tour(
            "/odoo/training-participants",
            "aftersales_training_dealer_manager",
            login="manager_a",
        )
        self.assertEqual(self.enrolment.state, "confirmed")

    def _build_pages_of(self, part):
        """Render the questions once and build the bundles of their pages.

        A fresh database does both at the first request; on a busy machine that takes
        longer than a step of a tour may.
        """
        self.env.flush_all()
        self.authenticate("tech_a", "tech_a")
        page = self.url_open(part._get_theory_url(), timeout=60)
        for bundle in sorted(set(re.findall(r'/web/assets/[^"]+', page.text))):
            self.assertEqual(self.url_open(bundle, timeout=60).status_code, 200)

    def test_trainee_answers_the_questions(self):
        exam = self._open()
        theory = exam.part_ids.filtered(lambda part: part.kind == "theory")
        self._build_pages_of(theory)
        self.start_tour("/odoo/my-exams", "aftersales_training_trainee", login="tech_a")
        self.assertRecordValues(theory, [{"state": "graded", "score": 100}])

    def test_examiner_marks_on_a_phone(self):
        self.browser_size = "375x667"
        exam = self._open()
        self.start_tour(
            "/odoo/training-marking",
            "aftersales_training_examiner",
            login="training_examiner",
        )
        practice = exam.part_ids.filtered(lambda part: part.kind == "practice")
        self.assertEqual(practice.mark_ids.mapped("points"), [18, 0])
        self.assertEqual(practice.state, "open")
