from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DEALER_USER, AftersalesCommon


@tagged("post_install", "-at_install")
class TestFenceUsers(AftersalesCommon):
    """Whom the fence holds, and that a change of dealer takes effect at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_a = cls._create_customer(cls.dealer_a, "Customer of A")
        cls.customer_b = cls._create_customer(cls.dealer_b, "Customer of B")

    def _found(self, user):
        customers = self.customer_a | self.customer_b
        return customers.with_user(user).search([("id", "in", customers.ids)])

    def test_change_of_dealer_takes_effect_at_once(self):
        self.assertEqual(self._found(self.user_agent_a), self.customer_a)
        self.customer_a.with_user(self.user_agent_a).check_access("write")
        self.user_agent_a.dealer_id = self.dealer_b
        self.assertEqual(self._found(self.user_agent_a), self.customer_b)
        with self.assertRaises(AccessError):
            self.customer_a.with_user(self.user_agent_a).read(["name"])
        self.user_agent_a.dealer_id = self.dealer_a
        self.assertEqual(self._found(self.user_agent_a), self.customer_a)

    def test_company_user_who_becomes_a_dealers_is_fenced_at_once(self):
        user = self._create_user("clerk", "base.group_user")
        self.assertEqual(len(self._found(user)), 2)
        user.dealer_id = self.dealer_b
        self.assertEqual(self._found(user), self.customer_b)
        self.assertFalse(self.env["hr.employee.public"].with_user(user).search([]))

    def test_dealers_user_without_dealer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "has a dealer role but no dealer"):
            self.user_agent_a.dealer_id = False

    def test_dealers_user_who_lost_his_dealer_all_the_same_sees_nothing(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET dealer_id = NULL WHERE id = %s",
            [self.user_agent_a.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self._found(self.user_agent_a))
        for model in ("aftersales.dealer", "aftersales.staff"):
            self.assertFalse(self.env[model].with_user(self.user_agent_a).search([]))

    def test_dealers_user_cannot_hold_a_company_role(self):
        support = self.env.ref("aftersales_dealer.group_support")
        with self.assertRaisesRegex(ValidationError, "cannot hold a company role"):
            self.user_agent_a.write({"group_ids": [(4, support.id)]})

    def test_dealers_user_cannot_move_himself(self):
        with self.assertRaises(AccessError):
            self.user_agent_a.with_user(self.user_agent_a).write(
                {"dealer_id": self.dealer_b.id}
            )
        self.assertEqual(self.user_agent_a.dealer_id, self.dealer_a)

    def test_further_rights_of_core_do_not_widen_the_fence(self):
        groups = self.env.ref("base.group_partner_manager") | self.env.ref(
            "hr.group_hr_user"
        )
        self.user_agent_a.write({"group_ids": [(4, id_) for id_ in groups.ids]})
        self.assertEqual(self._found(self.user_agent_a), self.customer_a)
        self.assertFalse(
            self.env["hr.employee"].with_user(self.user_agent_a).search([])
        )

    def test_archived_colleague_stays_hidden_from_the_other_dealer(self):
        self.user_agent_b.active = False
        found = (
            self.env["res.users"]
            .with_user(self.user_agent_a)
            .with_context(active_test=False)
            .search([("dealer_id", "!=", False)])
        )
        self.assertEqual(found.dealer_id, self.dealer_a)

    def test_setting_that_lets_everybody_edit_mail_templates_leaves_dealers_out(self):
        self.env["ir.config_parameter"].set_param(
            "mail.restrict.template.rendering", False
        )
        editor = "mail.group_mail_template_editor"
        self.assertTrue(self.user_support.has_group(editor))
        self.assertFalse(self.user_agent_a.has_group(editor))

    def test_dealers_find_the_after_sales_menus_only(self):
        Menu = self.env["ir.ui.menu"]
        root = self.env.ref("aftersales_dealer.menu_root")
        roots = Menu.with_user(self.user_agent_a).get_user_roots()
        self.assertEqual(roots.ids, root.ids)
        staff = Menu.with_user(self.user_agent_a).search(
            [("id", "=", self.env.ref("aftersales_dealer.aftersales_staff_menu").id)]
        )
        self.assertTrue(staff)
        self.assertGreater(len(Menu.with_user(self.user_manager).get_user_roots()), 1)

    def test_wizard_of_another_user_is_hidden(self):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.user_support)
            .create({"res_model": "res.partner", "file_name": "prices.csv"})
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_agent_a).read(["file_name"])

    def test_new_dealer_user_role_needs_a_dealer(self):
        with self.assertRaises(ValidationError):
            self._create_user("lost", DEALER_USER)
