from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestQuotationBooks(ChargeCommon):
    """Whose books: ours for our repairs, the dealer's for his; once ever."""

    def _invoice(self):
        _repair, quotation = self._finish_own()
        quotation = quotation.with_user(self.user_accountant)
        quotation.action_invoice()
        return quotation

    def test_accountant_invoices_what_was_used_to_the_cent(self):
        quotation = self._invoice()
        move = quotation.move_id
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "out_invoice",
                    "state": "posted",
                    "partner_id": self.customer_a.id,
                    "amount_untaxed": 510.25,
                    "amount_tax": 66.33,
                    "amount_total": 576.58,
                }
            ],
        )
        self.assertEqual(quotation.state, "invoiced")
        self.assertEqual(quotation.amount_due, 576.58)

    def test_invoice_equals_the_quotation_with_every_rounding(self):
        included = self._create_tax("VAT incl.", "tax_included")
        self.rate_labour.price = 33.333333
        for tax in (self.tax, included):
            for method in ("round_per_line", "round_globally"):
                with self.subTest(tax=tax.name, method=method):
                    self.company.tax_calculation_rounding_method = method
                    self.rate_labour.product_id.taxes_id = tax
                    self.rate_travel.product_id.taxes_id = tax
                    quotation = self._invoice()
                    self.assertEqual(
                        quotation.move_id.amount_total, quotation.used_total
                    )
                    self.assertEqual(quotation.move_id.amount_tax, quotation.used_tax)

    def test_covered_lines_are_not_on_the_invoice(self):
        repair = self._create_own_repair()
        repair.sudo().card_id = self.card
        repair.move_ids.covered = False
        self.assertTrue(repair.labour_ids.covered)
        self._sign(repair)
        repair, quotation = self._finish_charged(repair, self.user_support)
        quotation = quotation.with_user(self.user_accountant)
        quotation.action_invoice()
        names = quotation.move_id.invoice_line_ids.mapped("product_id")
        self.assertNotIn(self.rate_labour.product_id, names)
        self.assertEqual(quotation.move_id.amount_untaxed, 200.0)

    def test_second_invoice_is_refused(self):
        quotation = self._invoice()
        with self.assertRefused(UserError, "in state “Invoiced”"):
            quotation.action_invoice()
        moves = self.env["account.move"].search(
            [("aftersales_quotation_id", "=", quotation.id)]
        )
        self.assertEqual(len(moves), 1)

    def test_database_refuses_a_second_entry_of_a_quotation(self):
        quotation = self._invoice()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer_a.id,
                    "aftersales_quotation_id": quotation.id,
                }
            )
            self.env.flush_all()

    def test_unfinished_work_is_not_invoiced(self):
        quotation = self._quote_accepted(self._create_own_repair(), self.user_support)
        with self.assertRefused(UserError, "its repair is not finished"):
            quotation.with_user(self.user_accountant).action_invoice()
        self.assertFalse(quotation.sudo().move_id)

    def test_dealers_repair_makes_no_entry_in_our_books(self):
        _repair, quotation = self._finish_charged()
        before = self.env["account.move"].search_count([])
        with self.assertRefused(UserError, "bills the customer himself"):
            quotation.with_user(self.user_accountant).action_invoice()
        quotation._bill("FP-001", "2026-06-15", 576.58)
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_support_does_not_invoice(self):
        _repair, quotation = self._finish_own()
        with self.assertRaises(AccessError):
            quotation.with_user(self.user_support).action_invoice()
        self.assertEqual(quotation.state, "accepted")

    def test_changed_tax_stops_the_invoice(self):
        _repair, quotation = self._finish_own()
        self.env.flush_all()
        self.tax.amount = 9.0
        with self.assertRefused(UserError, "A tax was probably changed"):
            quotation.with_user(self.user_accountant).action_invoice()

    def test_invoice_is_taken_back_by_credit_note_only(self):
        quotation = self._invoice()
        move = quotation.move_id
        for method in ("button_draft", "button_cancel"):
            refusal = self.assertRefused(UserError, "by a credit note only")
            with self.subTest(method=method), refusal:
                getattr(move, method)()
        self.env["aftersales.charge.reason"].with_user(self.user_accountant).create(
            {"quotation_id": quotation.id, "step": "credit", "reason": "Wrong customer"}
        ).action_apply()
        self.assertEqual(move.payment_state, "reversed")
        self.assertEqual(move.reversal_move_ids.amount_total, 576.58)
        self.assertRecordValues(
            quotation,
            [{"state": "cancelled", "amount_due": 0.0, "move_id": move.id}],
        )

    def test_paid_invoice_leaves_nothing_due(self):
        quotation = self._invoice()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=quotation.move_id.ids
        ).create({})._create_payments()
        quotation.invalidate_recordset()
        self.assertRecordValues(
            quotation, [{"amount_due": 0.0, "payment_state": "paid"}]
        )

    def test_dealer_records_his_invoice(self):
        _repair, quotation = self._finish_charged()
        self.env["aftersales.quotation.bill"].with_user(self.user_agent_a).create(
            {"quotation_id": quotation.id, "ref": "FP-001"}
        ).action_apply()
        self.assertRecordValues(
            quotation,
            [
                {
                    "state": "invoiced",
                    "dealer_invoice_ref": "FP-001",
                    "dealer_invoice_amount": 576.58,
                    "amount_due": 576.58,
                    "invoice_ref": "FP-001",
                }
            ],
        )
        quotation.action_paid()
        self.assertEqual(quotation.amount_due, 0.0)

    def test_dealer_cannot_bill_more_than_was_accepted_and_used(self):
        _repair, quotation = self._finish_charged()
        with self.assertRefused(UserError, "is more than the work"):
            quotation._bill("FP-001", "2026-06-15", 576.59)
        self.assertEqual(quotation.state, "accepted")
        self.assertFalse(quotation.dealer_invoice_ref)

    def test_dealer_may_bill_less(self):
        _repair, quotation = self._finish_charged()
        quotation._bill("FP-001", "2026-06-15", 500.0, "2026-06-15")
        self.assertEqual(quotation.payment_state, "paid")

    def test_dealers_invoice_is_not_credited_here(self):
        _repair, quotation = self._finish_charged()
        quotation._bill("FP-001", "2026-06-15", 576.58)
        with self.assertRefused(UserError, "corrects it in his own books"):
            quotation.with_user(self.user_accountant).action_credit("x")
        self.assertEqual(quotation.state, "invoiced")

    def test_entries_are_closed_to_dealers(self):
        quotation = self._invoice()
        with self.assertRaises(AccessError):
            quotation.move_id.with_user(self.user_manager_a).read(["name"])
