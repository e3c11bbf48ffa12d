from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ServiceCommon

VIEW = "aftersales_service.helpdesk_ticket_view_form"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseDuplicate(ServiceCommon):
    """The same matter twice is pointed out while the caller is on the phone."""

    def _open_intake(self, user=None):
        cases = self.env["helpdesk.ticket"].with_user(user or self.user_agent_a)
        return Form(cases, VIEW)

    def _mark(self, case, original):
        """Press “Duplicate” and confirm the dialog."""
        with Form.from_action(
            self.env(user=case.env.user), case.action_mark_duplicate()
        ) as form:
            form.duplicate_of_id = original
        return form.record.action_confirm()

    def test_open_case_of_the_serial_is_linked_before_saving(self):
        first = self._create_case()
        form = self._open_intake()
        self.assertFalse(form.duplicate_hint)
        form.serial = "SN-0001"
        self.assertIn(f'href="/odoo/cases/{first.id}"', form.duplicate_hint)
        self.assertIn(first.number, form.duplicate_hint)

    def test_closed_case_of_the_serial_is_no_duplicate(self):
        first = self._create_case()
        first.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_cancelled")
        form = self._open_intake()
        form.serial = "SN-0001"
        self.assertFalse(form.duplicate_hint)

    def test_same_phone_and_product_within_the_days_is_pointed_out(self):
        vals = {
            "serial": False,
            "product_id": self.machine.id,
            "partner_phone": "13955555555",
        }
        first = self._create_case(**vals)
        with freeze_time("2026-06-22 08:00:00"):  # the 7 days that are set
            form = self._open_intake()
            form.partner_phone = "13955555555"
            self.assertFalse(form.duplicate_hint)
            form.product_id = self.machine
            self.assertIn(first.number, form.duplicate_hint)
        with freeze_time("2026-06-22 08:00:01"):
            form = self._open_intake()
            form.partner_phone = "13955555555"
            form.product_id = self.machine
            self.assertFalse(form.duplicate_hint)

    def test_two_known_machines_of_one_customer_are_two_matters(self):
        self._create_active_card("SN-0002", self.user_support)
        self._create_case()
        form = self._open_intake()
        form.serial = "SN-0002"
        self.assertEqual(form.partner_phone, "13900000001")
        self.assertFalse(form.duplicate_hint)

    def test_case_elsewhere_is_told_without_number_or_name(self):
        foreign = self._create_case(
            self.user_agent_b, partner_name="Secret", partner_phone="13788888888"
        )
        form = self._open_intake()
        form.serial = "SN-0001"
        self.assertIn("Another workshop", form.duplicate_hint)
        self.assertIn("06/15/2026", form.duplicate_hint)
        self.assertNotIn(foreign.number, form.duplicate_hint)
        self.assertNotIn("Secret", form.duplicate_hint)

    def test_duplicate_is_closed_kindly_and_its_words_kept(self):
        self.customer_a.email = "zhang@example.com"
        first = self._create_case()
        second = self._create_case(description="It smokes, too")
        action = self._mark(second, first)
        self.assertEqual(action["res_id"], first.id)
        self.assertRecordValues(
            second,
            [
                {
                    "duplicate_id": first.id,
                    "closed": True,
                    "resolved_at": False,
                    "replied_at": second.reported_at,
                }
            ],
        )
        told = second.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertIn(f"go on with it as case {first.number}", told.body)
        self.assertIn(self.customer_a, told.sudo().notified_partner_ids)
        kept = first.message_ids.filtered(lambda m: second.number in (m.body or ""))
        self.assertIn("It smokes, too", kept.body)
        self.assertFalse(first.closed)

    def test_case_with_open_work_is_no_duplicate(self):
        first, second = self._create_case(), self._create_case()
        job = self._create_job(second)
        with self.assertRaisesRegex(UserError, f"{job.name}.*still open"):
            self._mark(second, first)
        self.assertFalse(second.duplicate_id)
        self.assertFalse(second.closed)

    def test_duplicate_of_a_duplicate_is_refused_naming_the_case(self):
        first, second, third = (self._create_case() for _i in range(3))
        self._mark(second, first)
        with self.assertRaisesRegex(UserError, f"Choose {first.number}"):
            third._mark_duplicate(second)
        self.assertFalse(third.duplicate_id)

    def test_case_is_no_duplicate_of_itself(self):
        case = self._create_case()
        refusal = self.assertRaisesRegex(ValidationError, "duplicate of itself")
        with refusal, self.cr.savepoint():
            case.duplicate_id = case
        self.assertFalse(case.duplicate_id)

    def test_dealer_cannot_mark_a_case_as_duplicate_of_anothers(self):
        mine = self._create_case()
        foreign = self._create_case(self.user_agent_b)
        wizards = self.env["helpdesk.ticket.duplicate.wizard"]
        with self.assertRaises(AccessError):
            wizards.with_user(self.user_agent_a).create(
                {"ticket_id": mine.id, "duplicate_of_id": foreign.id}
            )
        self.assertFalse(mine.duplicate_id)
