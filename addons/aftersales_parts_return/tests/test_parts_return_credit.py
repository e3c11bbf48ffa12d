from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturnCredit(ReturnCommon):
    """The credit note, to the cent, and who bears the freight.

    Two pumps at 180.00 are 360.00, the tax of 13 % is 46.80.
    """

    def _get_amounts(self, paper):
        return (paper.amount_untaxed, paper.amount_tax, paper.amount_total)

    def test_quality_gives_all_back_and_the_freight(self):
        paper = self._create_credited(
            reason=self.quality, freight=50.0, line={"disposition": "scrap"}
        )
        self.assertEqual(self._get_amounts(paper), (410.0, 46.8, 456.8))
        move = paper.sudo().move_id
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "out_refund",
                    "state": "posted",
                    "partner_id": self.dealer_a.partner_id.id,
                    "amount_untaxed": 410.0,
                    "amount_tax": 46.8,
                    "amount_total": 456.8,
                    "ref": paper.name,
                }
            ],
        )
        self.assertEqual(move.invoice_line_ids.mapped("price_subtotal"), [360.0, 50.0])
        self.assertEqual(move.invoice_line_ids[0].tax_ids, self.tax)
        self.assertFalse(move.invoice_line_ids[1].tax_ids)
        self.assertEqual(paper.credit_note_name, move.name)

    def test_unsaleable_leaves_the_freight_with_the_dealer(self):
        paper = self._create_credited(freight=50.0)
        self.assertEqual(self._get_amounts(paper), (360.0, 46.8, 406.8))

    def test_freight_that_the_company_paid_is_deducted_from_the_dealer(self):
        paper = self._create_credited(freight=50.0, freight_payer="company")
        self.assertEqual(paper.amount_freight, -50.0)
        self.assertEqual(self._get_amounts(paper), (310.0, 46.8, 356.8))

    def test_freight_that_the_company_paid_and_bears_stays(self):
        paper = self._create_credited(
            reason=self.quality, freight=50.0, freight_payer="company"
        )
        self.assertEqual(self._get_amounts(paper), (360.0, 46.8, 406.8))

    def test_taken_apart_costs_hours_and_missing_pieces(self):
        """2.5 h × 60.00 and a seal of 12.34 less; tax 13 % of 197.66 = 25.70."""
        paper = self._create_credited(
            reason=self.dismantled,
            freight=50.0,
            line={
                "disposition": "refit",
                "refit_hours": 2.5,
                "missing_amount": 12.34,
                "missing_note": "Seal",
            },
        )
        self.assertEqual(paper.amount_deducted, -162.34)
        self.assertEqual(self._get_amounts(paper), (197.66, 25.7, 223.36))
        lines = paper.sudo().move_id.invoice_line_ids
        self.assertEqual(lines.mapped("price_subtotal"), [360.0, -150.0, -12.34])

    def test_inspector_finds_that_the_dealer_took_it_apart(self):
        """Claimed as quality with 50.00 freight: neither freight nor all the price."""
        paper = self._create_credited(
            reason=self.quality,
            freight=50.0,
            line={
                "final_reason_id": self.dismantled.id,
                "finding": "Opened, screws missing",
                "refit_hours": 1,
                "disposition": "refit",
            },
        )
        self.assertEqual(paper.amount_freight, 0.0)
        self.assertEqual(self._get_amounts(paper), (300.0, 39.0, 339.0))

    def test_share_that_the_company_keeps(self):
        self.unsaleable.deduction = 12.5
        paper = self._create_credited()
        # 45.00 kept; 13 % of 315.00 = 40.95
        self.assertEqual(self._get_amounts(paper), (315.0, 40.95, 355.95))

    def test_freight_is_shared_by_the_price_of_the_pieces(self):
        """One pump with a defect and two unsold: a third of 50.00 is the company's."""
        paper = self._create_return(
            (self.pump, 1, self.quality, None),
            (self.pump, 2, self.unsaleable, None),
            freight=50.0,
        )
        paper.action_submit()
        keeper = paper.with_user(self.user_keeper)
        keeper.action_approve()
        paper.action_ship()
        keeper.scan = "690001 690001 690001"
        keeper.action_receive()
        inspector = paper.with_user(self.user_inspector)
        inspector.line_ids.write({"finding": "Holes", "disposition": "good"})
        inspector.action_inspect()
        self.assertEqual(paper.amount_freight, 16.67)
        paper.with_user(self.user_accountant).action_credit()
        self.assertEqual(self._get_amounts(paper), (556.67, 70.2, 626.87))

    def test_missing_pieces_are_not_credited(self):
        paper = self._create_credited(3, came=1)
        self.assertEqual(self._get_amounts(paper), (180.0, 23.4, 203.4))

    def test_stock_value_and_receivable_agree(self):
        """Goods of 200.00 come in, 406.80 less are owed; 813.60 were invoiced."""
        value = self._get_stock_value(self.pump)
        self.assertEqual(self.invoice.amount_residual, 813.6)
        self._create_credited(2)
        self.assertEqual(self._get_stock_value(self.pump), value + 200.0)
        self.assertEqual(self.invoice.amount_residual, 406.8)
        self.assertEqual(self.invoice.payment_state, "partial")

    def test_oldest_open_invoice_is_paid_first(self):
        oldest = self._create_invoice(self.oil, 1, 100.0, "2026-02-01")
        newest = self._create_invoice(self.oil, 1, 500.0, "2026-06-10")
        foreign = self._create_invoice(self.oil, 1, 50.0, "2026-01-01", self.dealer_b)
        self._create_credited(2)
        self.assertEqual(
            [
                invoice.amount_residual
                for invoice in (oldest, self.invoice, newest, foreign)
            ],
            [0.0, 519.8, 565.0, 56.5],
        )

    def test_credit_without_open_invoices_stays_open(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({})._create_payments()
        paper = self._create_credited(2)
        self.assertEqual(paper.sudo().move_id.amount_residual, 406.8)

    def test_costs_above_the_price_become_an_invoice(self):
        """Eight hours for two pumps of 360.00 and 50.00 freight: 170.00 to pay."""
        paper = self._create_credited(
            reason=self.dismantled,
            freight=50.0,
            freight_payer="company",
            line={"refit_hours": 8},
        )
        # tax 13 % of 360.00 − 480.00
        self.assertEqual(self._get_amounts(paper), (-170.0, -15.6, -185.6))
        move = paper.sudo().move_id
        self.assertEqual(move.move_type, "out_invoice")
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.amount_residual, 185.6)

    def test_tax_decides_whether_money_goes_back(self):
        """360.00 less 380.00 of freight, and 46.80 of tax: 26.80 for the dealer."""
        paper = self._create_credited(freight=380.0, freight_payer="company")
        self.assertEqual(self._get_amounts(paper), (-20.0, 46.8, 26.8))
        self.assertEqual(paper.sudo().move_id.move_type, "out_refund")

    def test_second_press_books_nothing(self):
        paper = self._create_credited(2)
        with self.assertRaisesRegex(UserError, "is in state “Credited”"):
            paper.action_credit()
        self.assertEqual(len(paper.sudo().move_ids), 1)

    def test_uninspected_return_is_not_credited(self):
        paper = self._create_received().with_user(self.user_accountant)
        with self.assertRaisesRegex(UserError, "is in state “To Inspect”"):
            paper.action_credit()
        self.assertFalse(paper.sudo().move_ids)

    def test_only_the_accountant_credits(self):
        paper = self._create_inspected(2)
        for user in (self.user_keeper, self.user_inspector, self.user_manager_a):
            with self.assertRaises(AccessError, msg=user.login):
                paper.with_user(user).action_credit()
        self.assertEqual(paper.state, "inspected")

    def test_credit_note_is_not_undone_in_the_ledger(self):
        move = self._create_credited(2).sudo().move_id
        for step in ("button_draft", "button_cancel", "_reverse_moves"):
            with self.assertRaisesRegex(UserError, "Reverse Credit", msg=step):
                getattr(move, step)()
        self.assertEqual(move.state, "posted")

    def test_reversal_opens_the_invoice_and_credits_anew(self):
        paper = self._create_credited(2, freight=50.0, reason=self.quality)
        first = paper.sudo().move_id
        manager = paper.with_user(self.user_manager)
        action = manager.action_reverse()
        self.env[action["res_model"]].with_user(self.user_manager).with_context(
            **action["context"]
        ).create({"reason": "Freight was 40"}).action_apply()
        self.assertEqual(paper.state, "inspected")
        self.assertEqual(first.state, "posted")
        self.assertEqual(self.invoice.amount_residual, 813.6)
        balance = sum(paper.sudo().move_ids.line_ids.mapped("balance"))
        self.assertTrue(paper.currency_id.is_zero(balance))
        paper.freight = 40.0
        paper.action_credit()
        self.assertEqual(paper.amount_total, 446.8)
        self.assertEqual(self.invoice.amount_residual, 366.8)
        self.assertEqual(len(paper.sudo().move_ids), 3)

    def test_reversal_is_the_managers(self):
        paper = self._create_credited(2)
        with self.assertRaises(AccessError):
            paper._reverse_credit("No")
        self.assertEqual(paper.state, "credited")

    def test_locked_books_say_so_and_book_nothing(self):
        paper = self._create_inspected(2)
        self.company.sale_lock_date = "2026-06-15"
        with self.assertRaisesRegex(UserError, "locked by"), self.env.cr.savepoint():
            paper.action_credit()
        paper.invalidate_recordset()
        self.assertEqual(paper.state, "inspected")
        self.assertFalse(paper.sudo().move_ids)

    def test_cost_goes_back_as_the_stock_does_with_perpetual_valuation(self):
        """Two come in at 100.00 each though the pump costs 130.00 today."""
        self.parts_category.property_valuation = "real_time"
        self.pump.standard_price = 130.0
        paper = self._create_credited(2)
        costs = paper.sudo().move_id.line_ids.filtered(
            lambda line: line.display_type == "cogs"
        )
        self.assertEqual(sorted(costs.mapped("balance")), [-200.0, 200.0])

    def test_scrap_gives_no_cost_back_with_perpetual_valuation(self):
        self.parts_category.property_valuation = "real_time"
        paper = self._create_credited(2, self.quality, line={"disposition": "scrap"})
        self.assertNotIn("cogs", paper.sudo().move_id.line_ids.mapped("display_type"))

    def test_machine_comes_back_with_its_number(self):
        lot = self._create_harvester()
        self._create_invoice(self.machine, 1, 5000.0, "2026-05-02")
        paper = self._create_return((self.machine, 1, self.unsaleable, lot))
        paper.action_submit()
        keeper = paper.with_user(self.user_keeper)
        keeper.action_approve()
        paper.action_ship()
        keeper.scan = lot.name
        keeper.action_receive()
        paper.with_user(self.user_inspector).action_inspect()
        accountant = paper.with_user(self.user_accountant)
        accountant.action_credit()
        self.assertEqual(paper.amount_total, 5650.0)
        quants = lot.quant_ids.filtered(lambda quant: quant.quantity > 0)
        self.assertEqual(quants.location_id, self.stock)
