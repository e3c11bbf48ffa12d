from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestOldPartReminder(PartsCommon):
    """Two old parts of May 20th are due on June 30th: reminders 30, 7 and 0 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-05-20 08:00:00"):
            cls._receive(cls.pump, 2)
            cls.machine_repair = cls._create_repair(parts={cls.pump: 2})
            cls._finish(cls.machine_repair)
        cls.tags = cls.machine_repair.sudo().old_part_ids

    def _run(self, day):
        with freeze_time(f"{day} 08:00:00"):
            self.env["aftersales.old.part.reminder"]._cron_remind()
        return self.env["aftersales.old.part.reminder"].search(
            [("dealer_id", "=", self.dealer_a.id)], order="id"
        )

    def test_thirty_seven_and_no_days_before_once_each(self):
        for day, stages in (
            ("2026-05-30", []),
            ("2026-05-31", [30]),
            ("2026-06-01", [30]),
            ("2026-06-23", [30, 7]),
            ("2026-06-24", [30, 7]),
            ("2026-06-30", [30, 7, 0]),
        ):
            with self.subTest(day=day):
                reminders = self._run(day)
                self.assertEqual(reminders.mapped("days"), stages)
                self.assertEqual(self._run(day), reminders)
        tasks = self.dealer_a.activity_ids
        self.assertEqual(len(tasks), 3)
        self.assertEqual(tasks.user_id, self.user_manager_a)
        self.assertEqual(set(reminders.mapped("old_part_count")), {2})
        self.assertIn("2 old parts to send back by 2026-06-30", tasks[0].summary)

    def test_missed_days_send_the_most_urgent_only(self):
        self.assertEqual(self._run("2026-06-28").mapped("days"), [7])
        self.assertEqual(self._run("2026-06-29").mapped("days"), [7])

    def test_nobody_without_parts_is_reminded(self):
        self.tags.with_user(self.user_keeper).action_receive()
        self.assertFalse(self._run("2026-06-23"))

    def test_the_days_are_a_setting_of_the_date(self):
        summer = self.env.ref("aftersales_parts.aftersales_old_part_due_date_summer")
        summer.reminder_days = "10"
        self.assertFalse(self._run("2026-06-19"))
        self.assertEqual(self._run("2026-06-20").mapped("days"), [10])
        with self.assertRaisesRegex(ValidationError, "as numbers with commas"):
            summer.reminder_days = "ten"
