from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestStaff(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.as_manager_a = cls.env(user=cls.user_manager_a)
        cls.staff = cls.as_manager_a["aftersales.staff"].create(
            {"name": "Wang Fang", "phone": "138", "role": "technician"}
        )

    def _with_email(self, role="technician", email="wang@example.com"):
        self.staff.write({"email": email, "role": role})
        return self.staff.with_user(self.user_manager)

    def test_dealers_manager_enters_a_person_by_name(self):
        self.assertEqual(self.staff.partner_id.name, "Wang Fang")
        self.assertEqual(self.staff.partner_id.phone, "138")
        self.assertEqual(self.staff.dealer_id, self.dealer_a)
        self.assertEqual(self.staff.partner_id.dealer_id, self.dealer_a)

    def test_dealers_manager_enters_a_person_in_the_form(self):
        partner_id, _name = self.as_manager_a["res.partner"].name_create("Zhao Lei")
        with Form(self.as_manager_a["aftersales.staff"]) as form:
            form.partner_id = self.as_manager_a["res.partner"].browse(partner_id)
            form.role = "agent"
            form.phone = "139"
        staff = form.save()
        self.assertEqual(staff.dealer_id, self.dealer_a)
        self.assertEqual(staff.partner_id.phone, "139")

    def test_company_enters_a_dealers_person_who_becomes_his_contact(self):
        staff = self.env(user=self.user_support)["aftersales.staff"].create(
            {"name": "Qian Bo", "role": "agent", "dealer_id": self.dealer_b.id}
        )
        self.assertEqual(staff.partner_id.dealer_id, self.dealer_b)
        self.assertEqual(
            staff.with_user(self.user_manager_b).read(["name"])[0]["name"], "Qian Bo"
        )

    def test_dealers_agent_keeps_no_staff(self):
        Staff = self.env(user=self.user_agent_a)["aftersales.staff"]
        with self.assertRaises(AccessError):
            Staff.create({"name": "Sun", "role": "agent"})
        with self.assertRaises(AccessError):
            self.staff.with_user(self.user_agent_a).write({"role": "manager"})
        self.assertEqual(self.staff.role, "technician")

    def test_dealers_manager_keeps_the_phone_of_a_person_with_login(self):
        self.technician_a.with_user(self.user_manager_a).phone = "137"
        self.assertEqual(self.user_tech_a.partner_id.phone, "137")

    def test_dealers_manager_cannot_redirect_the_mail_of_a_person_with_login(self):
        self.user_tech_a.email = "tech@example.com"
        with self.assertRaises(AccessError):
            self.technician_a.with_user(self.user_manager_a).email = "thief@example.com"
            self.env.flush_all()
        self.assertEqual(self.user_tech_a.email, "tech@example.com")

    def test_dealers_people_are_no_employees(self):
        employee = self.env["hr.employee"].create({"name": "Ours"})
        with self.assertRaisesRegex(ValidationError, "cannot be one of our employees"):
            self.staff.sudo().employee_id = employee

    def test_user_of_another_dealer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "belong to different dealers"):
            self.staff.sudo().user_id = self.user_agent_b

    # -- logins --------------------------------------------------------------

    def test_login_of_a_technician_is_a_dealer_user(self):
        staff = self._with_email()
        self.assertTrue(staff.can_create_login)
        staff.action_create_login()
        user = self.staff.sudo().user_id
        self.assertEqual(user.login, "wang@example.com")
        self.assertEqual(user.dealer_id, self.dealer_a)
        self.assertEqual(user.partner_id, self.staff.partner_id)
        self.assertEqual(
            user.group_ids, self.env.ref("aftersales_dealer.group_dealer_user")
        )
        own = self.env["aftersales.dealer"].with_user(user).search([])
        self.assertEqual(own, self.dealer_a)
        self.assertFalse(staff.can_create_login)

    def test_login_of_a_service_manager_is_a_dealer_manager(self):
        self._with_email("manager").action_create_login()
        self.assertEqual(
            self.staff.sudo().user_id.group_ids,
            self.env.ref("aftersales_dealer.group_dealer_manager"),
        )

    def test_change_of_role_reaches_the_login_only_by_the_manager(self):
        staff = self._with_email()
        staff.action_create_login()
        self.staff.role = "manager"
        user = self.staff.sudo().user_id
        group = "aftersales_dealer.group_dealer_manager"
        self.assertFalse(user.has_group(group))
        with self.assertRaises(AccessError):
            self.staff.action_update_login()
        self.assertTrue(staff.can_update_login)
        staff.action_update_login()
        self.assertTrue(user.has_group(group))
        self.assertFalse(staff.can_update_login)

    def test_only_the_after_sales_manager_gives_logins(self):
        self._with_email()
        for user in (self.user_manager_a, self.user_support, self.user_agent_a):
            staff = self.staff.with_user(user)
            self.assertFalse(staff.can_create_login)
            with self.subTest(user.login), self.assertRaises(AccessError):
                staff.action_create_login()
        self.assertFalse(self.staff.user_id)

    def test_login_is_refused_with_its_reason(self):
        staff = self.staff.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "Wang Fang has no e-mail address"):
            staff.action_create_login()
        self.staff.email = "AGENT_B"
        with self.assertRaisesRegex(UserError, "another user logs in as AGENT_B"):
            staff.action_create_login()
        with self.assertRaisesRegex(UserError, "already logs in as tech_a"):
            self.technician_a.with_user(self.user_manager).action_create_login()
        ours = self._create_staff(self.user_inspector, "inspector")
        with self.assertRaisesRegex(UserError, "is one of our own people"):
            ours.with_user(self.user_manager).action_create_login()
        self.assertFalse(self.staff.user_id)

    def test_no_login_for_a_suspended_dealer(self):
        staff = self._with_email()
        self.dealer_a._take_measure("suspend", "Late")
        with self.assertRaisesRegex(UserError, "cannot open new work"):
            staff.action_create_login()
        self.assertFalse(self.staff.user_id)

    def test_person_who_leaves_cannot_log_in(self):
        self.technician_a.with_user(self.user_manager_a).action_archive()
        self.assertFalse(self.user_tech_a.active)
        self.assertFalse(self.technician_a.active)

    def test_manager_cannot_lock_himself_out(self):
        own = self._create_staff(self.user_manager_a, "manager")
        with self.assertRaisesRegex(UserError, "lock yourself out"):
            own.with_user(self.user_manager_a).action_archive()
        self.assertTrue(self.user_manager_a.active)

    def test_agent_cannot_archive_a_colleague(self):
        with self.assertRaises(AccessError):
            self.technician_a.with_user(self.user_agent_a).action_archive()
        self.assertTrue(self.user_tech_a.active)
