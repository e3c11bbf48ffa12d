from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestFenceLinks(AftersalesCommon):
    """A link would show a foreign record's name: none may be made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._create_customer(cls.dealer_b, "Foreign customer")
        cls.own = cls._create_customer(cls.dealer_a, "Own customer")
        cls.staff_b = cls._create_staff(cls.user_agent_b, "agent")
        cls.as_manager = cls.env(user=cls.user_manager_a)

    def test_many2one_to_a_foreign_record_is_refused(self):
        staff = self.technician_a.with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            staff.write({"partner_id": self.foreign.id})
        self.assertEqual(self.technician_a.partner_id, self.user_tech_a.partner_id)

    def test_foreign_record_by_default_in_the_context_is_refused(self):
        Staff = self.as_manager["aftersales.staff"]
        with self.assertRaises(AccessError):
            Staff.with_context(default_partner_id=self.foreign.id).create(
                {"role": "agent"}
            )
        self.assertFalse(Staff.search([("partner_id", "=", self.foreign.id)]))

    def test_command_that_links_foreign_records_is_refused(self):
        partner = self.own.with_user(self.user_agent_a)
        for command in (
            Command.link(self.foreign.id),
            Command.set(self.foreign.ids),
            Command.update(self.foreign.id, {"name": "Mine"}),
        ):
            with self.subTest(command=command), self.assertRaises(AccessError):
                partner.write({"child_ids": [command]})
        self.assertFalse(self.foreign.parent_id)
        self.assertEqual(self.foreign.name, "Foreign customer")

    def test_many2many_link_to_a_hidden_record_is_refused(self):
        followed = self.own.with_user(self.user_agent_a)
        message = followed.message_post(body="Ours")
        with self.assertRaises(AccessError):
            message.write({"partner_ids": [Command.link(self.foreign.id)]})
        self.assertNotIn(self.foreign, message.partner_ids)

    def test_dealer_cannot_give_his_record_away(self):
        partner = self.own.with_user(self.user_agent_a)
        for dealer in (self.dealer_b.id, False):
            with self.subTest(dealer=dealer), self.assertRaises(AccessError):
                partner.write({"dealer_id": dealer})
        self.assertEqual(self.own.dealer_id, self.dealer_a)

    def test_dealer_cannot_create_for_another_or_for_the_company(self):
        Partner = self.env(user=self.user_agent_a)["res.partner"]
        for dealer in (self.dealer_b.id, False):
            with self.subTest(dealer=dealer), self.assertRaises(AccessError):
                Partner.create({"name": "Planted", "dealer_id": dealer})
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Planted")]))

    def test_dealer_cannot_claim_a_foreign_contact(self):
        company_customer = self._create_customer(None, "Customer of the company")
        for partner in (self.foreign, company_customer):
            with self.subTest(partner.name), self.assertRaises(AccessError):
                partner.with_user(self.user_agent_a).write(
                    {"dealer_id": self.dealer_a.id}
                )
        self.assertEqual(self.foreign.dealer_id, self.dealer_b)

    def test_dealer_cannot_change_contacts_he_only_sees(self):
        for partner in (
            self.dealer_a.partner_id,
            self.company.partner_id,
            self.user_support.partner_id,
        ):
            seen = partner.with_user(self.user_manager_a)
            self.assertTrue(seen.read(["name"]))
            with self.subTest(partner.name), self.assertRaises(AccessError):
                seen.write({"name": "Mine"})

    def test_agent_registers_a_customer_and_keeps_him(self):
        Partner = self.env(user=self.user_agent_a)["res.partner"]
        partner = Partner.create({"name": "New farm", "phone": "1"})
        self.assertEqual(partner.dealer_id, self.dealer_a)
        partner.write({"phone": "2"})
        son = Partner.create({"name": "Son", "parent_id": partner.id})
        self.assertEqual(son.dealer_id, self.dealer_a)

    def test_dealer_cannot_add_an_address_to_a_company_he_only_sees(self):
        Partner = self.env(user=self.user_manager_a)["res.partner"]
        for company in (self.dealer_a.partner_id, self.company.partner_id):
            with self.subTest(company.name), self.assertRaises(AccessError):
                Partner.create(
                    {"name": "Send it here", "parent_id": company.id, "type": "invoice"}
                )

    def test_company_user_links_what_he_likes(self):
        partner = self.own.with_user(self.user_support)
        partner.write({"dealer_id": self.dealer_b.id})
        self.assertEqual(self.own.dealer_id, self.dealer_b)
