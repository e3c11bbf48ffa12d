from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseIntake(ServiceCommon):
    def test_serial_fills_the_whole_case(self):
        case = self._create_case()
        self.assertRecordValues(
            case,
            [
                {
                    "name": "Does not start – Harvester H1",
                    "dealer_id": self.dealer_a.id,
                    "lot_id": self.lot.id,
                    "product_id": self.machine.id,
                    "card_id": self.card.id,
                    "partner_id": self.customer_a.id,
                    "partner_name": "Farmer Zhang",
                    "partner_phone": "13900000001",
                    "address": "Road 1",
                    "verdict": "covered",
                    "verdict_covered": True,
                    "severity": "2",
                    "service_level_id": self.env.ref(
                        "aftersales_service.service_level_c"
                    ).id,
                    "user_id": self.user_agent_a.id,
                    "unattended": True,
                }
            ],
        )
        self.assertIn("12 months", case.verdict_text)

    def test_intake_screen_shows_the_verdict_before_saving(self):
        form = Form(
            self.env["helpdesk.ticket"].with_user(self.user_agent_a),
            "aftersales_service.helpdesk_ticket_view_form",
        )
        form.serial = "sn-0001"
        self.assertEqual(form.verdict, "covered")
        self.assertEqual(form.product_id, self.machine)
        self.assertEqual(form.partner_phone, "13900000001")
        form.description = "Smokes"
        case = form.save()
        self.assertEqual(case.lot_id, self.lot)
        self.assertEqual(case.partner_id, self.customer_a)

    def test_out_of_warranty_says_why(self):
        with freeze_time("2027-06-15 08:00:00"):
            case = self._create_case()
        self.assertEqual(case.verdict, "not_covered")
        self.assertFalse(case.verdict_covered)
        self.assertIn("ended on", case.verdict_text)

    def test_machine_without_card(self):
        self.env["stock.lot"].create({"name": "BARE", "product_id": self.machine.id})
        case = self._create_case(serial="BARE")
        self.assertEqual(case.verdict, "no_card")
        self.assertIn("no warranty card", case.verdict_text)
        # the slip arrives later, while the case is open
        card = self._create_active_card("BARE", self.user_support)
        self.assertEqual(case.card_id, card)
        self.assertEqual(case.verdict, "covered")

    def test_unknown_serial_is_refused_with_what_to_do(self):
        refusal = self.assertRaisesRegex(
            ValidationError, "SN-9999 is not known. Compare it with the nameplate"
        )
        with refusal, self.cr.savepoint():
            self._create_case(serial="SN-9999")
        self.assertFalse(
            self.env["helpdesk.ticket"].search([("serial", "=", "SN-9999")])
        )

    def test_void_card_covers_nothing_and_says_what_to_do(self):
        self.card.with_user(self.user_manager)._transition(
            "void", {"void_reason": "Forged", "void_date": "2026-06-01"}
        )
        case = self._create_case(partner_name="Zhang", partner_phone="13900000001")
        self.assertEqual(case.verdict, "no_card")
        self.assertFalse(case.card_id)
        self.assertIn("is void since", case.verdict_text)
        self.assertIn("let a new card be registered", case.verdict_text)
        self.assertNotIn("Forged", case.verdict_text)

    def test_reading_below_the_last_is_refused_with_a_way_out(self):
        self.card._record_usage(500, "2026-06-01")
        refusal = self.assertRaisesRegex(
            ValidationError, "Reading 400 .* 500 on 06/01/2026.*“New Meter”"
        )
        with refusal, self.cr.savepoint():
            self._create_case(usage=400)
        case = self._create_case(usage=500)
        with refusal, self.cr.savepoint():
            case.usage = 400
        self.assertEqual(case.usage, 500)
        # the way out: the new meter is on the card first
        self.env["aftersales.warranty.reading"].with_user(self.user_agent_a).create(
            {
                "card_id": self.card.id,
                "date": "2026-06-02",
                "value": 10,
                "meter_exchanged": True,
            }
        )
        case.usage = 12
        self.assertEqual(case.usage, 12)

    def test_earlier_report_may_have_a_lower_reading(self):
        self.card._record_usage(500, "2026-06-10")
        case = self._create_case(usage=400, reported_at="2026-06-09 08:00:00")
        self.assertEqual(case.usage, 400)

    def test_purchase_date_comes_from_the_card_or_the_customer(self):
        self.assertEqual(self._create_case().purchase_date, date(2026, 3, 1))
        case = self._create_case(
            serial=False, product_id=self.machine.id, purchase_date="2026-02-03"
        )
        self.assertEqual(case.purchase_date, date(2026, 2, 3))

    def test_company_finds_the_dealer_by_the_card(self):
        form = Form(
            self.env["helpdesk.ticket"].with_user(self.user_support),
            "aftersales_service.helpdesk_ticket_view_form",
        )
        self.assertFalse(form.dealer_id)
        form.serial = "SN-0001"
        self.assertEqual(form.dealer_id, self.dealer_a)
        self.dealer_a.sudo().state = "suspended"
        case = self._create_case(self.user_support)
        self.assertFalse(case.dealer_id)

    def test_customers_own_level_goes_before_the_types(self):
        level_a = self.env.ref("aftersales_service.service_level_a")
        level_c = self.env.ref("aftersales_service.service_level_c")
        self.customer_b.with_user(self.user_support).service_level_id = level_a
        case = self._create_case(self.user_support, serial=False)
        self.assertEqual(case.service_level_id, level_c)
        case.partner_id = self.customer_b
        self.assertEqual(case.service_level_id, level_a)
        with self.assertRaises(AccessError):
            self.customer_a.with_user(self.user_manager_a).service_level_id = level_a

    def test_another_type_starts_with_its_own_severity(self):
        form = Form(
            self.env["helpdesk.ticket"].with_user(self.user_agent_a),
            "aftersales_service.helpdesk_ticket_view_form",
        )
        self.assertEqual(form.severity, "2")
        form.case_type_id = self.env.ref("aftersales_service.case_type_incident")
        self.assertEqual(form.severity, "1")
        self.assertEqual(
            form.service_level_id, self.env.ref("aftersales_service.service_level_a")
        )

    def test_telephone_is_the_desks_channel(self):
        self.assertEqual(
            self._create_case().channel_id,
            self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone"),
        )

    def test_machine_of_another_dealer_is_found_by_its_exact_serial(self):
        card_b = self._create_active_card(
            "SN-B",
            self.user_support,
            dealer_id=self.dealer_b.id,
            partner_id=self.customer_b.id,
        )
        agent = self.env["stock.lot"].with_user(self.user_agent_a)
        self.assertFalse(agent.search([("name", "=", "SN-B")]))
        case = self._create_case(
            serial="SN-B", partner_name="Wang Wu", partner_phone="13711111111"
        )
        self.assertEqual(case.verdict, "covered")
        self.assertEqual(case.sudo().card_id, card_b)
        self.assertEqual(agent.search([("name", "=", "SN-B")]), card_b.lot_id)
        # whose customer the machine is stays between the other dealer and us
        self.assertRecordValues(
            case.partner_id,
            [
                {
                    "name": "Wang Wu",
                    "phone": "13711111111",
                    "dealer_id": self.dealer_a.id,
                }
            ],
        )
        with self.assertRaises(AccessError):
            card_b.with_user(self.user_agent_a).read(["partner_id"])
        with self.assertRaises(AccessError):
            case.read(["seller_dealer_id"])

    def test_owner_of_another_dealers_machine_is_not_told_without_his_phone(self):
        self.customer_b.phone = "13722222222"
        self._create_active_card(
            "SN-B",
            self.user_support,
            dealer_id=self.dealer_b.id,
            partner_id=self.customer_b.id,
        )
        case = self._create_case(serial="SN-B")
        self.assertFalse(case.partner_id)
        known = self._create_case(serial="SN-B", partner_phone="13722222222")
        self.assertEqual(known.partner_id, self.customer_b)

    def test_caller_is_found_by_phone(self):
        case = self._create_case(serial=False, partner_phone="13900000001")
        self.assertEqual(case.partner_id, self.customer_a)
        self.assertEqual(case.partner_name, "Farmer Zhang")

    def test_owner_who_gives_his_name_is_no_new_contact(self):
        case = self._create_case(partner_name="Farmer Zhang")
        self.assertEqual(case.partner_id, self.customer_a)
        self.assertEqual(case.partner_phone, "13900000001")
        foreign = self._create_case(self.user_agent_b, partner_name="Farmer Zhang")
        self.assertNotEqual(foreign.partner_id, self.customer_a)

    def test_new_caller_becomes_a_contact_of_the_dealer(self):
        case = self._create_case(
            serial=False, partner_name="Zhao Liu", partner_phone="13733333333"
        )
        self.assertRecordValues(
            case.partner_id,
            [{"name": "Zhao Liu", "phone": "13733333333"}],
        )
        self.assertEqual(case.partner_id.dealer_id, self.dealer_a)

    def test_earlier_repair_is_pointed_out(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        case = self._create_case()
        self.assertEqual(case.lot_repair_count, 1)
        self.assertIn(repair.name, case.repeat_hint)

    def test_facts_cannot_be_written_by_hand(self):
        case = self._create_case()
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            case.resolved_at = "2026-06-15 07:00:00"
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            self._create_case(replied_at="2026-06-15 07:00:00")
        self.assertFalse(case.resolved_at)

    def test_suspended_dealer_opens_no_case(self):
        self.dealer_a.sudo().state = "suspended"
        with self.assertRaisesRegex(UserError, "suspended"), self.cr.savepoint():
            self._create_case()
        self.assertFalse(
            self.env["helpdesk.ticket"].search([("lot_id", "=", self.lot.id)])
        )
