from odoo.fields import Command

from odoo.addons.aftersales_certificate.tests.common import CertificateCommon

EXAMINER = "aftersales_training.group_examiner"
# A one-pixel picture is a signature as far as the server is concerned.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class TrainingCommon(CertificateCommon):
    """A released course with theory and practice, its examiner, and two dealers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_examiner = cls._create_user("training_examiner", EXAMINER)
        cls.topic = cls.env["aftersales.training.topic"].create(
            {"name": "Engines", "code": "TENG", "content": "repair"}
        )
        cls.survey = cls._create_survey()
        cls.rubric = cls.env["aftersales.training.rubric"].create(
            {
                "name": "Engine, practice",
                "criterion_ids": [
                    Command.create({"name": "Diagnosis", "max_points": 20}),
                    Command.create({"name": "Repair", "max_points": 30}),
                ],
            }
        )
        cls.course = cls._create_course("ENG-1")
        cls.course.with_user(cls.user_coordinator).action_release()
        cls.room = cls.env["aftersales.training.room"].create(
            {"name": "Hall 1", "place": "Works", "seats": 30}
        )

    @classmethod
    def _create_survey(cls):
        """Two questions, one point each; the first answer is the right one."""
        return cls.env["survey.survey"].create(
            {
                "title": "Engine theory",
                "survey_type": "assessment",
                "scoring_type": "scoring_without_answers",
                "access_mode": "token",
                "questions_layout": "one_page",
                "is_time_limited": True,
                "time_limit": 30,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": title,
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {
                                        "value": "Yes",
                                        "is_correct": True,
                                        "answer_score": 1,
                                    }
                                ),
                                Command.create({"value": "No"}),
                            ],
                        }
                    )
                    for title in ("Cold start?", "Bleed the pump?")
                ],
            }
        )

    @classmethod
    def _create_course(cls, code, **vals):
        return cls.env["aftersales.training.course"].create(
            {
                "name": f"Course {code}",
                "code": code,
                "topic_id": cls.topic.id,
                "hours": 8,
                "scope_id": cls.scope.id,
                "pass_mark": 70,
                "assessment_ids": [
                    Command.create(
                        {
                            "kind": "theory",
                            "weight": 40,
                            "pass_mark": 50,
                            "survey_id": cls.survey.id,
                        }
                    ),
                    Command.create(
                        {
                            "kind": "practice",
                            "weight": 60,
                            "pass_mark": 60,
                            "rubric_id": cls.rubric.id,
                        }
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def _create_session(cls, begin="2026-06-01 08:00:00", **vals):
        session = (
            cls.env["aftersales.training.session"]
            .with_user(cls.user_coordinator)
            .create(
                {
                    "course_id": cls.course.id,
                    "date_begin": begin,
                    "examiner_ids": [Command.set(cls.user_examiner.ids)],
                    **vals,
                }
            )
        )
        session.action_open()
        return session

    @classmethod
    def _enrol(cls, session, staff):
        return (
            cls.env["aftersales.training.enrolment"]
            .with_user(cls.user_coordinator)
            .create({"session_id": session.id, "partner_id": staff.partner_id.id})
        )

    @classmethod
    def _attend(cls, session, staff):
        """An enrolment that was confirmed and signed in."""
        enrolment = cls._enrol(session, staff)
        enrolment.action_confirm()
        enrolment.action_sign_in()
        return enrolment

    def _open_exam(self, enrolment):
        enrolment.with_user(self.user_coordinator).action_open_exam()
        return enrolment.exam_ids.filtered(lambda exam: exam.state == "open")

    def _answer(self, exam, *right):
        """Answer the theory questions; ``right`` says which of them rightly."""
        answer = (
            exam.part_ids.filtered(lambda p: p.kind == "theory").sudo().user_input_id
        )
        answer._mark_in_progress()
        for question, is_right in zip(
            answer.predefined_question_ids, right, strict=True
        ):
            options = question.suggested_answer_ids
            chosen = options.filtered("is_correct") if is_right else options[1]
            answer._save_lines(question, chosen.id)
        answer._mark_done()

    def _mark(self, exam, *points):
        """Mark the practice part as its examiner and hand it in."""
        part = exam.part_ids.filtered(lambda p: p.kind == "practice")
        part = part.with_user(part.examiner_id)
        for mark, number in zip(part.mark_ids, points, strict=True):
            mark.points = number
        part.signature = SIGNATURE
        part.action_grade()
        return part
