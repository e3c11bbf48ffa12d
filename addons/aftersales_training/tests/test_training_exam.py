from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import SIGNATURE, TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingExam(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._create_session()
        cls.enrolment = cls._attend(cls.session, cls.technician_a)

    def _get_practice(self, exam):
        return exam.part_ids.filtered(lambda part: part.kind == "practice")

    def test_no_exam_before_attendance(self):
        enrolment = self._enrol(self.session, self.technician_b)
        enrolment.action_confirm()
        with self.assertRaisesRegex(UserError, "Sign him in before the exam"):
            enrolment.action_open_exam()
        self.assertFalse(enrolment.exam_ids)

    def test_one_open_attempt_at_a_time(self):
        self._open_exam(self.enrolment)
        with self.assertRaisesRegex(UserError, "still open"):
            self.enrolment.action_open_exam()
        self.assertEqual(self.enrolment.exam_count, 1)

    @mute_logger("odoo.sql_db")
    def test_database_keeps_one_open_attempt(self):
        exam = self._open_exam(self.enrolment)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            exam.sudo().create({"enrolment_id": self.enrolment.id, "attempt": 2})

    def test_points_outside_the_scale(self):
        part = self._get_practice(self._open_exam(self.enrolment))
        mark = part.with_user(self.user_examiner).mark_ids[0]
        for points in (-1, 20.5):
            with self.assertRaisesRegex(ValidationError, "Give 0 to 20 points"):
                mark.points = points
        self.assertEqual(mark.points, 0)

    @mute_logger("odoo.sql_db")
    def test_database_keeps_the_scale(self):
        part = self._get_practice(self._open_exam(self.enrolment))
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE aftersales_training_mark SET points = 99 WHERE id = %s",
                [part.mark_ids[0].id],
            )

    def test_examiner_marks_in_the_form(self):
        """As on a phone: points in the list, signature, hand in."""
        part = self._get_practice(self._open_exam(self.enrolment))
        with Form(part.with_user(self.user_examiner)) as form:
            with form.mark_ids.edit(0) as line:
                line.points = 18
            with form.mark_ids.edit(1) as line:
                line.points = 24.5
            form.signature = SIGNATURE
        self.assertEqual(part.points, 42.5)
        part.with_user(self.user_examiner).action_grade()
        self.assertRecordValues(
            part,
            [
                {
                    "state": "graded",
                    "score": 85,
                    "passed": True,
                    "signed_by": self.user_examiner.name,
                }
            ],
        )

    def test_marks_need_a_signature(self):
        part = self._get_practice(self._open_exam(self.enrolment))
        with self.assertRaisesRegex(UserError, "Sign the marks"):
            part.with_user(self.user_examiner).action_grade()
        self.assertEqual(part.state, "open")

    def test_signed_marks_are_fixed(self):
        part = self._mark(self._open_exam(self.enrolment), 20, 30)
        with self.assertRaises(AccessError):
            part.mark_ids[0].points = 1
        with self.assertRaises(UserError):
            part.remark = "Changed"
        with self.assertRaises(AccessError):
            part.score = 10
        self.assertEqual((part.mark_ids[0].points, part.score), (20, 100))

    def test_only_the_appointed_examiner_marks(self):
        part = self._get_practice(self._open_exam(self.enrolment))
        other = self._create_user(
            "other_examiner", "aftersales_training.group_examiner"
        )
        with self.assertRaises(AccessError):
            part.with_user(other).mark_ids[0].points = 5
        coordinator = part.with_user(self.user_coordinator)
        with self.assertRaises(AccessError):
            coordinator.mark_ids[0].points = 5
        with self.assertRaisesRegex(UserError, "is marked by"):
            coordinator.action_grade()
        coordinator.examiner_id = other
        part.with_user(other).mark_ids[0].points = 5
        self.assertEqual(part.mark_ids[0].points, 5)

    def test_examiner_cannot_appoint_another(self):
        part = self._get_practice(self._open_exam(self.enrolment))
        with self.assertRaisesRegex(AccessError, "appoints examiners"):
            part.with_user(self.user_examiner).examiner_id = self.user_coordinator

    def test_nobody_examines_himself(self):
        examiner = self._create_staff(self.user_examiner, "trainer")
        enrolment = self._attend(self.session, examiner)
        part = self._get_practice(self._open_exam(enrolment))
        self.assertFalse(part.examiner_id, "he is the session's only examiner")
        with self.assertRaisesRegex(ValidationError, "cannot examine himself"):
            part.with_user(self.user_coordinator).examiner_id = self.user_examiner

    def test_dealers_user_cannot_be_examiner(self):
        group = self.env.ref("aftersales_training.group_examiner")
        with self.assertRaisesRegex(ValidationError, "cannot be an examiner"):
            self.user_manager_a.group_ids += group

    def test_part_below_its_own_mark_fails_the_whole(self):
        exam = self._open_exam(self.enrolment)
        self._answer(exam, False, False)
        self._mark(exam, 20, 30)
        self.assertRecordValues(exam, [{"state": "failed", "score": 60}])
        theory, practice = exam.part_ids.sorted("kind", reverse=True)
        self.assertEqual((theory.passed, practice.passed), (False, True))

    def test_total_below_the_mark_fails_and_all_is_sat_again(self):
        """Every part passed, 40 × 50 % + 60 × 80 % = 68 < 70: nothing is carried."""
        exam = self._open_exam(self.enrolment)
        self._answer(exam, True, False)
        self._mark(exam, 16, 24)
        self.assertRecordValues(exam, [{"state": "failed", "score": 68}])
        resit = self._open_exam(self.enrolment)
        self.assertEqual(resit.part_ids.mapped("state"), ["open", "open"])

    def test_attempts_are_limited_by_the_course(self):
        self.course.sudo().max_attempts = 1
        exam = self._open_exam(self.enrolment)
        self._answer(exam, False, False)
        self._mark(exam, 0, 0)
        with self.assertRaisesRegex(UserError, "used all 1 attempts"):
            self.enrolment.action_open_exam()
        self.assertEqual(self.enrolment.exam_ids, exam)

    def test_void_attempt_does_not_count(self):
        self.course.sudo().max_attempts = 1
        exam = self._open_exam(self.enrolment)
        exam.with_user(self.user_coordinator).action_void()
        resit = self._open_exam(self.enrolment)
        self.assertEqual(resit.attempt, 2)
        self.assertEqual(self.enrolment.result, "none")

    def test_results_cannot_be_written(self):
        exam = self._open_exam(self.enrolment)
        with self.assertRaises(AccessError):
            exam.with_user(self.user_coordinator).state = "passed"
        with self.assertRaises(AccessError):
            self.enrolment.result = "passed"
        self.assertEqual(self.enrolment.result, "none")

    def _pass(self, enrolment):
        exam = self._open_exam(enrolment)
        self._answer(exam, True, True)
        self._mark(exam, 20, 30)
        return enrolment.certificate_ids

    def test_refresher_renews_from_the_day_after(self):
        old = self._create_certificate(self.technician_a, valid_to="2026-07-31")
        certificate = self._pass(self.enrolment)
        self.assertEqual(certificate.valid_from, date(2026, 8, 1))
        self.assertTrue(old.is_renewed)

    def test_no_second_certificate_long_before_the_first_ends(self):
        old = self._create_certificate(self.technician_a, valid_to="2027-12-31")
        self.assertFalse(self._pass(self.enrolment))
        self.assertEqual(self.enrolment.result, "passed")
        self.assertEqual(self.technician_a.certificate_ids, old)
