from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturnPrice(ReturnCommon):
    """The price paid: posted invoices of the dealer, newest first."""

    def _get_prices(self, paper):
        return [
            (price.invoice_name, price.quantity, price.amount)
            for price in paper.line_ids.price_ids
        ]

    def test_newest_invoice_first_and_no_more_than_invoiced(self):
        self._receive(self.pump, 2)
        newer = self._create_invoice(self.pump, 2, 200.0, "2026-06-01", discount=5.0)
        paper = self._create_return((self.pump, 5, self.unsaleable, None))
        paper.action_submit()
        # 2 × 200.00 less 5 % and 3 × 180.00
        self.assertEqual(
            self._get_prices(paper),
            [(newer.name, 2, 380.0), (self.invoice.name, 3, 540.0)],
        )
        self.assertEqual(paper.amount_goods, 920.0)

    def test_what_was_returned_before_is_not_paid_again(self):
        self._create_credited(3)
        self._receive(self.pump, 3)
        paper = self._create_return((self.pump, 4, self.unsaleable, None))
        paper.action_submit()
        self.assertEqual(self._get_prices(paper), [(self.invoice.name, 1, 180.0)])
        self.assertTrue(paper.has_unpriced)

    def test_what_was_credited_by_hand_is_not_paid_again(self):
        refund = self.invoice._reverse_moves([{"invoice_date": "2026-06-02"}])
        refund.invoice_line_ids.quantity = 3
        refund.action_post()
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        paper.action_submit()
        self.assertEqual(self._get_prices(paper), [(self.invoice.name, 1, 180.0)])

    def test_drafts_and_invoices_of_others_do_not_count(self):
        self.invoice.button_draft()
        self._create_invoice(self.pump, 9, 1.0, "2026-06-01", self.dealer_b)
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        paper.action_submit()
        self.assertFalse(paper.line_ids.price_ids)
        with self.assertRaisesRegex(UserError, "only 0 are on the dealer's posted"):
            paper.with_user(self.user_keeper).action_approve()
        self.assertEqual(paper.state, "submitted")

    def test_manager_enters_price_and_reason_where_no_invoice_is(self):
        self._put_oil()
        self.oil.taxes_id = self.tax
        paper = self._create_return((self.oil, 3, self.unsaleable, None))
        paper.action_submit()
        self.assertTrue(paper.has_unpriced)
        with self.assertRaises(AccessError):
            paper.with_user(self.user_keeper).line_ids.manual_price = 9.0
        paper.with_user(self.user_manager).line_ids.write(
            {"manual_price": 9.5, "manual_reason": "Price list of 2024"}
        )
        paper.with_user(self.user_keeper).action_approve()
        self.assertEqual(paper.amount_goods, 28.5)
        self.assertFalse(paper.has_unpriced)
        self.assertEqual(paper.sudo().line_ids.price_ids.tax_ids, self.tax)

    def _put_oil(self):
        self._put_into_stock(self.oil, 3)
        self._receive(self.oil, 3)

    def test_two_open_returns_share_an_invoice(self):
        first = self._create_approved(3)
        second = self._create_approved(1)
        self.assertEqual(first.amount_goods, 540.0)
        self.assertEqual(second.amount_goods, 180.0)

    def test_unit_of_the_invoice_is_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        self._put_into_stock(self.oil, 3)
        self._receive(self.oil, 3)
        self._create_invoice(self.oil, 1, 120.0, "2026-05-05", product_uom_id=dozen.id)
        paper = self._create_return((self.oil, 3, self.unsaleable, None))
        paper.action_submit()
        self.assertEqual(paper.amount_goods, 30.0)

    def test_reason_after_its_days_is_refused(self):
        self.quality.limit_days = 10
        self.env.cr.execute(
            "UPDATE stock_move_line SET date = '2026-06-04'"
            " WHERE location_dest_id = %s",
            [self.place_a.id],
        )
        self.env.invalidate_all()
        paper = self._create_return((self.pump, 1, self.quality, None))
        with self.assertRaisesRegex(UserError, "0 pieces are still in time, 1 are"):
            paper.action_submit()
        self.quality.limit_days = 11
        paper.action_submit()
        self.assertEqual(paper.state, "submitted")
