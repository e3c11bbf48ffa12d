from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowup(ServiceCommon):
    def _create_followup(self, case, **vals):
        return (
            self.env["aftersales.followup"]
            .with_user(self.user_support)
            .create({"ticket_id": case.id, "score": "5", **vals})
        )

    def _create_closed_case(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        repair.ticket_id.action_close()
        return repair.ticket_id

    def test_customer_of_a_closed_case_is_asked(self):
        followup = self._create_followup(self._create_closed_case())
        self.assertRecordValues(
            followup,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "partner_id": self.customer_a.id,
                    "score_value": 5,
                    "user_id": self.user_support.id,
                }
            ],
        )

    def test_open_case_is_not_followed_up(self):
        case = self._create_case()
        refusal = self.assertRaisesRegex(ValidationError, "not closed yet")
        with refusal, self.cr.savepoint():
            self._create_followup(case)
        self.assertFalse(case.followup_ids)

    def test_bad_score_needs_a_reason(self):
        case = self._create_closed_case()
        refusal = self.assertRaisesRegex(ValidationError, "why the customer")
        with refusal, self.cr.savepoint():
            self._create_followup(case, score="1")
        followup = self._create_followup(case, score="1", reason="Came late")
        self.assertEqual(followup.score_value, 1)

    def test_unreached_customer_has_no_score(self):
        case = self._create_closed_case()
        refusal = self.assertRaisesRegex(ValidationError, "needs the customer's score")
        with refusal, self.cr.savepoint():
            self._create_followup(case, score=False)
        followup = self._create_followup(case, score=False, reached=False)
        self.assertFalse(followup.score)

    def test_dealer_reads_what_his_customers_said_and_writes_nothing(self):
        followup = self._create_followup(self._create_closed_case(), score="3")
        mine = followup.with_user(self.user_agent_a)
        self.assertEqual(mine.score, "3")
        with self.assertRaises(AccessError):
            mine.score = "5"
        with self.assertRaises(AccessError):
            mine.copy()
        with self.assertRaises(AccessError):
            followup.with_user(self.user_agent_b).read(["score"])
