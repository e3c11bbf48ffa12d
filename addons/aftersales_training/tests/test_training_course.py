from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingCourse(TrainingCommon):
    def test_weights_must_be_a_hundred(self):
        course = self._create_course("BAD")
        course.assessment_ids[0].weight = 30
        with self.assertRaisesRegex(UserError, "add up to 90"):
            course.with_user(self.user_coordinator).action_release()
        self.assertEqual(course.state, "draft")

    def test_certificate_needs_an_exam(self):
        course = self._create_course("NOEX", assessment_ids=False)
        with self.assertRaisesRegex(UserError, "has no exam"):
            course.with_user(self.user_coordinator).action_release()

    def test_theory_needs_scored_questions(self):
        self.survey.scoring_type = "no_scoring"
        with self.assertRaisesRegex(ValidationError, "no scoring"):
            self._create_course("NOSC")

    def test_practice_needs_a_marking_sheet(self):
        with self.assertRaisesRegex(ValidationError, "marking sheet"):
            self._create_course(
                "NORU", assessment_ids=[Command.create({"kind": "practice"})]
            )

    def test_released_course_is_fixed_and_gets_versions(self):
        course = self.course.with_user(self.user_coordinator)
        with self.assertRaisesRegex(UserError, "can no longer be edited"):
            course.hours = 4
        action = course.action_new_version()
        version = course.browse(action["res_id"])
        self.assertRecordValues(
            version,
            [
                {
                    "name": self.course.name,
                    "code": "ENG-1",
                    "version": 2,
                    "state": "draft",
                    "previous_id": course.id,
                }
            ],
        )
        self.assertEqual(version.assessment_ids.mapped("weight"), [40, 60])
        version.hours = 6
        version.action_release()
        self.assertEqual(course.state, "retired")
        self.assertEqual(course.hours, 8)

    def test_draft_course_has_no_sessions(self):
        course = self._create_course("NEW")
        with self.assertRaisesRegex(ValidationError, "still in preparation"):
            self._create_session(course_id=course.id)
