from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestTrainingNeed(TrainingCommon):
    def _run(self, **vals):
        """Run a new rule on the technicians of the test and return what it found."""
        rule = self.env["aftersales.training.rule"].create(
            {"name": "Rule", "topic_id": self.topic.id, "weight": 70, **vals}
        )
        action = rule.with_user(self.user_coordinator).action_run()
        needs = self.env["aftersales.training.need"].search(action["domain"])
        staff = self.technician_a | self.technician_b
        return rule, needs.filtered(lambda need: need.staff_id in staff)

    def test_onboarding_within_a_month_of_joining(self):
        self.technician_a.joined_on = "2026-05-20"
        self.technician_b.joined_on = "2026-04-01"
        _rule, needs = self._run(kind="onboarding", days=30)
        self.assertRecordValues(
            needs,
            [
                {
                    "staff_id": self.technician_a.id,
                    "dealer_id": self.dealer_a.id,
                    "source": "onboarding",
                    "due_date": date(2026, 6, 19),
                    "weight": 70,
                    "state": "open",
                }
            ],
        )

    def test_onboarding_done_needs_nothing(self):
        self.technician_a.joined_on = "2026-05-20"
        self._attend(self._create_session("2026-05-25 08:00:00"), self.technician_a)
        _rule, needs = self._run(kind="onboarding", days=30)
        self.assertNotIn(self.technician_a, needs.staff_id)

    def test_quarter_without_training(self):
        self._attend(self._create_session("2026-03-10 08:00:00"), self.technician_a)
        self._attend(self._create_session("2026-02-10 08:00:00"), self.technician_b)
        _rule, needs = self._run(kind="periodic", months=3)
        self.assertEqual(needs.staff_id, self.technician_b)

    def test_expiring_certificate(self):
        self._create_certificate(self.technician_a, valid_to="2026-07-15")
        self._create_certificate(self.technician_b, valid_to="2026-12-31")
        _rule, needs = self._run(kind="expiry", course_id=self.course.id, days=60)
        self.assertRecordValues(
            needs, [{"staff_id": self.technician_a.id, "due_date": date(2026, 7, 15)}]
        )

    def test_second_run_finds_nothing_new(self):
        self.technician_a.joined_on = "2026-05-20"
        self.technician_b.joined_on = "2026-04-01"
        rule, needs = self._run(kind="onboarding", days=30)
        self.assertEqual(needs.staff_id, self.technician_a)
        self.assertFalse(rule._find_needs())
        needs.with_user(self.user_manager_a).action_dismiss()
        self.assertEqual(needs.state, "dismissed")

    def test_rule_on_expiry_needs_a_qualification(self):
        with self.assertRaisesRegex(ValidationError, "leads to a qualification"):
            self._run(kind="expiry")

    def test_topic_and_course_agree(self):
        other = self.topic.copy({"code": "OTH"})
        with self.assertRaisesRegex(ValidationError, "belongs to the topic"):
            self.env["aftersales.training.need"].create(
                {
                    "staff_id": self.technician_a.id,
                    "course_id": self.course.id,
                    "topic_id": other.id,
                }
            )

    def test_dealer_cannot_enter_needs_of_others(self):
        Need = self.env["aftersales.training.need"].with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            Need.create({"staff_id": self.technician_b.id, "topic_id": self.topic.id})
        with self.assertRaises(AccessError):
            Need.with_user(self.user_tech_a).create(
                {"staff_id": self.technician_a.id, "topic_id": self.topic.id}
            )
