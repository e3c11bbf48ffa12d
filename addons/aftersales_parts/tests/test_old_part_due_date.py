from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestOldPartDueDate(PartsCommon):
    """The days of the year by which old parts come back are records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.due_dates = cls.env["aftersales.old.part.due.date"]

    def test_next_due_date_is_the_nearest_later_day(self):
        self.assertEqual(self.due_dates._get_next(date(2026, 1, 1)), date(2026, 6, 30))
        self.assertEqual(self.due_dates._get_next(date(2026, 6, 29)), date(2026, 6, 30))
        self.assertEqual(
            self.due_dates._get_next(date(2026, 6, 30)), date(2026, 12, 31)
        )
        self.assertEqual(
            self.due_dates._get_next(date(2026, 12, 31)), date(2027, 6, 30)
        )

    def test_no_due_date_at_all_is_no_due_date(self):
        self.due_dates.search([]).active = False
        self.assertFalse(self.due_dates._get_next(date(2026, 1, 1)))

    def test_day_that_does_not_exist_every_year_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not exist every year"):
            self.due_dates.create({"name": "Leap", "month": 2, "day": 29})

    def test_new_due_date_moves_the_open_tags_of_all_dealers(self):
        self._receive(self.pump, 1)
        with freeze_time("2026-05-04"):
            repair = self._create_repair(parts={self.pump: 1})
            self._finish(repair)
        self.due_dates.with_user(self.user_manager).create(
            {"name": "Before harvest", "month": 5, "day": 31}
        )
        self.assertEqual(repair.old_part_ids.due_date, date(2026, 5, 31))

    def test_dealer_reads_and_does_not_change_the_dates(self):
        due = self.due_dates.with_user(self.user_manager_a).search([], limit=1)
        self.assertTrue(due.name)
        with self.assertRaises(AccessError):
            due.month = 1
