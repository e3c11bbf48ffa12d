from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestSettlementOffset(ClaimCommon):
    """One approved claim over 460.00, with 13 % tax 519.80."""

    def _get_residuals(self, *invoices):
        return [invoice.amount_residual for invoice in invoices]

    def test_credit_note_equals_the_notice_to_the_cent(self):
        claim = self._create_approved()
        settlement = self._create_confirmed(claim)
        settlement.action_offset()
        self.assertEqual(settlement.state, "offset")
        self.assertEqual(claim.state, "settled")
        move = settlement.move_id
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "out_refund",
                    "state": "posted",
                    "partner_id": self.dealer_a.partner_id.id,
                    "amount_untaxed": 460.0,
                    "amount_tax": 59.8,
                    "amount_total": 519.8,
                    "ref": settlement.name,
                    "invoice_date": settlement.offset_on,
                }
            ],
        )
        self.assertEqual(settlement.credit_note_name, move.name)
        amounts = {
            line.settlement_line_id.kind: line.price_subtotal
            for line in move.invoice_line_ids
        }
        self.assertEqual(amounts, {"part": 200.0, "labour": 200.0, "travel": 60.0})
        self.assertEqual(move.invoice_line_ids.aftersales_claim_ids, claim)
        self.assertEqual(move.invoice_line_ids.tax_ids, self.tax)

    def test_rounding_of_many_positions(self):
        self.grade.write({"labour_rate": 33.33, "travel_rate": 1.11})
        claims = self.env["aftersales.claim"]
        for number in range(3):
            claims |= self._create_approved(f"H1-{number}", hours=1.23, travel=7.7)
        # per claim: 200.00; 1.23 × 33.33 = 40.9959 → 41.00; 7.7 × 1.11 = 8.547 → 8.55
        self.assertEqual(claims.mapped("claimed"), [249.55] * 3)
        settlement = self._create_confirmed(claims)
        # 600.00, 123.00 and 25.65; tax 78.00 + 15.99 + 3.3345 → 97.32
        self.assertEqual(settlement.amount_untaxed, 748.65)
        settlement.action_offset()
        move = settlement.move_id
        self.assertEqual(move.amount_untaxed, settlement.amount_untaxed)
        self.assertEqual(move.amount_tax, settlement.amount_tax)
        self.assertEqual(settlement.amount_tax, 97.32)
        self.assertEqual(move.amount_total, 845.97)

    def _offset_with_method(self, method):
        """200.00, 33.35 and 1.12 with tax 26.00, 4.3355 and 0.1456."""
        self.company.tax_calculation_rounding_method = method
        self.grade.write({"labour_rate": 33.35, "travel_rate": 1.12})
        self._create_approved(hours=1.0, travel=1.0)
        settlement = self._create_confirmed(True)
        settlement.action_offset()
        self.assertEqual(settlement.move_id.amount_tax, settlement.amount_tax)
        self.assertEqual(settlement.move_id.amount_total, settlement.amount_total)
        return settlement.amount_tax

    def test_tax_rounded_per_line_if_the_company_does(self):
        self.assertEqual(self._offset_with_method("round_per_line"), 30.49)

    def test_tax_rounded_globally_if_the_company_does(self):
        self.assertEqual(self._offset_with_method("round_globally"), 30.48)

    def test_oldest_invoice_first_by_due_date_then_number(self):
        newer = self._create_invoice(300.0, "2026-03-31")
        first = self._create_invoice(100.0, "2026-02-28")
        second = self._create_invoice(300.0, "2026-02-28")
        third = self._create_invoice(50.0, "2026-02-28")
        settlement = self._create_confirmed()
        settlement.action_offset()
        # 519.80 = 100 + 300 + 50 + 69.80
        self.assertEqual(
            self._get_residuals(first, second, third, newer), [0.0, 0.0, 0.0, 230.2]
        )
        self.assertEqual(
            settlement.offset_ids.mapped(lambda o: (o.invoice_name, o.amount)),
            [
                (first.name, 100.0),
                (second.name, 300.0),
                (third.name, 50.0),
                (newer.name, 69.8),
            ],
        )
        self.assertEqual(settlement.amount_offset, 519.8)
        self.assertEqual(settlement.amount_open, 0.0)
        self.assertEqual(settlement.move_id.amount_residual, 0.0)

    def test_same_due_date_follows_the_number_not_the_amount(self):
        first = self._create_invoice(500.0, "2026-02-28")
        second = self._create_invoice(30.0, "2026-02-28")
        self._create_confirmed().action_offset()
        self.assertEqual(self._get_residuals(first, second), [0.0, 10.2])

    def test_part_of_one_invoice(self):
        invoice = self._create_invoice(1000.0, "2026-02-28")
        settlement = self._create_confirmed()
        settlement.action_offset()
        self.assertEqual(invoice.amount_residual, 480.2)
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(settlement.offset_ids.amount, 519.8)

    def test_more_credit_than_invoices_stays_open(self):
        invoice = self._create_invoice(100.0, "2026-02-28")
        settlement = self._create_confirmed()
        settlement.action_offset()
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(settlement.amount_offset, 100.0)
        self.assertEqual(settlement.amount_open, 419.8)
        self.assertEqual(settlement.move_id.amount_residual, 419.8)

    def test_without_invoices_all_stays_open(self):
        settlement = self._create_confirmed()
        settlement.action_offset()
        self.assertFalse(settlement.offset_ids)
        self.assertEqual(settlement.amount_open, 519.8)

    def test_drafts_and_other_partners_are_left_alone(self):
        draft = self._create_invoice(100.0, "2026-01-31", post=False)
        foreign = self._create_invoice(100.0, "2026-01-31", dealer=self.dealer_b)
        other_currency = self.env.ref("base.EUR")
        if other_currency == self.company.currency_id:
            other_currency = self.env.ref("base.USD")
        other_currency.active = True
        abroad = self._create_invoice(
            100.0, "2026-01-31", currency_id=other_currency.id
        )
        settlement = self._create_confirmed()
        settlement.action_offset()
        self.assertFalse(settlement.offset_ids)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(self._get_residuals(draft, foreign, abroad), [100.0] * 3)

    def test_invoices_of_a_branch_are_the_dealers(self):
        branch = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.dealer_a.partner_id.id}
        )
        invoice = self._create_invoice(100.0, "2026-01-31", partner_id=branch.id)
        self._create_confirmed().action_offset()
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_many_settlements_at_one_go(self):
        invoice = self._create_invoice(600.0, "2026-01-31")
        first = self._create_confirmed(self._create_approved("H1-0001"))
        self._create_approved("H1-0002")
        wizard = (
            self.env["aftersales.settlement.run"]
            .with_user(self.user_accountant)
            .create({"date_from": "2026-07-01", "date_to": "2026-07-31"})
        )
        second = first.browse(
            self.env["aftersales.settlement"].search(wizard.action_run()["domain"]).ids
        )
        second.action_notify()
        second.with_user(self.user_manager_a).action_confirm()
        (first | second).action_offset()
        self.assertEqual(len((first | second).move_id), 2)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(first.amount_offset, 519.8)
        self.assertEqual(second.amount_offset, 80.2)
        self.assertEqual(second.amount_open, 439.6)

    def test_second_press_is_refused_and_books_nothing(self):
        settlement = self._create_confirmed()
        settlement.action_offset()
        move = settlement.move_id
        with self.assertRaisesRegex(UserError, "is in state “Offset”"):
            settlement.action_offset()
        self.assertEqual(settlement.move_ids, move)

    def test_unconfirmed_notice_is_not_booked(self):
        self._create_approved()
        settlement = self._run_settlement()
        settlement.action_notify()
        with self.assertRaisesRegex(UserError, "is in state “Notified”"):
            settlement.action_offset()
        self.assertFalse(settlement.move_ids)

    def test_only_the_accountant_offsets(self):
        settlement = self._create_confirmed()
        for user in (self.user_manager_a, self.user_support, self.user_quality):
            with self.assertRaises(AccessError, msg=user.login):
                settlement.with_user(user).action_offset()
        self.assertEqual(settlement.state, "confirmed")
        self.assertFalse(settlement.move_ids)

    def test_tax_changed_since_the_notice_books_nothing(self):
        settlement = self._create_confirmed()
        self.tax.amount = 9.0
        with (
            self.assertRaisesRegex(UserError, "comes to .*41.40"),
            self.env.cr.savepoint(),
        ):
            settlement.action_offset()
        settlement.invalidate_recordset()
        self.assertEqual(settlement.state, "confirmed")
        self.assertFalse(settlement.move_ids)

    def test_locked_books_say_so_and_book_nothing(self):
        settlement = self._create_confirmed()
        self.company.sale_lock_date = "2026-06-15"
        with self.assertRaisesRegex(UserError, "locked by"), self.env.cr.savepoint():
            settlement.action_offset()
        settlement.invalidate_recordset()
        self.assertEqual(settlement.state, "confirmed")
        self.assertFalse(settlement.move_ids)

    def test_reversal_opens_the_invoices_and_ties_the_claims(self):
        invoice = self._create_invoice(1000.0, "2026-02-28")
        claim = self._create_approved()
        settlement = self._create_confirmed(claim)
        settlement.action_offset()
        move = settlement.move_id
        self.env["aftersales.settlement.reverse"].with_user(self.user_manager).create(
            {"settlement_id": settlement.id, "reason": "Wrong period"}
        ).action_apply()
        self.assertEqual(settlement.state, "confirmed")
        self.assertFalse(settlement.move_id)
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.settlement_id, settlement)
        self.assertEqual(invoice.amount_residual, 1000.0)
        self.assertFalse(settlement.offset_ids)
        self.assertEqual(move.state, "posted")
        self.assertEqual(len(settlement.move_ids), 2)
        balance = sum(settlement.move_ids.line_ids.mapped("balance"))
        self.assertTrue(settlement.currency_id.is_zero(balance))
        settlement.action_offset()
        self.assertNotEqual(settlement.move_id, move)
        self.assertEqual(settlement.move_id.amount_total, 519.8)
        self.assertEqual(invoice.amount_residual, 480.2)

    def test_reversal_is_the_managers(self):
        settlement = self._create_confirmed()
        settlement.action_offset()
        for user in (self.user_accountant, self.user_manager_a):
            with self.assertRaises(AccessError, msg=user.login):
                settlement.with_user(user)._reverse_offset("No")
        self.assertEqual(settlement.state, "offset")

    def test_credit_note_is_not_undone_in_the_ledger(self):
        settlement = self._create_confirmed()
        settlement.action_offset()
        move = settlement.move_id
        for step in ("button_draft", "button_cancel", "_reverse_moves"):
            with self.assertRaisesRegex(UserError, "Reverse Offset", msg=step):
                getattr(move, step)()
        self.assertEqual(move.state, "posted")

    def test_booking_account_is_used(self):
        account = self.env["account.account"].create(
            {
                "name": "Provision for warranties",
                "code": "2801.99",
                "account_type": "liability_current",
            }
        )
        self.bookings.account_id = account
        settlement = self._create_confirmed()
        settlement.action_offset()
        self.assertEqual(settlement.move_id.invoice_line_ids.account_id, account)
        self.assertEqual(
            sum(settlement.move_id.invoice_line_ids.mapped("debit")), 460.0
        )

    def test_deductions_reach_the_books_with_their_signs(self):
        self._create_approved()
        settlement = self._run_settlement()
        self._adjust(settlement, "old_part", -50.0)
        self._adjust(settlement, "administrative", -30.0)
        settlement.action_notify()
        settlement.with_user(self.user_manager_a).action_confirm()
        settlement.action_offset()
        # tax on 460 − 50
        self.assertRecordValues(
            settlement.move_id,
            [{"amount_untaxed": 380.0, "amount_tax": 53.3, "amount_total": 433.3}],
        )

    def test_fiscal_position_of_the_dealer_maps_the_tax(self):
        reduced = self.tax.copy({"name": "VAT 3 %", "amount": 3.0})
        position = self.env["account.fiscal.position"].create(
            {"name": "Small", "auto_apply": False}
        )
        reduced.write(
            {
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(self.tax.ids)],
            }
        )
        self.dealer_a.partner_id.property_account_position_id = position
        settlement = self._create_confirmed()
        self.assertEqual(settlement.amount_tax, 13.8)
        settlement.action_offset()
        self.assertEqual(settlement.move_id.amount_total, 473.8)

    def test_close_ends_it_and_reversal_still_works(self):
        settlement = self._create_confirmed()
        settlement.action_offset()
        settlement.action_close()
        self.assertEqual(settlement.state, "closed")
        with freeze_time("2026-07-10 08:00:00"):
            settlement.with_user(self.user_manager)._reverse_offset("Found later")
        self.assertEqual(settlement.state, "confirmed")
        dates = settlement.move_ids.sorted("id").mapped(lambda move: str(move.date))
        self.assertEqual(dates, ["2026-06-15", "2026-07-10"])

    def test_dealer_reads_his_offsets_and_no_ledger(self):
        self._create_invoice(1000.0, "2026-02-28")
        settlement = self._create_confirmed()
        settlement.action_offset()
        offsets = self.env["aftersales.settlement.offset"]
        [row] = (
            offsets.with_user(self.user_manager_a)
            .search([])
            .read(["amount", "credit_note_name"])
        )
        self.assertEqual(row["amount"], 519.8)
        self.assertEqual(row["credit_note_name"], settlement.credit_note_name)
        self.assertFalse(offsets.with_user(self.user_manager_b).search([]))
        with self.assertRaises(AccessError):
            settlement.move_id.with_user(self.user_manager_a).read(["name"])
        with self.assertRaises(AccessError):
            settlement.with_user(self.user_manager_a).read(["move_id"])
