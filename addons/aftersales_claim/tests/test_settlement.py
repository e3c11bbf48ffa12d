from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestSettlement(ClaimCommon):
    def test_run_gathers_the_approved_claims_of_each_dealer(self):
        first = self._create_approved("H1-0001")
        second = self._create_approved("H1-0002", parts={self.pump: 2})
        draft = self._create_claim("H1-0003")
        settlement = self._run_settlement()
        self.assertRecordValues(
            settlement,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "state": "draft",
                    "claim_count": 2,
                    "amount_untaxed": 1120.0,
                    "amount_tax": 145.6,
                    "amount_total": 1265.6,
                }
            ],
        )
        self.assertEqual(settlement.claim_ids, first | second)
        self.assertFalse(draft.settlement_id)
        amounts = {line.kind: line.amount for line in settlement.line_ids}
        self.assertEqual(amounts, {"part": 600.0, "labour": 400.0, "travel": 120.0})

    def test_each_dealer_gets_his_own_notice(self):
        self._create_approved("H1-0001")
        repair = self._create_finished("H1-0002")
        # a repair of the other dealer
        repair.sudo().dealer_id = self.dealer_b
        action = repair.with_user(self.user_support).action_create_claim()
        claim_b = self.env["aftersales.claim"].browse(action["res_id"])
        claim_b.with_user(self.user_manager_b).action_submit()
        settlements = self._run_settlement()
        self.assertEqual(settlements.dealer_id, self.dealer_a | self.dealer_b)
        settlements.action_notify()
        for user, dealer in (
            (self.user_manager_a, self.dealer_a),
            (self.user_manager_b, self.dealer_b),
        ):
            seen = self.env["aftersales.settlement"].with_user(user).search([])
            self.assertEqual(seen.sudo().dealer_id, dealer)

    def test_second_run_finds_nothing_and_changes_nothing(self):
        self._create_approved()
        settlement = self._run_settlement()
        lines = settlement.line_ids
        with self.assertRaisesRegex(UserError, "no approved claim left"):
            self._run_settlement()
        self.assertEqual(settlement.line_ids, lines)
        self.assertEqual(settlement.amount_untaxed, 460.0)

    def test_later_claims_join_the_draft(self):
        self._create_approved("H1-0001")
        settlement = self._run_settlement()
        self._create_approved("H1-0002")
        self.assertEqual(self._run_settlement(), settlement)
        self.assertEqual(settlement.amount_untaxed, 920.0)
        self.assertEqual(settlement.claim_count, 2)

    def test_later_claims_wait_once_the_notice_is_out(self):
        self._create_approved("H1-0001")
        settlement = self._run_settlement()
        settlement.action_notify()
        late = self._create_approved("H1-0002")
        with self.assertRaisesRegex(UserError, "no approved claim left"):
            self._run_settlement()
        self.assertFalse(late.settlement_id)
        self.assertEqual(settlement.amount_untaxed, 460.0)

    def test_only_the_chosen_dealers_are_settled(self):
        self._create_approved()
        with self.assertRaisesRegex(UserError, "no approved claim left"):
            self._run_settlement(dealers=self.dealer_b)

    def test_claims_decided_after_the_period_wait(self):
        claim = self._create_approved()
        claim.sudo().decided_on = "2026-07-01"
        with self.assertRaisesRegex(UserError, "no approved claim left"):
            self._run_settlement()
        self.assertFalse(claim.settlement_id)

    def test_deductions_are_three_kinds_and_signed(self):
        self._create_approved()
        settlement = self._run_settlement()
        for kind, amount in (
            ("old_part", -50.0),
            ("appraisal", -20.0),
            ("administrative", -30.0),
            ("reward", 15.5),
        ):
            self._adjust(settlement, kind, amount)
        # taxed: 460 − 50 − 20 + 15.50 = 405.50; fines are untaxed
        self.assertEqual(settlement.amount_untaxed, 375.5)
        self.assertEqual(settlement.amount_tax, 52.72)
        self.assertEqual(settlement.amount_total, 428.22)
        for kind, amount in (("old_part", 1.0), ("reward", -1.0), ("reward", 0.0)):
            with self.assertRaisesRegex(ValidationError, "reward as a positive"):
                self._adjust(settlement, kind, amount)
        self.assertEqual(settlement.amount_untaxed, 375.5)

    def test_claim_amounts_are_not_edited_on_the_settlement(self):
        self._create_approved()
        settlement = self._run_settlement()
        line = settlement.line_ids[0]
        with self.assertRaisesRegex(UserError, "changed by changing the claims"):
            line.amount = 1.0
        with self.assertRaisesRegex(UserError, "changed by changing the claims"):
            line.unlink()
        with self.assertRaisesRegex(AccessError, "come from the claims"):
            self._adjust(settlement, "part", 10.0)
        with self.assertRaises(AccessError):
            settlement.amount_total = 1.0
        self.assertEqual(settlement.amount_untaxed, 460.0)

    def test_sent_notice_takes_no_deduction(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        with self.assertRaisesRegex(UserError, "can no longer be edited"):
            self._adjust(settlement, "administrative", -1.0)
        self.assertEqual(settlement.amount_untaxed, 460.0)

    def test_notice_in_the_companys_favour_is_not_sent(self):
        self._create_approved()
        settlement = self._run_settlement()
        self._adjust(settlement, "administrative", -600.0)
        with self.assertRaisesRegex(UserError, "dealer's favour"):
            settlement.action_notify()
        self.assertEqual(settlement.state, "draft")

    def test_dealers_manager_confirms_with_name_and_time(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        seen = settlement.with_user(self.user_manager_a)
        self.assertTrue(seen.can_confirm)
        seen.action_confirm()
        self.assertRecordValues(
            settlement,
            [{"state": "confirmed", "confirmed_by_id": self.user_manager_a.id}],
        )
        self.assertEqual(str(settlement.confirmed_on), "2026-06-15 08:00:00")

    def test_nobody_else_confirms(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        for user in (
            self.user_agent_a,
            self.user_manager_b,
            self.user_accountant,
            self.user_manager,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                settlement.with_user(user).action_confirm()
        self.assertEqual(settlement.state, "notified")

    def test_dealer_does_not_see_a_draft(self):
        self._create_approved()
        settlement = self._run_settlement()
        with self.assertRaises(AccessError):
            settlement.with_user(self.user_manager_a).read(["amount_total"])

    def _dispute(self, settlement, **vals):
        self.env["aftersales.settlement.dispute"].with_user(self.user_manager_a).create(
            {"settlement_id": settlement.id, "reason": "Hours are wrong", **vals}
        ).action_apply()

    def test_disputed_claim_leaves_and_the_rest_goes_on(self):
        first = self._create_approved("H1-0001")
        second = self._create_approved("H1-0002", parts={self.pump: 2})
        settlement = self._run_settlement()
        self._adjust(settlement, "administrative", -10.0)
        settlement.action_notify()
        self._dispute(settlement, claim_ids=[Command.set(first.ids)])
        self.assertEqual(first.state, "in_review")
        self.assertFalse(first.settlement_id)
        self.assertEqual(settlement.state, "notified")
        self.assertEqual(settlement.claim_ids, second)
        # 660 − 10; tax on 660
        self.assertEqual(settlement.amount_untaxed, 650.0)
        self.assertEqual(settlement.amount_tax, 85.8)
        settlement.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(settlement.state, "confirmed")

    def test_disputed_claim_is_decided_again_and_settled_later(self):
        claim = self._create_approved("H1-0001", hours=4.0)
        self._create_approved("H1-0002")
        settlement = self._run_settlement()
        settlement.action_notify()
        self._dispute(settlement, claim_ids=[Command.set(claim.ids)])
        line = claim.line_ids.filtered(lambda line: line.kind == "labour")
        line.with_user(self.user_accountant)._adjust(320.0, self.reason, "Accepted")
        claim.with_user(self.user_accountant).action_approve()
        self.assertEqual(claim.approved, 580.0)
        wizard = (
            self.env["aftersales.settlement.run"]
            .with_user(self.user_accountant)
            .create({"date_from": "2026-07-01", "date_to": "2026-07-31"})
        )
        wizard.action_run()
        self.assertNotEqual(claim.settlement_id, settlement)
        self.assertEqual(claim.settlement_id.amount_untaxed, 580.0)

    def test_notice_disputed_as_a_whole_is_answered_and_sent_again(self):
        self._create_approved()
        settlement = self._run_settlement()
        fine = self._adjust(settlement, "administrative", -100.0)
        settlement.action_notify()
        self._dispute(settlement, scope="whole")
        self.assertEqual(settlement.state, "disputed")
        fine.amount = -40.0
        settlement.action_notify()
        self.assertEqual(settlement.state, "notified")
        self.assertEqual(settlement.amount_untaxed, 420.0)

    def test_empty_dispute_is_refused(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        with self.assertRaisesRegex(UserError, "Choose the claims"):
            self._dispute(settlement)

    def test_foreign_claim_is_not_disputed_here(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        other = self._create_approved("H1-0002")
        with self.assertRaisesRegex(UserError, "is not part of"):
            settlement.with_user(self.user_manager_a)._dispute_claim(other, "No")
        self.assertEqual(other.state, "approved")

    def test_all_claims_disputed_leaves_nothing_to_confirm(self):
        claim = self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        self._dispute(settlement, claim_ids=[Command.set(claim.ids)])
        self.assertEqual(settlement.amount_total, 0.0)
        with self.assertRaisesRegex(UserError, "dealer's favour"):
            settlement.with_user(self.user_manager_a).action_confirm()

    def test_confirmed_notice_is_withdrawn_and_claims_stay(self):
        settlement = self._create_confirmed()
        settlement.action_withdraw()
        self.assertEqual(settlement.state, "draft")
        self.assertFalse(settlement.confirmed_by_id)
        self.assertEqual(settlement.claim_count, 1)

    def test_deleted_draft_frees_its_claims(self):
        claim = self._create_approved()
        self._run_settlement().unlink()
        self.assertFalse(claim.settlement_id)
        self.assertEqual(self._run_settlement().claim_ids, claim)

    def test_settled_claim_is_not_reopened(self):
        claim = self._create_approved()
        self._run_settlement()
        with self.assertRaisesRegex(UserError, "is part of settlement"):
            claim.with_user(self.user_accountant).action_reopen()
        self.assertEqual(claim.state, "approved")

    def test_tax_included_in_the_price_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "comes on top|come on top"):
            self.bookings[0].tax_ids = self.tax.copy(
                {"price_include_override": "tax_included", "name": "Included"}
            )

    def test_missing_booking_says_where_to_create_it(self):
        self._create_approved()
        self.bookings.filtered(lambda booking: booking.kind == "travel").unlink()
        with self.assertRaisesRegex(UserError, "Claim Bookings"):
            self._run_settlement()

    def test_claim_type_may_have_its_own_booking(self):
        product = self.bookings[0].product_id.copy()
        claim_type = self.env.ref("aftersales_claim.aftersales_claim_type_normal")
        claim_type.booking_ids = [
            Command.create(
                {"kind": "labour", "product_id": product.id, "is_taxed": False}
            )
        ]
        self._create_approved()
        settlement = self._run_settlement()
        labour = settlement.line_ids.filtered(lambda line: line.kind == "labour")
        self.assertEqual(labour.product_id, product)
        self.assertFalse(labour.tax_ids)
        # 13 % of 260
        self.assertEqual(settlement.amount_tax, 33.8)

    def test_only_the_accountant_runs_settlements(self):
        self._create_approved()
        for user in (self.user_manager_a, self.user_support, self.user_inspector):
            with self.assertRaises(AccessError, msg=user.login):
                self._run_settlement(user)
        self.assertFalse(self.env["aftersales.settlement"].search([]))
