from odoo.tests import freeze_time, tagged

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionChase(RequisitionCommon):
    """Parts that were issued on the 1st are asked for on the 9th: after seven days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-01 08:00:00"):
            cls.requisition = cls._create_requisition()
            cls._issue(cls.requisition)

    def _run(self, moment):
        with freeze_time(moment):
            self.env["aftersales.parts.requisition"]._cron_chase()
            self.requisition.invalidate_recordset(["is_late"])
            late = self.env["aftersales.parts.requisition"].search(
                [("is_late", "=", True)]
            )
            self.assertEqual(late == self.requisition, self.requisition.is_late)
            return self.requisition.is_late, self.requisition.activity_ids

    def test_not_before_the_last_day_is_over(self):
        late, tasks = self._run("2026-06-08 23:00:00")
        self.assertFalse(late)
        self.assertFalse(tasks)

    def test_once_and_to_the_technician(self):
        self._run("2026-06-09 01:00:00")
        late, task = self._run("2026-06-10 01:00:00")
        self.assertTrue(late)
        self.assertRecordValues(task, [{"user_id": self.user_tech_a.id}])
        self.assertIn("Pump: 3", task.note)

    def test_not_when_used_or_returned(self):
        self.requisition.line_ids.used = 2
        self._return(self.requisition)
        self._finish(self.repair)
        late, tasks = self._run("2026-07-01 01:00:00")
        self.assertFalse(late)
        self.assertFalse(tasks)

    def test_writing_off_takes_the_task_away(self):
        _late, task = self._run("2026-06-09 01:00:00")
        self._return(self.requisition, 3)
        self.requisition.action_write_off()
        self.assertFalse(task.exists())

    def test_the_companys_setting_counts(self):
        self.company.aftersales_requisition_days = 3
        late, _tasks = self._run("2026-06-05 01:00:00")
        self.assertTrue(late)
