from odoo import http
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from .common import NOW, ServiceCommon

MAIL = """From: "Zhang San" <zhang@example.com>
To: help@example.com
Subject: {subject}
Message-Id: <{subject}@example.com>
Content-Type: text/plain; charset=utf-8

{body}
"""


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseMail(ServiceCommon):
    """A letter to the desk's address is a case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "Service desk"})
        cls.channel = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")

    def _receive(self, subject, body=""):
        case_id = self.env["mail.thread"].message_process(
            "helpdesk.ticket",
            MAIL.format(subject=subject, body=body),
            custom_values={"team_id": self.team.id},
        )
        return self.env["helpdesk.ticket"].browse(case_id)

    def test_letter_names_the_machine(self):
        case = self._receive("Broken", "My harvester sn-0001, bought in March, stands.")
        self.assertRecordValues(
            case,
            [
                {
                    "name": "Broken",
                    "team_id": self.team.id,
                    "channel_id": self.channel.id,
                    "serial": "SN-0001",
                    "lot_id": self.lot.id,
                    "verdict": "covered",
                    "dealer_id": self.dealer_a.id,
                    "partner_email": "zhang@example.com",
                    "partner_name": "Zhang San",
                    "user_id": False,
                }
            ],
        )
        self.assertIn("My harvester", case.description)

    def test_letter_without_or_with_two_serials_names_no_machine(self):
        self._create_active_card("SN-0002", self.user_support)
        for subject, body in (
            ("Question", "How often do I change the oil?"),
            ("Both", "SN-0001 and SN-0002 stand."),
        ):
            with self.subTest(subject=subject):
                case = self._receive(subject, body)
                self.assertFalse(case.serial)
                self.assertFalse(case.lot_id)
                self.assertEqual(case.channel_id, self.channel)

    def test_letter_without_a_body_is_a_case(self):
        case = self._receive("SN-0001 stands")
        self.assertEqual(case.lot_id, self.lot)
        self.assertIn("SN-0001 stands", case.description)


@tagged("post_install", "-at_install")
class TestCaseWebForm(HttpCase, ServiceCommon):
    """A customer asks for service on the web site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_customer = new_test_user(
            cls.env, login="customer_x", groups="base.group_portal", name="Zhang San"
        )

    def _submit(self, **vals):
        self.authenticate("customer_x", "customer_x")
        return self.url_open(
            "/submitted/ticket",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "subject": "Stands",
                "description": "Does not start",
                "phone": "13900000009",
                **vals,
            },
        )

    def _get_cases(self):
        return self.env["helpdesk.ticket"].search(
            [("partner_id", "=", self.user_customer.partner_id.id)]
        )

    def test_form_asks_for_what_the_desk_needs(self):
        self.authenticate("customer_x", "customer_x")
        page = self.url_open("/new/ticket").text
        for name in ("phone", "address", "serial", "fault", "subject", "description"):
            self.assertIn(f'name="{name}"', page)
        self.assertIn(self.symptom.display_name, page)

    def test_request_goes_to_the_dealer_of_the_card(self):
        self._submit(serial="sn-0001", fault=str(self.symptom.id), address="Road 9")
        self.assertRecordValues(
            self._get_cases(),
            [
                {
                    "lot_id": self.lot.id,
                    "fault_id": self.symptom.id,
                    "partner_phone": "13900000009",
                    "address": "Road 9",
                    "dealer_id": self.dealer_a.id,
                    "channel_id": self.env.ref(
                        "helpdesk_mgmt.helpdesk_ticket_channel_web"
                    ).id,
                    "user_id": False,
                    "verdict": "covered",
                }
            ],
        )

    def test_request_goes_to_the_dealer_of_the_province(self):
        province = self.env["res.country.state"].search([], limit=1)
        self.dealer_b.territory_ids = province
        self.user_customer.partner_id.state_id = province
        self._submit()
        self.assertEqual(self._get_cases().dealer_id, self.dealer_b)

    def test_request_from_a_province_of_two_dealers_goes_to_the_company(self):
        province = self.env["res.country.state"].search([], limit=1)
        (self.dealer_a | self.dealer_b).territory_ids = province
        self.user_customer.partner_id.state_id = province
        self._submit()
        self.assertEqual(len(self._get_cases()), 1)
        self.assertFalse(self._get_cases().dealer_id)

    def test_unknown_serial_is_shown_with_what_was_typed(self):
        page = self._submit(serial="NO-SUCH", address="Road 9").text
        self.assertIn("NO-SUCH is not known", page)
        self.assertIn('value="Road 9"', page)
        self.assertIn("Does not start", page)
        self.assertFalse(self._get_cases())

    def test_request_without_a_phone_is_not_taken_down(self):
        page = self._submit(phone=" ").text
        self.assertIn("telephone number to call you back", page)
        self.assertFalse(self._get_cases())

    def test_causes_are_not_for_customers_to_choose(self):
        cause = self.env.ref("aftersales_service.fault_c30")
        self._submit(fault=str(cause.id))
        self.assertEqual(len(self._get_cases()), 1)
        self.assertFalse(self._get_cases().fault_id)
