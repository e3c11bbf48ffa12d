from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, ComplaintCommon

MOMENT = datetime(2026, 6, 15, 8)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintFlow(ComplaintCommon):
    """Each step asks for its part, and nothing is skipped."""

    def test_whole_way(self):
        complaint = self._create_complaint()
        self.assertRegex(complaint.name, r"^TS\d{9}$")
        self._answer(complaint)
        complaint.action_close()
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "closed",
                    "responded_at": MOMENT,
                    "responded_by_id": self.user_support.id,
                    "measure_done_on": date(2026, 6, 15),
                    "checked_by_id": self.user_support.id,
                    "checked_on": date(2026, 6, 15),
                    "answered_at": MOMENT,
                    "closed_at": MOMENT,
                    "next_deadline": False,
                }
            ],
        )

    def test_each_step_names_what_is_missing(self):
        complaint = self._create_complaint()
        with self.assertRefused(
            UserError, "missing is the apology, the first response"
        ):
            complaint.action_respond()
        complaint.apology = "We are sorry"
        with self.assertRefused(UserError, "missing is the first response"):
            complaint.action_respond()
        self.assertEqual(complaint.state, "open")
        self._respond(complaint)
        complaint.cause_id = self.cause
        with self.assertRefused(
            UserError,
            "missing is who is responsible, the measure, the owner of the measure, "
            "the day by which it is due",
        ):
            complaint.action_decide()
        complaint.write(self._prepare_measure_vals())
        complaint.action_decide()
        with self.assertRefused(
            UserError,
            "missing is that the measure is done, the result of the check, how it was "
            "checked",
        ):
            complaint.action_check()
        self.assertEqual(complaint.state, "measure")

    def test_answer_without_a_text_is_refused(self):
        complaint = self._create_complaint()
        self._check(complaint)
        complaint.answer = "<p><br></p>"
        with self.assertRefused(UserError, "missing is the answer to the customer"):
            complaint.action_answer()
        self.assertEqual(complaint.state, "checked")
        self.assertFalse(complaint.answered_at)

    def test_closing_early_names_everything_that_is_missing(self):
        complaint = self._create_complaint()
        with self.assertRefused(
            UserError, "cannot be closed yet. Still missing is the apology.*the cause"
        ):
            complaint.action_close()
        self.assertEqual(complaint.state, "open")

    def test_what_was_emptied_since_stops_the_closing(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        complaint.cause_id = False
        with self.assertRefused(UserError, "still missing is the cause"):
            complaint.action_close()
        self.assertEqual(complaint.state, "answered")

    def test_owner_does_not_check_his_own_measure(self):
        complaint = self._create_complaint()
        self._carry_out(complaint, measure_owner_id=self.user_support.id)
        complaint.write({"check_result": "effective", "check_note": "Looks good"})
        with self.assertRefused(
            AccessError, "Aftersales Support cannot check the effect of his own"
        ):
            complaint.action_check()
        self.assertRecordValues(
            complaint, [{"state": "measure", "checked_by_id": False}]
        )
        complaint.with_user(self.user_quality).action_check()
        self.assertEqual(complaint.checked_by_id, self.user_quality)

    def test_measure_that_does_not_work_is_replaced(self):
        complaint = self._create_complaint()
        self._carry_out(complaint)
        complaint.write({"check_result": "ineffective", "check_note": "Did it again"})
        complaint.action_check()
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "responded",
                    "measure": False,
                    "measure_done_on": False,
                    "check_result": False,
                    "checked_on": False,
                }
            ],
        )
        log = " ".join(complaint.message_ids.mapped("body"))
        self.assertIn("Instruct the technician (Did it again)", log)

    def test_only_the_owner_says_that_it_is_done(self):
        complaint = self._create_complaint()
        self._decide(complaint)
        self.assertFalse(complaint.can_report_done)
        with self.assertRefused(AccessError, "is Manager A's; only he says"):
            complaint.action_report_done()
        mine = complaint.with_user(self.user_manager_a)
        self.assertTrue(mine.can_report_done)
        with self.assertRefused(UserError, "write down under “Report”"):
            mine.action_report_done()
        self.assertFalse(complaint.measure_done_on)

    def test_owner_is_told_of_his_measure(self):
        complaint = self._create_complaint()
        self._decide(complaint)
        activity = complaint.sudo().activity_ids
        self.assertRecordValues(
            activity,
            [
                {
                    "user_id": self.user_manager_a.id,
                    "date_deadline": date(2026, 6, 20),
                    "summary": f"Measure for {complaint.name}",
                }
            ],
        )

    def test_answer_goes_to_the_customer_and_stays(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        message = complaint.message_ids.filtered(
            lambda m: self.customer_a in m.partner_ids
        )
        self.assertEqual(len(message), 1)
        self.assertEqual(
            message.subject, f"Our answer to your complaint {complaint.name}"
        )
        self.assertIn("We have instructed our technician.", message.body)
        self.assertEqual(message.author_id, self.user_support.partner_id)

    def test_customer_without_an_address_is_told_by_telephone(self):
        self.customer_a.email = False
        complaint = self._create_complaint()
        self._answer(complaint)
        self.assertEqual(complaint.state, "answered")
        log = " ".join(complaint.message_ids.mapped("body"))
        self.assertIn("told by telephone", log)

    def test_reopening_takes_the_facts_back(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        complaint.action_close()
        action = complaint.action_reopen()
        with freeze_time("2026-06-17 09:00:00"):
            self.env[action["res_model"]].with_user(self.user_support).with_context(
                **action["context"]
            ).create({"reason": "It happened again"}).action_reopen()
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "open",
                    "reopen_count": 1,
                    "reopen_reason": "It happened again",
                    "responded_at": False,
                    "checked_on": False,
                    "answered_at": False,
                    "closed_at": False,
                    "measure": "Instruct the technician",
                    "response_deadline": datetime(2026, 6, 17, 11),
                }
            ],
        )

    def test_closed_complaint_is_frozen(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        complaint.action_close()
        with self.assertRefused(UserError, "can no longer be edited"):
            complaint.summary = "Nothing happened"
        with self.assertRefused(UserError, "is in state “Closed”"):
            complaint.action_close()

    def test_facts_are_not_written_by_hand(self):
        complaint = self._create_complaint()
        for vals in (
            {"state": "closed"},
            {"responded_at": NOW},
            {"checked_by_id": self.user_quality.id},
            {"answered_at": NOW},
            {"name": "TS1"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                complaint.write(vals)
        with self.assertRaises(AccessError):
            self._create_complaint(state="closed")

    def test_complaint_is_never_deleted(self):
        complaint = self._create_complaint()
        with self.assertRaises(AccessError):
            complaint.unlink()
        with self.assertRefused(UserError, "kept as evidence"):
            complaint.sudo().unlink()

    def test_repair_of_another_case_is_refused(self):
        repair = self._close_repair()
        case = self._create_case(self.user_support, dealer_id=self.dealer_a.id)
        with self.assertRefused(ValidationError, "belongs to another case"):
            self._create_complaint(ticket_id=case.id, repair_id=repair.id)
