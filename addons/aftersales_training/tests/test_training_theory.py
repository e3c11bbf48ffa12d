from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingTheory(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-01 09:00:00"):
            cls.session = cls._create_session()
            cls.enrolment = cls._attend(cls.session, cls.technician_a)
            cls.enrolment.action_open_exam()
        cls.exam = cls.enrolment.exam_ids
        cls.part = cls.exam.part_ids.filtered(lambda part: part.kind == "theory")
        cls.answer = cls.part.sudo().user_input_id

    def _reply(self, index):
        question = self.answer.predefined_question_ids[index]
        right = question.suggested_answer_ids.filtered("is_correct")
        self.answer._save_lines(question, right.id)

    def test_questions_are_the_trainees_own(self):
        self.assertEqual(self.answer.partner_id, self.technician_a.partner_id)
        self.assertEqual(str(self.part.deadline), "2026-06-08 09:00:00")
        action = self.part.with_user(self.user_tech_a).action_take_theory()
        self.assertIn(self.answer.access_token, action["url"])
        for user in (self.user_manager_a, self.user_coordinator):
            with self.assertRaisesRegex(UserError, "can answer these questions"):
                self.part.with_user(user).action_take_theory()

    def test_last_answer_grades_the_part(self):
        with freeze_time("2026-06-02 10:00:00"):
            self.answer._mark_in_progress()
            self._reply(0)
            self.answer._mark_done()
        self.assertRecordValues(
            self.part, [{"state": "graded", "score": 50, "passed": True}]
        )
        self.assertEqual(self.exam.state, "open")

    def test_answer_after_the_time_limit_does_not_count(self):
        with freeze_time("2026-06-02 10:00:00"):
            self.answer._mark_in_progress()
            self._reply(0)
        with (
            freeze_time("2026-06-02 10:30:11"),
            self.assertRaisesRegex(UserError, "time of this exam is over"),
        ):
            self._reply(1)
        self.assertEqual(self.answer.scoring_percentage, 50)

    def test_answer_after_the_deadline_does_not_count(self):
        with (
            freeze_time("2026-06-08 09:00:01"),
            self.assertRaisesRegex(UserError, "time of this exam is over"),
        ):
            self._reply(0)
        self.assertFalse(self.answer.user_input_line_ids)

    def test_answer_in_a_void_attempt_does_not_count(self):
        self.exam.with_user(self.user_coordinator).action_void()
        with self.assertRaisesRegex(UserError, "time of this exam is over"):
            self._reply(0)

    def test_cron_closes_what_ran_out_of_time(self):
        with freeze_time("2026-06-02 10:00:00"):
            self.answer._mark_in_progress()
            self._reply(0)
        cron = self.env["aftersales.training.exam.part"]
        with freeze_time("2026-06-02 10:29:00"):
            cron._cron_close_theory()
            self.assertEqual(self.part.state, "open")
        with freeze_time("2026-06-02 10:31:00"):
            cron._cron_close_theory()
        self.assertRecordValues(self.part, [{"state": "graded", "score": 50}])

    def test_never_begun_scores_nothing_after_the_deadline(self):
        with freeze_time("2026-06-09"):
            self.env["aftersales.training.exam.part"]._cron_close_theory()
        self.assertRecordValues(
            self.part, [{"state": "graded", "score": 0, "passed": False}]
        )

    def test_coordinator_cannot_close_while_there_is_time(self):
        with (
            freeze_time("2026-06-02"),
            self.assertRaisesRegex(UserError, "may still answer until"),
        ):
            self.part.with_user(self.user_coordinator).action_close_theory()
        self.assertEqual(self.part.state, "open")

    def test_theory_is_not_marked_by_hand(self):
        with self.assertRaisesRegex(UserError, "not by hand"):
            self.part.with_user(self.user_coordinator).action_grade()


@tagged("post_install", "-at_install")
class TestTrainingTheoryHttp(HttpCase, TrainingCommon):
    """The survey's own pages, asked by others and too late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        session = cls._create_session(cls.env.cr.now())
        cls.enrolment = cls._attend(session, cls.technician_a)
        cls.enrolment.action_open_exam()
        cls.part = cls.enrolment.exam_ids.part_ids.filtered(
            lambda part: part.kind == "theory"
        )
        cls.answer = cls.part.sudo().user_input_id

    def _submit(self, index):
        question = self.answer.predefined_question_ids[index]
        right = question.suggested_answer_ids.filtered("is_correct")
        survey = self.answer.survey_id
        return self.make_jsonrpc_request(
            f"/survey/submit/{survey.access_token}/{self.answer.access_token}",
            {str(question.id): right.id},
        )

    def test_colleague_cannot_answer_for_him(self):
        self.authenticate("agent_a", "agent_a")
        result = self._submit(0)
        self.assertEqual(result[1], {"error": "answer_wrong_user"})
        self.assertFalse(self.answer.user_input_line_ids)

    def test_late_submission_is_refused(self):
        self.answer._mark_in_progress()
        self.answer.start_datetime = "2020-01-01"
        self.env.flush_all()
        self.authenticate("tech_a", "tech_a")
        result = self._submit(0)
        self.assertEqual(result[1], {"error": "unauthorized"})
        self.env.invalidate_all()
        self.assertFalse(self.answer.user_input_line_ids)
        self.assertEqual(self.part.state, "open")
