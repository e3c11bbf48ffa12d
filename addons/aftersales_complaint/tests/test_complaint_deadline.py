from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import NOW, ComplaintCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintDeadline(ComplaintCommon):
    """What is due when, what is late, and who is told of it once."""

    def _remind(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("aftersales_complaint.ir_cron_remind").method_direct_trigger()
        self.env.invalidate_all()

    def _get_overdue(self, complaint):
        return complaint.search([("is_overdue", "=", True), ("id", "=", complaint.id)])

    def test_class_says_how_fast(self):
        complaint = self._create_complaint()
        self.assertRecordValues(
            complaint,
            [
                {
                    "response_deadline": datetime(2026, 6, 15, 10),
                    "answer_deadline": datetime(2026, 6, 18, 8),
                    "next_deadline": datetime(2026, 6, 15, 10),
                }
            ],
        )
        complaint.class_id = self.class_parts
        self.assertRecordValues(
            complaint,
            [
                {
                    "response_deadline": datetime(2026, 6, 15, 12),
                    "answer_deadline": datetime(2026, 6, 22, 8),
                }
            ],
        )

    def test_deadline_moves_with_the_state(self):
        complaint = self._create_complaint()
        self._respond(complaint)
        self.assertEqual(complaint.next_deadline, datetime(2026, 6, 18, 8))
        complaint.write({**self._prepare_measure_vals(), "measure_due": "2026-06-16"})
        complaint.action_decide()
        self.assertEqual(complaint.next_deadline, datetime(2026, 6, 16, 23, 59, 59))
        mine = complaint.with_user(self.user_manager_a)
        mine.measure_report = "Done"
        mine.action_report_done()
        self.assertEqual(complaint.next_deadline, datetime(2026, 6, 18, 8))

    def test_late_is_after_the_moment_not_at_it(self):
        complaint = self._create_complaint()
        with freeze_time("2026-06-15 10:00:00"):
            complaint.invalidate_recordset(["is_overdue"])
            self.assertFalse(complaint.is_overdue)
            self.assertFalse(self._get_overdue(complaint))
        with freeze_time("2026-06-15 10:00:01"):
            complaint.invalidate_recordset(["is_overdue"])
            self.assertTrue(complaint.is_overdue)
            self.assertEqual(self._get_overdue(complaint), complaint)
            self._respond(complaint)
        self.assertTrue(complaint.response_late)

    def test_response_in_time_is_not_late(self):
        complaint = self._create_complaint()
        with freeze_time("2026-06-15 10:00:00"):
            self._respond(complaint)
        self.assertFalse(complaint.response_late)

    def test_closed_complaint_is_never_overdue(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        with freeze_time("2027-01-01 00:00:00"):
            self.assertFalse(self._get_overdue(complaint))

    def test_handler_is_reminded_once_per_deadline(self):
        complaint = self._create_complaint()
        self._remind()
        self.assertFalse(complaint.activity_ids, "not late yet")
        with freeze_time("2026-06-15 11:00:00"):
            self._remind()
            self._remind()
        self.assertRecordValues(
            complaint.activity_ids, [{"user_id": self.user_support.id}]
        )
        self._respond(complaint)
        with freeze_time("2026-06-19 08:00:00"):
            self._remind()
        self.assertEqual(len(complaint.activity_ids), 2)

    def test_complaint_of_nobody_goes_to_its_class(self):
        self.class_manner.user_id = self.user_quality
        complaint = self._create_complaint(user_id=False)
        with freeze_time("2026-06-15 11:00:00"):
            self._remind()
        self.assertEqual(complaint.sudo().activity_ids.user_id, self.user_quality)
