from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, ComplaintCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintFollowup(ComplaintCommon):
    """A bad score complains; who complained is asked again."""

    def _rate(self, followup, score="1", **vals):
        followup.write({"score": score, "reason_ids": self.reason_manner.ids, **vals})
        followup.action_finish()
        return followup.sudo().opened_complaint_ids

    def _ask_again(self, complaint):
        rule = self._create_rule(trigger="complaint_answered", days_after=2)
        return rule._plan(rule._get_sources() & complaint.with_env(rule.env))

    def test_bad_score_opens_a_complaint(self):
        followup = self._plan_call()
        complaint = self._rate(followup, reason="He shouted", suggestion="Be kind")
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "open",
                    "source": "followup",
                    "class_id": self.class_manner.id,
                    "severity": "1",
                    "ticket_id": followup.ticket_id.id,
                    "repair_id": followup.repair_id.id,
                    "staff_ids": self.technician_a.ids,
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "partner_phone": "13900000001",
                    "product_id": self.machine.id,
                    "lot_id": self.lot.id,
                    "user_id": self.user_support.id,
                    "received_at": datetime(2026, 6, 15, 8),
                    "summary": "Manner of the people",
                    "description": "He shouted\nBe kind",
                }
            ],
        )
        self.assertTrue(followup.is_transferred)

    def test_two_points_are_considerable(self):
        complaint = self._rate(self._plan_call(), "2")
        self.assertEqual(complaint.severity, "2")

    def test_good_score_opens_none(self):
        self.assertFalse(self._rate(self._plan_call(), "3"))

    def test_reason_without_a_class_is_other(self):
        followup = self._plan_call()
        followup.write({"score": "1", "reason": "Everything\nand more"})
        followup.action_finish()
        complaint = followup.opened_complaint_ids
        self.assertEqual(complaint.class_id.code, "other")
        self.assertEqual(complaint.summary, "Everything")

    def test_dealers_call_opens_a_complaint_for_the_company(self):
        self.class_manner.user_id = self.user_quality
        followup = self._plan_call(self.user_agent_a, asker="dealer")
        complaint = self._rate(followup)
        self.assertRecordValues(
            complaint, [{"state": "open", "user_id": self.user_quality.id}]
        )

    def test_customers_link_opens_a_complaint(self):
        followup = self._plan_call(channel="mail")
        followup.action_send_link()
        followup.sudo()._answer_by_customer({"score": "1", "reason": "Late"}, "mail")
        complaint = followup.opened_complaint_ids
        self.assertEqual(complaint.summary, "Late")

    def test_one_follow_up_makes_one_complaint(self):
        complaint = self._rate(self._plan_call())
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            complaint.sudo().copy({"followup_id": complaint.followup_id.id})
            self.env.flush_all()

    def test_customer_is_asked_again_after_the_answer(self):
        complaint = self._rate(self._plan_call())
        complaint = complaint.with_user(self.user_support)
        self._answer(complaint)
        followup = self._ask_again(complaint)
        self.assertRecordValues(
            followup,
            [
                {
                    "complaint_id": complaint.id,
                    "ticket_id": False,
                    "repair_id": complaint.repair_id.id,
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "phone": "13900000001",
                    "planned_on": date(2026, 6, 17),
                    "occasion": f"aftersales.complaint,{complaint.id},0",
                }
            ],
        )
        self.assertFalse(self._ask_again(complaint) & followup)
        self.assertEqual(complaint.followup_count, 2)

    def test_unanswered_complaint_is_not_asked_about(self):
        complaint = self._create_complaint()
        self._check(complaint)
        self.assertFalse(self._ask_again(complaint))

    def test_still_dissatisfied_reopens_the_complaint(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        complaint.action_close()
        followup = self._ask_again(complaint).with_user(self.user_support)
        self.assertFalse(self._rate(followup), "no second complaint")
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "open",
                    "reopen_count": 1,
                    "reopen_reason": f"Follow-up {followup.name}: Manner of the people",
                }
            ],
        )

    def test_reopened_complaint_takes_its_call_back(self):
        complaint = self._create_complaint()
        self._answer(complaint)
        followup = self._ask_again(complaint)
        complaint._reopen("He wrote again")
        self.assertEqual(followup.state, "cancelled")
