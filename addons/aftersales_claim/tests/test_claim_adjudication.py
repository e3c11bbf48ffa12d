from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimAdjudication(ClaimCommon):
    def _create_rule(self, **vals):
        return (
            self.env["aftersales.claim.rule"]
            .with_user(self.user_manager)
            .create(
                {
                    "name": "Test rule",
                    "sequence": 75,
                    "outcome": "review",
                    "reason_id": self.reason.id,
                    **vals,
                }
            )
        )

    def _get_rule(self, name):
        return self.env.ref(f"aftersales_claim.aftersales_claim_rule_{name}")

    def _get_current(self, claim):
        return claim.sudo().decision_ids.filtered("is_current")

    def _assert_explained(self, claim):
        """Every cent off is in the log, with its rule and version or by hand."""
        for line in claim.sudo().line_ids:
            decisions = line.decision_ids.filtered("is_current")
            self.assertEqual(
                line.currency_id.round(sum(decisions.mapped("amount"))),
                line.currency_id.round(line.claimed - line.approved),
                line.name,
            )
            for decision in decisions.filtered("amount"):
                named = decision.rule_id and decision.rule_version
                self.assertTrue(named or decision.outcome == "manual")

    def test_clean_claim_is_approved_in_full_at_once(self):
        claim = self._submit(self._create_claim())
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)
        self.assertEqual(claim.cut, 0.0)
        self.assertEqual(claim.decided_on, date(2026, 6, 15))
        self.assertEqual(claim.submitted_by_id, self.user_manager_a)

    def test_agent_may_draft_and_not_file(self):
        claim = self._create_claim(user=self.user_agent_a)
        with self.assertRaises(AccessError):
            claim.with_user(self.user_agent_a).action_submit()
        self.assertEqual(claim.state, "draft")

    def test_hours_above_the_flat_rate_are_cut(self):
        claim = self._submit(self._create_claim(hours=4.0))
        line = claim.line_ids.filtered(lambda line: line.kind == "labour")
        self.assertRecordValues(
            line, [{"claimed": 320.0, "approved": 200.0, "cut": 120.0}]
        )
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)
        decision = line.sudo().decision_ids
        self.assertEqual(decision.rule_id, self._get_rule("flat_hours"))
        self.assertEqual(decision.rule_version, 1)
        self.assertEqual(decision.amount, 120.0)
        self.assertEqual(line.reason_text, "Hours above the flat rate")
        self._assert_explained(claim)

    def test_all_cuts_of_a_line_are_logged_in_order(self):
        self._create_rule(outcome="cut", cut_method="percent", cut_percent=10.0)
        self._create_rule(
            sequence=76,
            outcome="cut",
            cut_method="cap",
            cap_amount=150.0,
            domain='[("kind", "=", "part")]',
        )
        claim = self._submit(self._create_claim(hours=4.0))
        approved = {line.kind: line.approved for line in claim.line_ids}
        # labour: 320 − 120 (flat rate) − 20 (10 % of 200); part: 200 − 20 − 30 (cap)
        self.assertEqual(approved, {"part": 150.0, "labour": 180.0, "travel": 54.0})
        amounts = {
            line.kind: line.sudo().decision_ids.sorted("id").mapped("amount")
            for line in claim.line_ids
        }
        self.assertEqual(
            amounts, {"part": [20.0, 30.0], "labour": [120.0, 20.0], "travel": [6.0]}
        )
        self._assert_explained(claim)

    def test_claim_wide_cut_is_logged_per_line(self):
        self._create_rule(
            scope="claim", outcome="cut", cut_method="percent", cut_percent=3.33
        )
        claim = self._submit(self._create_claim())
        # 200, 200 and 60 less 3.33 %: 6.66, 6.66 and 1.998 rounded to the cent
        self.assertEqual(sorted(claim.line_ids.mapped("cut")), [2.0, 6.66, 6.66])
        self.assertEqual(claim.approved, 444.68)
        self._assert_explained(claim)

    def test_pass_ends_the_questions(self):
        self._create_rule(
            sequence=1, outcome="pass", domain='[("kind", "=", "labour")]'
        )
        claim = self._submit(self._create_claim(hours=4.0))
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 580.0)

    def test_late_card_is_refused_with_its_reason(self):
        self._create_active_card(
            "H1-LATE", self.user_agent_a, returned_on=date(2026, 4, 30)
        )
        claim = self._create_claim("H1-LATE")
        self.assertEqual(claim.claimed, 460.0)
        self._submit(claim)
        self.assertEqual(claim.state, "rejected")
        self.assertEqual(claim.approved, 0.0)
        self.assertEqual(set(claim.line_ids.reason_ids.mapped("code")), {"LATE-CARD"})
        self._assert_explained(claim)

    def test_waived_late_card_is_paid(self):
        card = self._create_active_card(
            "H1-LATE", self.user_agent_a, returned_on=date(2026, 4, 30)
        )
        card.sudo().write({"waive_reason": "Flood"})
        claim = self._submit(self._create_claim("H1-LATE"))
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)

    def test_same_work_on_the_same_day_is_a_duplicate(self):
        first = self._create_approved()
        second = self._submit(self._create_claim())
        self.assertEqual(second.state, "rejected")
        self.assertEqual(second.sudo().duplicate_id, first)
        self.assertEqual(set(second.line_ids.reason_ids.mapped("code")), {"DUP"})
        self.assertEqual(first.state, "approved")

    def test_other_work_on_the_same_day_is_no_duplicate(self):
        self._create_approved(hours=0)
        second = self._submit(self._create_claim(parts={}))
        self.assertEqual(second.state, "approved")

    def test_line_that_is_not_covered_is_rejected_the_rest_is_paid(self):
        belt = self._create_part("Belt", 10.0, self.class_wear)
        self._put_into_stock(belt, 5)
        self._receive(belt, 5)
        claim = self._submit(self._create_claim(parts={self.pump: 1, belt: 1}))
        line = claim.line_ids.filtered(lambda line: line.product_id == belt)
        self.assertEqual(line.reason_ids.mapped("code"), ["NOT-COVERED"])
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 460.0)

    def test_claim_with_nothing_covered_is_rejected(self):
        belt = self._create_part("Belt", 10.0, self.class_wear)
        self._put_into_stock(belt, 5)
        self._receive(belt, 5)
        claim = self._submit(self._create_claim(parts={belt: 1}, hours=0, travel=0))
        self.assertEqual(claim.state, "rejected")

    def test_claim_without_card_is_sent_back(self):
        repair = self._create_repair(parts={self.pump: 1})
        repair.sudo().card_id = False
        self._finish(repair)
        action = repair.action_create_claim()
        claim = self._submit(self.env["aftersales.claim"].browse(action["res_id"]))
        self.assertEqual(claim.state, "returned")
        self.assertEqual(claim.approved, 0.0)
        reasons = self._get_current(claim).mapped("reason_id.code")
        self.assertIn("NO-CARD", reasons)

    def test_returned_claim_is_filed_again_and_old_decisions_stay(self):
        rule = self._create_rule(outcome="send_back", domain='[("kind","=","travel")]')
        claim = self._submit(self._create_claim())
        self.assertEqual(claim.state, "returned")
        claim.with_user(self.user_agent_a).line_ids = [
            Command.create({"name": "Waybill", "unit_price": 12})
        ]
        rule.active = False
        self._submit(claim)
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 472.0)
        self.assertEqual(len(claim.sudo().decision_ids), 1)
        self.assertFalse(claim.sudo().decision_ids.is_current)

    def test_filed_too_late_goes_to_a_person(self):
        claim = self._create_claim()
        with freeze_time("2026-07-15 08:00:00"):
            self.assertEqual(claim.days_to_submit, 30)
            self.env.invalidate_all()
        with freeze_time("2026-07-16 08:00:00"):
            self._submit(claim)
        self.assertEqual(claim.state, "in_review")
        self.assertEqual(claim.approved, 460.0)
        self.assertEqual(
            self._get_current(claim).reason_id.mapped("code"), ["LATE-CLAIM"]
        )

    def test_high_amount_goes_to_a_person(self):
        claim = self._create_claim(parts={self.pump: 24}, hours=2.5, travel=0)
        self.assertEqual(claim.claimed, 5000.0)
        self._submit(claim)
        self.assertEqual(claim.state, "approved")
        other = self._create_claim("H1-0002", parts={self.pump: 1}, travel=3400)
        self.assertEqual(other.claimed, 5500.0)
        self._submit(other)
        self.assertEqual(other.state, "in_review")

    def test_goodwill_goes_to_a_person(self):
        claim = self._create_claim()
        claim.claim_type_id = self.env.ref(
            "aftersales_claim.aftersales_claim_type_goodwill"
        )
        self._submit(claim)
        self.assertEqual(claim.state, "in_review")

    def test_check_says_beforehand_what_filing_decides(self):
        self._create_rule(outcome="cut", cut_method="percent", cut_percent=10.0)
        claim = self._create_claim(hours=4.0).with_user(self.user_agent_a)
        with self.assertUnchanged(claim, "state", "approved", "write_date"):
            action = claim.action_check()
            self.assertEqual(action["res_id"], claim.id)
            [answer] = claim.read(
                ["predicted_outcome", "predicted_amount", "predicted_text"]
            )
        self.assertFalse(claim.sudo().decision_ids)
        self.assertEqual(answer["predicted_outcome"], "approve")
        self.assertEqual(answer["predicted_amount"], 414.0)
        self.assertIn("Hours above the flat rate", answer["predicted_text"])
        self.assertNotIn("Test rule", answer["predicted_text"])
        self._submit(claim)
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 414.0)

    def test_check_of_a_hopeless_claim_promises_nothing(self):
        self._create_active_card(
            "H1-LATE", self.user_agent_a, returned_on=date(2026, 4, 30)
        )
        claim = self._create_claim("H1-LATE")
        self.assertEqual(claim.predicted_outcome, "reject")
        self.assertEqual(claim.predicted_amount, 0.0)
        self.assertIn("Registration slip came late", claim.predicted_text)

    def test_change_of_meaning_makes_a_new_version(self):
        rule = self._create_rule(outcome="cut", cut_method="percent", cut_percent=10.0)
        rule.name = "Other name"
        self.assertEqual(rule.version, 1)
        rule.cut_percent = 20.0
        self.assertEqual(rule.version, 2)
        claim = self._submit(self._create_claim(hours=0, travel=0))
        self.assertEqual(claim.approved, 160.0)
        self.assertEqual(claim.sudo().decision_ids.rule_version, 2)

    def test_rule_out_of_its_dates_is_not_asked(self):
        self._create_rule(outcome="reject", date_to="2026-06-14")
        self._create_rule(outcome="reject", date_from="2026-06-16")
        self.assertEqual(self._submit(self._create_claim()).state, "approved")

    def test_sample_is_drawn_once_per_repair(self):
        rule = self._create_rule(scope="claim", sample_percent=50.0)
        claims = self.env["aftersales.claim"].sudo()
        for number in range(12):
            claims |= self._create_claim(f"H1-{number}", hours=0, travel=0).sudo()
        drawn = rule.sudo()._filter_hit(claims)
        self.assertEqual(rule.sudo()._filter_hit(claims), drawn)
        self.assertTrue(drawn)
        self.assertLess(len(drawn), 12)
        rule.sample_percent = 0
        self.assertFalse(rule.sudo()._filter_hit(claims))
        rule.sample_percent = 100
        self.assertEqual(rule.sudo()._filter_hit(claims), claims)

    def test_invalid_condition_is_refused(self):
        for domain in ("[('nothing_like_it', '=', 1)]", "__import__('os')", "[("):
            with self.assertRaisesRegex(ValidationError, "condition is not valid"):
                self._create_rule(domain=domain)

    def test_accountant_adjusts_with_a_reason(self):
        self._create_rule(outcome="review", domain='[("kind", "=", "part")]')
        claim = self._submit(self._create_claim(hours=4.0))
        self.assertEqual(claim.state, "in_review")
        claim = claim.with_user(self.user_accountant)
        part = claim.line_ids.filtered(lambda line: line.kind == "part")
        labour = claim.line_ids.filtered(lambda line: line.kind == "labour")
        for line, amount in ((part, 150.0), (labour, 320.0)):
            action = line.action_adjust()
            self.env["aftersales.claim.adjust"].with_user(
                self.user_accountant
            ).with_context(**action["context"]).create(
                {"approved": amount, "reason_id": self.reason.id}
            ).action_apply()
        claim.action_approve()
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.approved, 530.0)
        manual = claim.decision_ids.filtered(lambda d: d.outcome == "manual")
        self.assertEqual(sorted(manual.mapped("amount")), [-120.0, 50.0])
        self.assertEqual(manual.user_id, self.user_accountant)
        self._assert_explained(claim)

    def test_adjustment_stays_within_the_claim(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim())
        line = claim.line_ids[0].with_user(self.user_accountant)
        for amount in (-0.01, 200.01):
            with self.assertRaisesRegex(UserError, "must lie between 0 and"):
                line._adjust(amount, self.reason, False)
        self.assertEqual(line.approved, 200.0)

    def test_adjustment_needs_the_role_and_the_review(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim())
        line = claim.line_ids[0]
        for user in (self.user_manager_a, self.user_support, self.user_inspector):
            with self.assertRaises(AccessError):
                line.with_user(user)._adjust(1.0, self.reason, False)
        claim.with_user(self.user_accountant).action_approve()
        with self.assertRaisesRegex(UserError, "is in state “Approved”"):
            line.with_user(self.user_accountant)._adjust(1.0, self.reason, False)
        self.assertEqual(claim.approved, 460.0)

    def test_accountant_writes_no_amount_past_the_log(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim()).with_user(self.user_accountant)
        with self.assertRaisesRegex(UserError, "is filed"):
            claim.line_ids[0].approved = 1.0
        with self.assertRaises(AccessError):
            claim.approved = 1.0
        with self.assertRaises(AccessError):
            claim.decision_ids.amount = 1.0
        self.assertEqual(claim.approved, 460.0)

    def test_unexplained_cut_is_refused(self):
        claim = self._create_approved().sudo()
        claim.line_ids[0].approved = 1.0
        with self.assertRaisesRegex(ValidationError, "without a decision"):
            claim._check_explained()

    def _decide(self, claim, outcome):
        claim = claim.with_user(self.user_accountant)
        action = getattr(claim, f"action_{outcome}")()
        self.env["aftersales.claim.decide"].with_user(
            self.user_accountant
        ).with_context(**action["context"]).create(
            {"reason_id": self.reason.id, "note": "Seen on the photo"}
        ).action_apply()

    def test_accountant_rejects_and_the_log_says_why(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim())
        self._decide(claim, "reject")
        self.assertEqual(claim.state, "rejected")
        self.assertEqual(claim.approved, 0.0)
        self._assert_explained(claim)

    def test_accountant_sends_back(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim())
        self._decide(claim, "send_back")
        self.assertEqual(claim.state, "returned")
        self.assertTrue(claim.with_user(self.user_manager_a).can_submit)

    def test_rejected_claim_is_reopened_on_appeal(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim())
        self._decide(claim, "reject")
        self._decide(claim, "reopen")
        self.assertEqual(claim.state, "in_review")
        line = claim.line_ids.filtered(lambda line: line.kind == "part")
        line.with_user(self.user_accountant)._adjust(200.0, self.reason, "Appeal")
        claim.with_user(self.user_accountant).action_approve()
        self.assertEqual(claim.approved, 200.0)
        self._assert_explained(claim)

    def test_dealer_cannot_decide(self):
        self._create_rule(outcome="review")
        claim = self._submit(self._create_claim()).with_user(self.user_manager_a)
        for step in ("approve", "reject", "send_back", "adjudicate"):
            with self.assertRaises(AccessError, msg=step):
                getattr(claim, f"action_{step}")()
        with self.assertRaises(AccessError):
            claim._decide_by_hand("reject", self.reason, False)
        self.assertEqual(claim.state, "in_review")

    def test_approved_claim_is_not_approved_again(self):
        claim = self._create_approved().with_user(self.user_accountant)
        with self.assertRaisesRegex(UserError, "is in state “Approved”"):
            claim.action_approve()
