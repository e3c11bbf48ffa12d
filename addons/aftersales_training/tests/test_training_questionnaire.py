from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestTrainingQuestionnaire(TrainingCommon):
    """Two questions on engines (1 and 3 points), one self-assessment on manners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manners = cls.env["aftersales.training.topic"].create(
            {"name": "Manners", "code": "TMAN", "content": "manners"}
        )
        cls.questionnaire = (
            cls.env["survey.survey"]
            .with_user(cls.user_coordinator)
            .create(
                {
                    "title": "Spring questions",
                    "survey_type": "assessment",
                    "scoring_type": "scoring_without_answers",
                    "users_login_required": True,
                    "is_training_questionnaire": True,
                    "need_threshold": 60,
                    "need_days": 30,
                    "question_and_page_ids": [
                        cls._get_choice("Cold start?", 1),
                        cls._get_choice("Bleed the pump?", 3),
                        Command.create(
                            {
                                "title": "How sure are you with angry customers?",
                                "question_type": "scale",
                                "scale_min": 0,
                                "scale_max": 10,
                                "training_topic_id": cls.manners.id,
                            }
                        ),
                        Command.create(
                            {"title": "Anything else?", "question_type": "char_box"}
                        ),
                    ],
                }
            )
        )

    @classmethod
    def _get_choice(cls, title, points):
        right = {"value": "Yes", "is_correct": True, "answer_score": points}
        return Command.create(
            {
                "title": title,
                "question_type": "simple_choice",
                "training_topic_id": cls.topic.id,
                "suggested_answer_ids": [
                    Command.create(right),
                    Command.create({"value": "No"}),
                ],
            }
        )

    def _answer_questionnaire(self, partner, *given, test_entry=False):
        """Choose option 0 (right) or 1 of the choices, then the scale; None: skip."""
        survey = self.questionnaire.sudo()
        answer = survey._create_answer(partner=partner)
        answer.test_entry = test_entry
        for question, value in zip(survey.question_ids, given, strict=False):
            if question.question_type == "simple_choice" and value is not None:
                value = question.suggested_answer_ids[value].id
            answer._save_lines(question, value)
        answer._mark_done()
        return self.env["aftersales.training.need"].search(
            [("source", "=", "questionnaire"), ("staff_id.partner_id", "=", partner.id)]
        )

    def test_badly_answered_topics_become_needs(self):
        needs = self._answer_questionnaire(self.technician_a.partner_id, 0, 1, 4)
        self.assertRecordValues(
            needs.sorted("weight"),
            [
                {
                    "topic_id": self.manners.id,
                    "weight": 60,
                    "due_date": date(2026, 7, 1),
                    "note": "Spring questions: 40% of the points",
                    "dealer_id": self.dealer_a.id,
                },
                {
                    "topic_id": self.topic.id,
                    "weight": 75,
                    "due_date": date(2026, 7, 1),
                    "note": "Spring questions: 25% of the points",
                    "dealer_id": self.dealer_a.id,
                },
            ],
        )

    def test_threshold_reached_is_no_need(self):
        needs = self._answer_questionnaire(self.technician_a.partner_id, 1, 0, 6)
        self.assertFalse(needs)

    def test_skipped_questions_say_nothing(self):
        needs = self._answer_questionnaire(self.technician_a.partner_id, None, None, 9)
        self.assertFalse(needs)

    def test_second_answer_makes_the_need_heavier_and_no_second_one(self):
        partner = self.technician_a.partner_id
        self._answer_questionnaire(partner, 0, 1, 9)
        needs = self._answer_questionnaire(partner, 1, 1, 9)
        self.assertRecordValues(needs, [{"topic_id": self.topic.id, "weight": 100}])

    def test_customers_and_test_entries_have_no_needs(self):
        customer = self.env["res.partner"].create({"name": "A customer"})
        self._answer_questionnaire(customer, 1, 1, 0)
        self._answer_questionnaire(
            self.technician_a.partner_id, 1, 1, 0, test_entry=True
        )
        found = self.env["aftersales.training.need"].search(
            [("source", "=", "questionnaire")]
        )
        self.assertFalse(found)

    def test_other_surveys_find_nothing(self):
        self.questionnaire.is_training_questionnaire = False
        self.assertFalse(
            self._answer_questionnaire(self.technician_a.partner_id, 1, 1, 0)
        )

    def test_anonymous_questionnaire_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "require a login"):
            self.questionnaire.users_login_required = False

    def test_answer_of_a_questionnaire_is_planned(self):
        self._answer_questionnaire(self.technician_a.partner_id, 0, 1, 9)
        self._answer_questionnaire(self.technician_b.partner_id, 1, 1, 9)
        plan = (
            self.env["aftersales.training.plan"]
            .with_user(self.user_coordinator)
            .create({"year": 2026, "month": "7"})
        )
        plan.action_gather_needs()
        self.assertRecordValues(
            plan.line_ids,
            [{"course_id": self.course.id, "weight": 175, "staff_count": 2}],
        )
