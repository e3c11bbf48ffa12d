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

    def test_dismissed_need_leaves_the_person_alone_for_the_period(self):
        rule, needs = self._run(kind="periodic", months=3)
        self.assertEqual(needs.staff_id, self.technician_a | self.technician_b)
        own = needs.filtered(lambda need: need.staff_id == self.technician_a)
        own.with_user(self.user_manager_a).action_dismiss()
        self.assertEqual((own.state, str(own.closed_on)), ("dismissed", "2026-06-01"))
        with freeze_time("2026-08-31"):
            self.assertNotIn(self.technician_a, rule._find_needs().staff_id)
        with freeze_time("2026-09-01"):
            self.assertIn(self.technician_a, rule._find_needs().staff_id)

    def _release_product(self, release_date):
        return self.env["product.template"].create(
            {
                "name": "H-2000",
                "categ_id": self.product_engine.categ_id.id,
                "release_date": release_date,
                **self._get_machine_vals(),
            }
        )

    def _get_machine_vals(self):
        """New products are machines where addons know what a machine is."""
        Template = self.env["product.template"]
        if "is_machine" not in Template._fields:
            return {}
        return {"is_machine": True, "is_storable": True, "tracking": "serial"}

    def test_new_product_needs_its_course(self):
        self._attend(self._create_session("2026-05-05 08:00:00"), self.technician_b)
        self._release_product("2026-05-20")
        rule, needs = self._run(kind="new_product", course_id=self.course.id, days=30)
        self.assertRecordValues(
            needs,
            [
                {
                    "staff_id": self.technician_a.id,
                    "course_id": self.course.id,
                    "source": "new_product",
                    "due_date": date(2026, 6, 19),
                    "weight": 70,
                    "note": "H-2000",
                }
            ],
        )
        self.assertFalse(rule._find_needs())

    def test_product_of_last_year_or_of_another_family_needs_nothing(self):
        self._release_product("2026-05-01")
        other = self.env["product.category"].create({"name": "Oils"})
        self._release_product("2026-06-01").categ_id = other
        rule, needs = self._run(kind="new_product", course_id=self.course.id, days=30)
        self.assertFalse(needs)
        self._release_product("2026-07-01")
        self.assertIn(self.technician_a, rule._find_needs().staff_id)

    def test_rule_on_new_products_needs_families(self):
        course = self._create_course("NOFAM", categ_ids=False, scope_id=False)
        with self.assertRaisesRegex(ValidationError, "names its product families"):
            self._run(kind="new_product", course_id=course.id)

    def test_other_addons_report_needs(self):
        Need = self.env["aftersales.training.need"].with_user(self.user_support)
        row = {"staff_id": self.technician_a.id, "topic_id": self.topic.id}
        first = Need._report_needs(
            "scorecard", [{**row, "weight": 40, "due_date": date(2026, 9, 1)}]
        )
        again = Need._report_needs(
            "scorecard",
            [
                {**row, "weight": 60, "due_date": date(2026, 8, 1), "note": "Worse"},
                {**row, "weight": 10},
            ],
        )
        self.assertFalse(again)
        expected = {
            "weight": 60,
            "due_date": date(2026, 8, 1),
            "note": "Worse",
            "source": "scorecard",
        }
        self.assertRecordValues(first.sudo(), [expected])
        interview = Need._report_needs("interview", [{**row, "weight": 5}])
        self.assertEqual(interview.sudo().staff_id, self.technician_a)

    def test_planned_need_stays_as_it_is_planned(self):
        Need = self.env["aftersales.training.need"]
        row = {"staff_id": self.technician_a.id, "topic_id": self.topic.id}
        need = Need._report_needs("scorecard", [{**row, "weight": 40}])
        need.with_user(self.user_coordinator)._transition("plan")
        self.assertFalse(Need._report_needs("scorecard", [{**row, "weight": 90}]))
        self.assertEqual((need.weight, need.state), (40, "planned"))

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
