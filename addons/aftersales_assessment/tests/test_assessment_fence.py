from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentFence(FenceChecks, AssessmentCommon):
    """A dealer's assessments are his; the company's routes are nobody's to read."""

    @classmethod
    def _create_fenced_rows(cls):
        own = cls._create_case(cls.user_agent_a)
        foreign = cls._create_case(
            cls.user_agent_b, partner_name="Li", partner_phone="13722222222"
        )
        return {
            "aftersales.assessment": Fenced(
                foreign.sudo().assessment_ids.sudo(False),
                own.assessment_ids.sudo(False),
            )
        }

    def test_no_role_of_a_dealer_reaches_an_assessment_of_another(self):
        for user in (self.user_manager_a, self.user_agent_a):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_a)
        ours = {name for name in opened if name.startswith("aftersales.assessment")}
        self.assertEqual(ours, set(self.fenced))

    def test_other_dealer_does_not_act(self):
        foreign = self.fenced["aftersales.assessment"].foreign
        mine = foreign.with_user(self.user_agent_a)
        for method in ("action_assess", "action_revise"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(mine, method)()
        wizards = self.env["aftersales.assessment.reason"].with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            wizards.create({"assessment_id": foreign.id, "step": "ask", "reason": "No"})
        self.assertEqual(foreign.state, "draft")

    def test_routes_and_the_companys_people_are_hidden_from_dealers(self):
        routes = self.env["aftersales.assessment.route"].with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            routes.search([])
        own = self.fenced["aftersales.assessment"].own.with_user(self.user_manager_a)
        for name in ("route_id", "responsible_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                own.read([name])

    def test_routes_belong_to_the_manager(self):
        routes = self.env["aftersales.assessment.route"]
        self.assertTrue(routes.with_user(self.user_manager).has_access("write"))
        self.assertTrue(routes.with_user(self.user_support).has_access("read"))
        self.assertFalse(routes.with_user(self.user_support).has_access("write"))

    def test_company_roles_read_and_change_nothing(self):
        own = self.fenced["aftersales.assessment"].own
        for user in (self.user_inspector, self.user_quality, self.user_accountant):
            with self.subTest(user=user.login):
                self.assertTrue(own.with_user(user).read(["covered"]))
                self.assertFalse(own.with_user(user).has_access("write"))
