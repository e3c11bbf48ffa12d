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

    def test_trainee_answers_the_questions(self):
        exam = self._open()
        self.start_tour("/odoo/my-exams", "aftersales_training_trainee", login="tech_a")
        theory = exam.part_ids.filtered(lambda part: part.kind == "theory")
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
