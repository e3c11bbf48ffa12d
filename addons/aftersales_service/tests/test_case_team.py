from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseTeam(ServiceCommon):
    """Which team a case lies with, and when it moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        teams = cls.env["helpdesk.ticket.team"]
        cls.team_key, cls.team_repair, cls.team_other = teams.create(
            [{"name": name} for name in ("Key accounts", "Repairs", "Other")]
        )
        cls.customer_key = cls._create_customer(cls.dealer_a, "Key account")
        cls.customer_key.helpdesk_team_id = cls.team_key

    def _create_support_case(self, **vals):
        return self._create_case(
            self.user_support, dealer_id=self.dealer_a.id, serial=False, **vals
        )

    def test_customers_team_goes_before_the_case_types(self):
        self.type_repair.team_id = self.team_repair
        plain = self._create_support_case(partner_id=self.customer_a.id)
        key = self._create_support_case(partner_id=self.customer_key.id)
        self.assertEqual(plain.team_id, self.team_repair)
        self.assertEqual(key.team_id, self.team_key)

    def test_other_customer_brings_his_team(self):
        case = self._create_support_case(partner_id=self.customer_a.id)
        self.assertFalse(case.team_id)
        case.partner_id = self.customer_key
        self.assertEqual(case.team_id, self.team_key)
        self.assertEqual(case.user_id, self.user_support)
        case.partner_id = self.customer_a
        self.assertFalse(case.team_id)

    def test_other_case_type_brings_its_team(self):
        self.type_question.team_id = self.team_other
        case = self._create_support_case(partner_id=self.customer_a.id)
        case.case_type_id = self.type_question
        self.assertEqual(case.team_id, self.team_other)

    def test_team_that_was_chosen_stays(self):
        case = self._create_support_case(partner_id=self.customer_a.id)
        case.team_id = self.team_other
        case.partner_id = self.customer_key
        self.assertEqual(case.team_id, self.team_other)
        given = self._create_support_case(
            partner_id=self.customer_key.id, team_id=self.team_other.id
        )
        given.partner_id = self.customer_a
        self.assertEqual(given.team_id, self.team_other)

    def test_assigned_users_team_where_nothing_else_is_said(self):
        self.team_other.user_ids = self.user_support
        case = self._create_support_case(partner_id=self.customer_a.id)
        self.assertEqual(case.team_id, self.team_other)

    def test_team_follows_on_the_screen_before_and_after_saving(self):
        with Form(self.env["helpdesk.ticket"].with_user(self.user_support)) as form:
            form.description = "It smokes"
            form.partner_id = self.customer_a
            form.partner_id = self.customer_key
            self.assertEqual(form.team_id, self.team_key)
            form.partner_id = self.customer_a
            self.assertFalse(form.team_id)
            form.partner_id = self.customer_key
        case = form.record
        self.assertEqual(case.team_id, self.team_key)
        with Form(case) as form:
            form.partner_id = self.customer_a
            self.assertFalse(form.team_id)
        self.assertFalse(case.team_id)

    def test_dealers_agent_needs_no_right_to_customers_teams(self):
        case = self._create_case(serial=False, partner_id=self.customer_key.id)
        self.assertEqual(case.sudo().team_id, self.team_key)
