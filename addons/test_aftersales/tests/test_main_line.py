from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StoryCommon


@tagged("post_install", "-at_install")
class TestMainLine(StoryCommon):
    """From the warranty card to money off the dealer's invoices, to the cent."""

    def test_a_repair_is_paid_back_against_the_oldest_invoices(self):
        card = self._register_card()
        self.assertEqual((card.state, card.registration), ("active", "on_time"))
        self.assertTrue(card.reimbursable)

        case = self._take_call()
        self.assertEqual(case.card_id, card)
        self.assertEqual(case.verdict, "covered")
        self.assertEqual(case.product_id, self.machine)

        before = self._get_on_hand(self.pump, self.place_a)
        value = self._get_stock_value(self.pump)
        repair = self._repair(self._dispatch(case))
        self.assertEqual(repair.state, "done")
        self.assertEqual(case.dispatch_ids.state, "done")
        self.assertTrue(case.resolved_at)
        self.assertEqual(card.usage, 320.0)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), before - 2)
        self.assertEqual(self._get_stock_value(self.pump), value)

        box = self._send_old_parts(repair)
        self.assertEqual(box.state, "received")
        claim = self._file_claim(repair)
        self.assertEqual(claim.state, "in_review", "it waits for its old parts")
        self._inspect(repair.old_part_ids)
        self.assertRecordValues(
            claim.line_ids.sorted("kind"),
            [
                {"kind": "labour", "claimed": 200.0, "approved": 200.0},
                {"kind": "part", "claimed": 400.0, "approved": 400.0},
                {"kind": "travel", "claimed": 56.25, "approved": 56.25},
            ],
        )
        self.assertEqual(claim.state, "approved")

        settlement = self._settle()
        self.assertRecordValues(
            settlement,
            [
                {
                    "state": "notified",
                    "amount_untaxed": 656.25,
                    "amount_tax": 85.31,
                    "amount_total": 741.56,
                }
            ],
        )
        settlement.with_user(self.user_manager_a).action_confirm()
        settlement.action_offset()
        self.assertEqual(settlement.state, "offset")
        self.assertEqual(claim.state, "settled")
        self.assertRecordValues(
            settlement.sudo().move_id,
            [
                {
                    "move_type": "out_refund",
                    "state": "posted",
                    "partner_id": self.dealer_a.partner_id.id,
                    "amount_untaxed": 656.25,
                    "amount_tax": 85.31,
                    "amount_total": 741.56,
                    "amount_residual": 0.0,
                }
            ],
        )
        self.assertEqual(self.invoice_old.amount_residual, 0.0)
        self.assertEqual(self.invoice_new.amount_residual, 953.44)
        self.assertRecordValues(
            settlement.offset_ids.sorted("amount"),
            [
                {"invoice_name": self.invoice_new.name, "amount": 176.56},
                {"invoice_name": self.invoice_old.name, "amount": 565.0},
            ],
        )

    def test_a_pump_that_the_dealer_broke_is_not_paid(self):
        self._register_card()
        repair = self._repair(self._dispatch(self._take_call()))
        self._send_old_parts(repair)
        claim = self._file_claim(repair)
        self._inspect(repair.old_part_ids[0], "dealer")
        self._inspect(repair.old_part_ids[1])
        # one of two pumps: 200.00 taken off, and a rule answers for it
        self.assertRecordValues(
            claim, [{"claimed": 656.25, "approved": 456.25, "cut": 200.0}]
        )
        decisions = claim.sudo().decision_ids.filtered("amount")
        self.assertEqual(
            decisions.rule_id,
            self.env.ref("aftersales_claim.aftersales_claim_rule_old_part_partly"),
        )

    def test_a_late_slip_costs_the_dealer_and_not_the_customer(self):
        card = self._create_active_card("H1-STORY", returned_on=date(2026, 3, 22))
        self.assertEqual((card.registration, card.reimbursable), ("late", False))
        case = self._take_call()
        self.assertEqual(case.verdict, "covered")
        repair = self._repair(self._dispatch(case))
        self.assertTrue(all(repair.move_ids.mapped("covered")))
        claim = self._file_claim(repair)
        self.assertRecordValues(claim, [{"state": "rejected", "approved": 0.0}])

    def test_nothing_of_it_is_paid_twice(self):
        self._register_card()
        repair = self._repair(self._dispatch(self._take_call()))
        self._send_old_parts(repair)
        self._file_claim(repair)
        self._inspect(repair.old_part_ids)
        settlement = self._settle()
        settlement.with_user(self.user_manager_a).action_confirm()
        settlement.action_offset()
        for second_press in (
            settlement.action_offset,
            repair.with_user(self.user_agent_a).action_create_claim,
            repair.action_finish,
            self._settle,
        ):
            with self.assertRaises(UserError):
                second_press()
        self.assertEqual(len(settlement.sudo().move_ids), 1)
        self.assertEqual(len(repair.claim_ids), 1)
        self.assertEqual(len(repair.old_part_ids), 2)

    def test_the_other_dealer_sees_nothing_of_it(self):
        card = self._register_card()
        case = self._take_call()
        repair = self._repair(self._dispatch(case))
        box = self._send_old_parts(repair)
        claim = self._file_claim(repair)
        self._inspect(repair.old_part_ids)
        settlement = self._settle()
        for records in (
            card,
            case,
            case.dispatch_ids,
            repair,
            repair.labour_ids,
            repair.old_part_ids,
            box,
            claim,
            claim.line_ids,
            settlement,
        ):
            stranger = records.with_user(self.user_manager_b)
            self.assertFalse(stranger.search([("id", "in", records.ids)]), records)
            with self.assertRaises(AccessError):
                stranger.read(["display_name"])
