from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import OnsiteCommon

EARLY = (datetime(2026, 6, 15, 13), datetime(2026, 6, 15, 15))
LATE = (datetime(2026, 6, 16, 9), datetime(2026, 6, 16, 11))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppointment(OnsiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._accept()

    def _agree(self, times, reason=None):
        form = Form.from_action(
            self.env(user=self.user_tech_a), self.job.action_appoint()
        )
        form.date_start, form.date_end = times
        if reason:
            form.reason = reason
        form.save().action_confirm()

    def test_agreed_time_becomes_the_jobs_and_the_call_is_noted(self):
        self._agree(EARLY)
        self.assertRecordValues(
            self.job,
            [
                {
                    "date_start": EARLY[0],
                    "date_end": EARLY[1],
                    "appointment_at": EARLY[0],
                    "contacted_at": datetime(2026, 6, 15, 8),
                    "state": "accepted",
                }
            ],
        )
        self.assertEqual(self.job.ticket_id.contacted_at, datetime(2026, 6, 15, 8))
        self.assertRecordValues(
            self.job.appointment_ids,
            [
                {
                    "date_start": EARLY[0],
                    "contact_name": "Farmer Zhang",
                    "reason": False,
                    "agreed_at": datetime(2026, 6, 15, 8),
                    "user_id": self.user_tech_a.id,
                }
            ],
        )

    def test_moved_appointment_keeps_both_times_and_the_reason(self):
        self._agree(EARLY)
        self._agree(LATE, "The customer is away")
        self.assertEqual(self.job.date_start, LATE[0])
        self.assertRecordValues(
            self.job.appointment_ids,
            [
                {"date_start": LATE[0], "reason": "The customer is away"},
                {"date_start": EARLY[0], "reason": False},
            ],
        )

    def test_appointment_moved_without_reason_is_refused(self):
        self._agree(EARLY)
        with self.assertRaisesRegex(UserError, "Say why it is moved"):
            self.job._appoint(*LATE, reason="  ")
        self.assertEqual(self.job.appointment_at, EARLY[0])
        self.assertEqual(len(self.job.appointment_ids), 1)

    def test_appointment_in_the_past_is_refused(self):
        with self.assertRaisesRegex(UserError, "lies in the past"):
            self._agree((datetime(2026, 6, 14, 8), datetime(2026, 6, 14, 9)))
        self.assertFalse(self.job.appointment_at)
        self.assertFalse(self.job.contacted_at)

    def test_appointment_that_ends_before_it_starts_is_refused(self):
        with self.assertRaisesRegex(UserError, "end after it starts"):
            self._agree((EARLY[1], EARLY[0]))
        self.assertFalse(self.job.appointment_ids)

    def test_technician_promised_elsewhere_is_refused(self):
        other = self._create_job(date_start=EARLY[0], date_end=EARLY[1])
        other.action_send()
        with self.assertRaisesRegex(UserError, f"promised to job {other.name}"):
            self._agree(EARLY)
        self.assertFalse(self.job.appointment_ids)
        self.assertEqual(self.job.date_start, datetime(2026, 6, 15, 10))

    def test_only_the_technician_or_a_dispatcher_agrees_a_time(self):
        with self.assertRaisesRegex(UserError, "only its technician or a dispatcher"):
            self.job.with_user(self.user_agent_a).action_appoint()
        with self.assertRaises(AccessError):
            self.job.with_user(self.user_agent_b).action_appoint()

    def test_a_call_without_answer_is_noted_and_is_no_contact(self):
        self.job.action_not_reached()
        self.assertFalse(self.job.contacted_at)
        self.assertIn(
            "Farmer Zhang was called and not reached", self.job.message_ids[0].body
        )

    def test_a_job_given_back_has_no_appointment(self):
        self._agree(EARLY)
        self.job._refuse("Ill")
        self.assertEqual((self.job.state, self.job.appointment_at), ("draft", False))
        self.assertEqual(len(self.job.appointment_ids), 1)
