from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessmentRoute(AssessmentCommon):
    """The first route that fits says who acts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routes = cls.env["aftersales.assessment.route"].with_user(cls.user_manager)

    def _create_route(self, **vals):
        return self.routes.create(
            {
                "name": "Test",
                "sequence": 1,
                "actor": "technical",
                "user_id": self.user_quality.id,
                **vals,
            }
        )

    def _get_route(self, assessment):
        return assessment.sudo().route_id

    def test_unusual_fault_is_the_technical_departments(self):
        assessment = self._create_assessment()
        with Form(assessment) as form:
            form.is_unusual = True
            self.assertEqual(form.actor, "technical")
            form.unusual_reason = "The frame is cracked"
        assessment.action_assess()
        self.assertEqual(self._get_route(assessment), self.route_unusual)
        self.assertEqual(self._get_task(assessment).user_id, self.user_inspector)
        self.assertEqual(assessment.sudo().responsible_id, self.user_inspector)

    def test_bought_in_unit_is_the_sales_representatives(self):
        self.part.is_bought_in = True
        assessment = self._create_assessment()
        with Form(assessment) as form:
            form.part_id = self.part
            self.assertTrue(form.is_bought_in)
            self.assertEqual(form.actor, "sales_rep")
        self.assertEqual(assessment.part_class_id, self.class_main)
        assessment.action_assess()
        self.assertEqual(self._get_task(assessment).user_id, self.user_sales)

    def test_route_by_symptom_holds_for_those_below_it(self):
        parent = self.symptom.parent_id or self.env["aftersales.fault"].create(
            {"name": "Engine", "code": "TEST-ENGINE", "kind": "symptom"}
        )
        self.symptom.parent_id = parent
        route = self._create_route(fault_ids=parent.ids)
        other = self.env.ref("aftersales_service.fault_s40")
        other.parent_id = False
        self.assertEqual(self._get_route(self._create_assessment()), route)
        assessment = self._create_assessment(fault_id=other.id)
        self.assertEqual(self._get_route(assessment), self.route_ordinary)

    def test_every_condition_that_is_set_must_hold(self):
        other = self.env["product.category"].create({"name": "Other"})
        cases = (
            ({"category_ids": self.category.ids}, True),
            (
                {"category_ids": other.ids},
                False,
            ),
            ({"level": "2"}, True),
            ({"level": "1"}, False),
            ({"covered": "yes"}, True),
            ({"covered": "no"}, False),
            ({"unusual": "no", "bought_in": "no"}, True),
            ({"level": "2", "bought_in": "yes"}, False),
            ({"part_class_ids": self.class_main.ids}, False),
        )
        for vals, fits in cases:
            with self.subTest(vals=vals):
                route = self._create_route(**vals)
                found = self._get_route(self._create_assessment())
                self.assertEqual(found, route if fits else self.route_ordinary)
                route.unlink()

    def test_route_gives_team_and_service_level(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Engines"})
        level_a = self.env.ref("aftersales_service.service_level_a")
        self._create_route(team_id=team.id, service_level_id=level_a.id)
        assessment = self._create_assessment()
        assessment.action_assess()
        case = assessment.ticket_id.sudo()
        self.assertEqual(case.team_id, team)
        self.assertEqual(case.service_level_id, level_a)

    def test_nobody_to_act_is_refused_with_where_to_set_it(self):
        self.route_unusual.user_id = False
        assessment = self._create_assessment()
        assessment.write({"is_unusual": True, "unusual_reason": "Cracked"})
        refusal = self.assertRaisesRegex(
            UserError, "Nobody is set to act for “Technical Department”.*Routes"
        )
        with refusal, self.cr.savepoint():
            assessment.action_assess()
        self.assertEqual(assessment.state, "draft")
        self.assertFalse(self._get_task(assessment))

    def test_case_without_dealer_is_not_the_dealers(self):
        assessment = self._create_assessment(self.user_support, dealer_id=False)
        self.assertEqual(assessment.actor, "dealer")
        with self.assertRaisesRegex(UserError, "the case has none"):
            assessment.action_assess()
        assessment.actor = "technical"
        assessment.action_assess()
        self.assertEqual(self._get_task(assessment).user_id, self.user_inspector)

    def test_route_names_no_dealers_user(self):
        with self.assertRaisesRegex(ValidationError, "works for a dealer"):
            self._create_route(user_id=self.user_manager_b.id)
