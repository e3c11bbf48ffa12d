from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestDelivery(PurchaseCommon):
    """Ordered on 1 June for the 10th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-01 04:00:00"):
            cls.order = cls._confirm(date_planned="2026-06-10 04:00:00")
        cls.line = cls.order.order_line

    def _get_overdue(self):
        return self.env["purchase.order.line"].search(
            [("is_overdue", "=", True), ("order_id", "=", self.order.id)]
        )

    def _come(self, day, quantity=10):
        with freeze_time(f"{day} 04:00:00"):
            picking = self.order.picking_ids.filtered(lambda p: p.state != "done")
            picking.move_ids.quantity = quantity
            self._validate(picking)
        return picking

    def test_in_time(self):
        self._come("2026-06-10")
        self.assertEqual(str(self.line.delivered_on), "2026-06-10")
        self.assertEqual(self.line.delivery_result, "on_time")

    def test_a_day_late(self):
        self._come("2026-06-11")
        self.assertEqual(self.line.delivery_result, "late")

    def test_last_piece_counts(self):
        self._come("2026-06-09", 6)
        self.assertFalse(self.line.delivered_on)
        self._come("2026-06-12", 4)
        self.assertEqual(str(self.line.delivered_on), "2026-06-12")
        self.assertEqual(self.line.delivery_result, "late")

    def test_first_promise_is_the_measure(self):
        self.line.promised_date = "2026-06-12"
        self.line.promised_date = "2026-06-20"
        self.assertEqual(str(self.line.first_promised_date), "2026-06-12")
        self.assertEqual(str(self.line.due_date), "2026-06-20")
        self._come("2026-06-13")
        self.assertEqual(self.line.delivery_result, "late")

    def test_overdue_from_the_next_day_on(self):
        with freeze_time("2026-06-10 04:00:00"):
            self.assertFalse(self._get_overdue())
        with freeze_time("2026-06-11 04:00:00"):
            self.assertEqual(self._get_overdue(), self.line)
            self.line.invalidate_recordset(["is_overdue"])
            self.assertTrue(self.line.is_overdue)

    def test_what_came_is_not_overdue(self):
        self._come("2026-06-12")
        with freeze_time("2026-06-13 04:00:00"):
            self.assertFalse(self._get_overdue())

    @freeze_time("2026-06-12 04:00:00")
    def test_buyer_is_reminded_once_per_missed_date(self):
        remind = self.env["purchase.order.line"]._cron_remind_overdue
        remind()
        remind()
        self.assertEqual(len(self.order.activity_ids), 1)
        self.assertEqual(self.order.activity_ids.user_id, self.user_keeper)
        self.line.promised_date = "2026-06-11"
        remind()
        remind()
        self.assertEqual(len(self.order.activity_ids), 2)

    def test_delivery_is_not_entered_by_hand(self):
        with self.assertRaises(AccessError):
            self.line.with_user(self.user_keeper).delivery_result = "on_time"
        self.assertFalse(self.line.delivery_result)
