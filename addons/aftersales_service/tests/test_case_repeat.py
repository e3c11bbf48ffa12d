from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseRepeat(ServiceCommon):
    """Same serial number, same fault, within 30 days, whoever repaired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_symptom = cls.env.ref("aftersales_service.fault_s40")
        with freeze_time(NOW):
            cls.first = cls._create_repair(**cls._prepare_work_vals())
            cls.first.action_finish()

    def _repair_again(self, user, case=None, **vals):
        """A workshop repair of the same machine by ``user``, finished now."""
        case = case or self._create_case(user, **vals)
        case.action_create_repair()
        repair = case.repair_ids
        vals = self._prepare_work_vals()
        del vals["move_ids"]
        if not repair.staff_id:
            staff = self._create_staff(self.user_manager_b, "technician")
            vals["staff_id"] = staff.id
        repair.write(vals)
        repair.action_finish()
        return repair

    def test_repeat_fault_is_pointed_out_before_saving_and_stored(self):
        with freeze_time("2026-07-15 08:00:00"):
            form = Form(
                self.env["helpdesk.ticket"].with_user(self.user_agent_a),
                "aftersales_service.helpdesk_ticket_view_form",
            )
            form.serial = "SN-0001"
            self.assertIn(self.first.name, form.repeat_hint)
            self.assertNotIn("the same fault", form.repeat_hint)
            self.assertFalse(form.is_repeat)
            form.fault_id = self.symptom
            self.assertIn("the same fault", form.repeat_hint)
            self.assertTrue(form.is_repeat)
            form.description = "Again"
            case = form.save()
        self.assertTrue(case.is_repeat)
        self.assertEqual(case.with_user(self.user_support).repeat_of_id, self.first)
        with self.assertRaises(AccessError):
            case.read(["repeat_of_id"])

    def test_other_fault_or_later_report_is_no_repeat(self):
        case = self._create_case(fault_id=self.other_symptom.id)
        self.assertFalse(case.is_repeat)
        with freeze_time("2026-07-15 08:00:01"):
            late = self._create_case()
        self.assertFalse(late.is_repeat)

    def test_repair_elsewhere_is_told_without_its_number(self):
        with freeze_time("2026-06-20 08:00:00"):
            case = self._create_case(self.user_agent_b)
            self.assertTrue(case.is_repeat)
            self.assertIn("by another workshop", case.repeat_hint)
            self.assertNotIn(self.first.name, case.repeat_hint)

    def test_repeat_counts_whoever_repairs(self):
        with freeze_time("2026-06-20 08:00:00"):
            second = self._repair_again(
                self.user_manager_b, partner_name="Zhang", partner_phone="13900000001"
            )
        self.assertEqual(second.dealer_id, self.dealer_b)
        self.assertRecordValues(
            self.first.sudo() | second.sudo(),
            [
                {
                    "first_time_fix": False,
                    "first_time_rate": 0.0,
                    "is_repeat": False,
                    "repeat_of_id": False,
                },
                {
                    "first_time_fix": True,
                    "first_time_rate": 100.0,
                    "is_repeat": True,
                    "repeat_of_id": self.first.id,
                },
            ],
        )

    def test_report_counts_and_not_the_day_of_the_second_repair(self):
        with freeze_time("2026-07-15 08:00:00"):
            case = self._create_case(self.user_tech_a)
        with freeze_time("2026-08-20 08:00:00"):
            second = self._repair_again(self.user_tech_a, case)
        self.assertFalse(self.first.first_time_fix)
        self.assertTrue(second.is_repeat)

    def test_later_report_leaves_the_first_repair_its_fix(self):
        with freeze_time("2026-07-15 08:00:01"):
            second = self._repair_again(self.user_tech_a)
        self.assertTrue(self.first.first_time_fix)
        self.assertEqual(self.first.first_time_rate, 100.0)
        self.assertFalse(second.is_repeat)

    def test_same_fault_on_another_machine_is_no_repeat(self):
        self._create_active_card(
            "SN-0002", self.user_support, returned_on=date(2026, 3, 10)
        )
        with freeze_time("2026-06-20 08:00:00"):
            second = self._repair_again(self.user_tech_a, serial="SN-0002")
        self.assertTrue(self.first.first_time_fix)
        self.assertFalse(second.is_repeat)

    def test_rate_of_the_pivot_is_exact(self):
        with freeze_time("2026-06-20 08:00:00"):
            second = self._repair_again(self.user_tech_a)
        repairs = self.env["repair.order"].with_user(self.user_manager_a)
        domain = [("id", "in", (self.first | second).ids)]
        rows = repairs._read_group(domain, ["staff_id"], ["first_time_rate:avg"])
        self.assertEqual(rows, [(self.technician_a.with_env(repairs.env), 50.0)])
