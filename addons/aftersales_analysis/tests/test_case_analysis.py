from freezegun import freeze_time

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseAnalysis(ServiceCommon):
    """The figures of cases, as the manager groups them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cause = cls.env["aftersales.fault"].search(
            [("kind", "=", "cause")], limit=1
        )
        cls.case = cls._create_case(reported_at="2026-06-15 06:00:00")
        repair = cls._create_repair(cls.case, cause_id=cls.cause.id)
        repair.write(cls._prepare_work_vals())
        repair.action_finish()
        cls.open_case = cls._create_case(serial=False, description="Question")
        cls.env.flush_all()

    def _get_row(self, case, user=None):
        rows = self.env["aftersales.case.analysis"].with_user(user or self.user_support)
        return rows.search([("ticket_id", "=", case.id)])

    def test_finished_case_tells_its_hours_and_findings(self):
        row = self._get_row(self.case)
        self.assertEqual(row.progress, "resolved")
        self.assertEqual(row.arrive_hours, 2.0)
        self.assertEqual(row.resolve_hours, 2.0)
        self.assertEqual((row.dispatch_count, row.repair_count), (1, 1))
        self.assertEqual(row.labour_hours, 2.5)
        self.assertEqual(row.first_time_fix_rate, 100.0)
        self.assertEqual(row.cause_id, self.cause)
        self.assertEqual(row.staff_id, self.technician_a)
        self.assertEqual(row.categ_id, self.lot.product_id.categ_id)

    def test_open_case_has_no_hours(self):
        row = self._get_row(self.open_case)
        self.assertEqual(row.progress, "open")
        self.assertFalse(row.resolve_hours)
        self.assertEqual((row.dispatch_count, row.repair_count), (0, 0))

    def test_averages_leave_out_what_has_not_come_so_far(self):
        [(count, hours, rate)] = (
            self.env["aftersales.case.analysis"]
            .with_user(self.user_support)
            ._read_group(
                Domain("ticket_id", "in", (self.case | self.open_case).ids),
                [],
                ["__count", "resolve_hours:avg", "first_time_fix_rate:avg"],
            )
        )
        self.assertEqual((count, hours, rate), (2, 2.0, 100.0))

    def test_repeat_takes_the_first_time_fix_from_the_case(self):
        again = self._create_case()
        self._create_job(
            again, date_start="2026-06-15 13:00:00", date_end="2026-06-15 14:00:00"
        )
        repair = again.with_user(self.user_agent_a)._create_repair()
        repair.write(
            {
                "staff_id": self.technician_a.id,
                "symptom_id": self.symptom.id,
                **self._prepare_work_vals(),
            }
        )
        again.dispatch_ids.action_cancel()
        with freeze_time("2026-06-20 08:00:00"):
            repair.action_finish()
        self.env.flush_all()
        self.assertEqual(self._get_row(self.case).first_time_fix_rate, 0.0)
        self.assertEqual(self._get_row(again).first_time_fix_rate, 100.0)

    def test_satisfaction_is_the_average_of_the_answers(self):
        self.case.with_user(self.user_agent_a).action_close()
        self.env["aftersales.followup"].with_user(self.user_support).create(
            [
                {"ticket_id": self.case.id, "score": score, "reason": "Late"}
                for score in ("2", "5")
            ]
        )
        self.env.flush_all()
        row = self._get_row(self.case)
        self.assertEqual((row.score, row.progress), (3.5, "closed"))

    def test_row_opens_its_case(self):
        action = self._get_row(self.case, self.user_agent_a).action_open_case()
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assertEqual(action["res_id"], self.case.id)
