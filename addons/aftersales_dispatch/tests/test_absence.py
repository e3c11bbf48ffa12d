from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAbsence(DispatchCommon):
    """Nobody is sent who is not there; the refusal says who, when and what to do."""

    def _ensure_refused(self, job, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            job.with_user(self.user_agent_a).action_send()
        self.assertEqual(job.state, "draft")
        self.assertFalse(job.ticket_id.arranged_at)

    def test_absent_technician_is_not_sent(self):
        self._create_absence(self.technician_a, "2026-06-14", "2026-06-15")
        self._ensure_refused(
            self._create_job(),
            "Tech A cannot take job .*: absent Jun 14 – Jun 15: Leave. Press “Suggest”",
        )

    def test_day_after_the_absence_is_free(self):
        self._create_absence(self.technician_a, "2026-06-12", "2026-06-14")
        job = self._create_job()
        job.action_send()
        self.assertEqual(job.state, "sent")

    def test_absence_is_a_day_where_he_works(self):
        self.calendar.tz = "Asia/Shanghai"
        self._create_absence(self.technician_a, "2026-06-16")
        # 17:00 UTC on the 15th is 1 o'clock on the 16th in Shanghai
        job = self._create_job(
            date_start=datetime(2026, 6, 15, 17), date_end=datetime(2026, 6, 15, 18)
        )
        self._ensure_refused(job, "absent Jun 16: Leave")

    def test_suspended_technician_is_not_sent(self):
        wizard = Form(
            self.env["aftersales.staff.suspend"]
            .with_user(self.user_manager)
            .with_context(**self.technician_a.action_suspend()["context"])
        )
        wizard.reason = "Complaint"
        wizard.date_to = "2026-06-20"
        wizard.save().action_suspend()
        self._ensure_refused(self._create_job(), "suspended Jun 15 – Jun 20: Complaint")
        self.technician_a.with_user(self.user_manager).action_reinstate()
        job = self._create_job()
        job.action_send()
        self.assertEqual(job.state, "sent")

    def test_only_the_after_sales_manager_suspends(self):
        staff = self.technician_a.with_user(self.user_manager_a)
        self.assertFalse(staff.can_suspend)
        with self.assertRaisesRegex(AccessError, "Only the after-sales manager"):
            staff.suspended_from = "2026-06-15"
        with self.assertRaises(AccessError):
            self.env["aftersales.staff.suspend"].with_user(self.user_manager_a).create(
                {"staff_ids": staff.ids, "reason": "Late"}
            )
        self.assertFalse(staff.suspended_from)

    def test_dealer_cannot_lift_a_suspension(self):
        self.bao.write({"suspended_from": "2026-06-01", "suspension_reason": "x"})
        with self.assertRaisesRegex(AccessError, "Only the after-sales manager"):
            self.bao.with_user(self.user_manager_a).action_reinstate()
        self.assertTrue(self.bao.is_suspended)

    def test_employees_time_off_is_honoured(self):
        employee = self.env["hr.employee"].create({"name": "Our Wu"})
        wu = self._create_technician(
            "Wu", self.env["aftersales.dealer"], employee_id=employee.id
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Operation",
                "resource_id": employee.resource_id.id,
                "date_from": datetime(2026, 6, 15, 6),
                "date_to": datetime(2026, 6, 15, 15),
            }
        )
        job = self._create_job(user=self.user_support, staff_id=wu.id)
        # the reason of an employee's time off is told to nobody
        with self.assertRaisesRegex(UserError, "absent Jun 15: time off") as refusal:
            job.action_send()
        self.assertNotIn("Operation", str(refusal.exception))
        self.assertEqual(job.state, "draft")
        ranked = job._rank_candidates()
        self.assertEqual(ranked[-1].staff, wu)
        self.assertEqual(ranked[-1].blocked, ("absent Jun 15: time off",))

    def test_absence_names_the_jobs_promised_in_it(self):
        inside, later = self._send_job(), self._send_job(day=17)
        absence = self._create_absence(self.technician_a, "2026-06-15")
        self.assertEqual(absence.with_user(self.user_agent_a).job_ids, inside)
        absence.date_to = "2026-06-17"
        self.assertEqual(absence.job_count, 2)
        self.assertIn(later.id, absence.action_open_jobs()["domain"][0][2])

    def test_days_in_the_wrong_order_are_refused(self):
        refusal = self.assertRaisesRegex(CheckViolation, "days_in_order")
        with mute_logger("odoo.sql_db"), refusal, self.cr.savepoint():
            self._create_absence(self.bao, "2026-06-15", "2026-06-14")

    def test_technician_enters_his_own_absence(self):
        absence = (
            self.env["aftersales.staff.absence"]
            .with_user(self.user_tech_a)
            .create({"reason": "sick"})
        )
        self.assertRecordValues(
            absence,
            [{"staff_id": self.technician_a.id, "dealer_id": self.dealer_a.id}],
        )
        with self.assertRaises(AccessError):
            absence.unlink()
