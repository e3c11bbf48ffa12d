from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import ClaimCommon

DECISION = {"finding": "Looked at", "cause": "manufacturing", "disposition": "scrap"}


@tagged("post_install", "-at_install")
class TestOldPartCharge(ClaimCommon):
    """Old parts of June 15th are due on June 30th; the policy begins 14 days later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_main.return_old_part = True
        cls.policy = cls.env.ref("aftersales_claim.aftersales_old_part_policy_all")
        cls.charges = cls.env["aftersales.old.part.charge"]

    def _create_paid(self, serial="H1-0001"):
        """A claim whose part was paid although its old part is still at the dealer's:
        the accountant granted 190 of 200 by hand."""
        claim = self._submit(self._create_claim(serial))
        line = claim.line_ids.filtered(lambda one: one.kind == "part")
        line.with_user(self.user_accountant)._adjust(190.0, self.reason, False)
        claim.with_user(self.user_accountant).action_approve()
        return claim, claim.sudo().repair_id.old_part_ids

    def _inspect(self, tags, responsibility):
        tags = tags.with_user(self.user_inspector)
        tags.filtered(lambda tag: tag.state == "recovered").action_receive()
        tags._inspect({**DECISION, "responsibility": responsibility})

    def _settle(self, month="06-30"):
        """The settlement of everything approved until the end of the month."""
        wizard = self.env["aftersales.settlement.run"].with_user(self.user_accountant)
        run = wizard.create({"date_from": "2026-06-01", "date_to": f"2026-{month}"})
        return self.env["aftersales.settlement"].search(run.action_run()["domain"])

    def _charge_overdue(self, day="2026-07-15 08:00:00"):
        with freeze_time(day):
            self.charges._cron_charge_overdue()
        return self.charges.search([("dealer_id", "=", self.dealer_a.id)])

    # BLOCK

    def test_new_claim_is_sent_back_once_the_grace_is_over(self):
        self._create_finished("H1-0001")
        for day, state in (("2026-07-14", "in_review"), ("2026-07-15", "returned")):
            with self.subTest(day=day), freeze_time(f"{day} 08:00:00"):
                claim = self._submit(self._create_claim(f"H1-{day}"))
                self.assertEqual(claim.state, state)
        reasons = claim.sudo().decision_ids.mapped("reason_id.code")
        self.assertIn("OLD-PART-OVERDUE", reasons)

    def test_dealer_reads_it_before_he_files(self):
        self._create_finished("H1-0001")
        with freeze_time("2026-07-20 08:00:00"):
            claim = self._create_claim("H1-0002")
            self.assertEqual(claim.predicted_outcome, "send_back")
            self.assertIn("Old parts overdue", claim.predicted_text)

    def test_sent_parts_and_the_other_dealer_are_not_blocked(self):
        repair = self._create_finished("H1-0001")
        repair.sudo().old_part_ids.with_user(self.user_keeper).action_receive()
        with freeze_time("2026-07-20 08:00:00"):
            claim = self._create_claim("H1-0002")
            self.assertFalse(claim.sudo().is_old_part_overdue)

    def test_charging_policy_blocks_nothing(self):
        self._create_finished("H1-0001")
        self.policy.action = "charge"
        with freeze_time("2026-07-20 08:00:00"):
            self.assertFalse(self._create_claim("H1-0002").sudo().is_old_part_overdue)

    # CHARGE

    def test_blocking_policy_charges_nothing(self):
        self._create_paid()
        self.assertFalse(self._charge_overdue())

    def test_overdue_part_is_charged_once_with_its_penalty(self):
        self.policy.write({"action": "charge", "penalty_percent": 10})
        self._create_paid()
        self.assertFalse(self._charge_overdue("2026-07-14 08:00:00"))
        charge = self._charge_overdue()
        self.assertRecordValues(
            charge,
            [{"kind": "overdue", "paid": 190, "penalty": 20, "amount": -210}],
        )
        self.assertEqual(self._charge_overdue("2026-08-15 08:00:00"), charge)

    def test_unpaid_part_costs_the_penalty_only(self):
        self.policy.write({"action": "charge", "penalty_percent": 10})
        self._create_finished("H1-0001")
        self.assertRecordValues(self._charge_overdue(), [{"paid": 0, "amount": -20}])

    def test_charge_is_in_one_settlement_however_often_it_is_run(self):
        self.policy.action = "charge"
        _claim, tag = self._create_paid()
        with freeze_time("2026-07-15 08:00:00"):
            settlement = self._settle()
            self.env["aftersales.settlement"].sudo()._take_charges()
            settlement.sudo()._take_charges()
        deduction = settlement.line_ids.filtered(lambda one: one.kind == "old_part")
        self.assertRecordValues(
            deduction, [{"amount": -190, "settlement_id": settlement.id}]
        )
        self.assertEqual(tag.charge_ids.settlement_id, settlement)
        # part 190 + labour 200 + travel 60, less the 190
        self.assertEqual(sum(settlement.line_ids.mapped("amount")), 260)

    def test_charge_above_what_is_left_waits_for_the_next_settlement(self):
        self.policy.write({"action": "charge", "penalty_percent": 100})
        tags = self._create_finished("H1-0001", parts={self.pump: 3}).sudo()
        with freeze_time("2026-07-15 08:00:00"):
            self._create_paid("H1-0002")
            settlement = self._settle("07-31")
        # 450 to pay: two of the three penalties of 200 find room
        deductions = settlement.line_ids.filtered(lambda one: one.kind == "old_part")
        self.assertEqual(deductions.mapped("amount"), [-200, -200])
        waiting = tags.old_part_ids.charge_ids.filtered(
            lambda one: not one.settlement_line_id
        )
        self.assertEqual(len(waiting), 1)

    def test_withdrawn_draft_gives_the_charge_to_the_next_run(self):
        self.policy.action = "charge"
        _claim, tag = self._create_paid()
        with freeze_time("2026-07-15 08:00:00"):
            self._settle().unlink()
            self.assertFalse(tag.charge_ids.settlement_line_id)
            settlement = self._settle()
        self.assertEqual(tag.charge_ids.settlement_id, settlement)

    # LATE FINDING

    def _create_settled(self):
        claim, tag = self._create_paid()
        settlement = self._settle()
        settlement.action_notify()
        settlement.with_user(self.user_manager_a).action_confirm()
        settlement.action_offset()
        self.assertEqual(claim.state, "settled")
        return claim, tag

    def test_refusal_after_the_payment_is_charged_back_once(self):
        claim, tag = self._create_settled()
        self._inspect(tag, "dealer")
        self.assertRecordValues(
            tag.charge_ids, [{"kind": "refused", "paid": 190, "amount": -190}]
        )
        self.assertEqual(claim.state, "settled")
        self.assertEqual(claim.approved, 450)

    def test_payable_after_the_payment_changes_nothing(self):
        _claim, tag = self._create_settled()
        self._inspect(tag, "supplier")
        self.assertFalse(tag.charge_ids)

    def test_overdue_charge_and_refusal_take_the_money_once(self):
        self.policy.action = "charge"
        _claim, tag = self._create_settled()
        self._charge_overdue()
        self._inspect(tag, "dealer")
        self.assertRecordValues(tag.charge_ids, [{"kind": "overdue", "amount": -190}])

    def test_open_charge_is_dropped_when_the_part_is_payable(self):
        self.policy.action = "charge"
        _claim, tag = self._create_settled()
        self._charge_overdue()
        self._inspect(tag, "company")
        self.assertRecordValues(tag.charge_ids, [{"dropped": True}])
        self.assertEqual(tag._get_charged(), 0)

    def test_settled_charge_is_given_back_when_the_part_is_payable(self):
        self.policy.action = "charge"
        _claim, tag = self._create_settled()
        with freeze_time("2026-07-15 08:00:00"):
            self._create_paid("H1-0003")
            self._settle("07-31")
            self.assertTrue(tag.charge_ids.settlement_line_id)
            self._inspect(tag, "company")
        back = tag.charge_ids.filtered(lambda one: one.kind == "returned")
        self.assertRecordValues(back, [{"amount": 190, "dropped": False}])
        self.assertEqual(tag._get_charged(), 0)

    # FENCE

    def test_charges_are_read_by_their_dealer_and_written_by_nobody(self):
        self.policy.action = "charge"
        self._create_paid()
        charge = self._charge_overdue()
        own = self.charges.with_user(self.user_agent_a)
        self.assertEqual(own.search([]), charge)
        self.assertFalse(self.charges.with_user(self.user_manager_b).search([]))
        with self.assertRaises(AccessError):
            charge.with_user(self.user_manager_b).read(["amount"])
        for user in (self.user_manager_a, self.user_accountant, self.user_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                charge.with_user(user).write({"paid": 0})
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user_accountant).write({"grace_days": 99})
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user_manager_a).read(["grace_days"])
