from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturn(ReturnCommon):
    """From the dealer's question to the parcel."""

    def test_dealer_asks_and_keeper_approves(self):
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        self.assertRegex(paper.name, r"^SR2026-\d{5}$")
        self.assertEqual(paper.dealer_id, self.dealer_a)
        paper.action_submit()
        self.assertRecordValues(
            paper, [{"state": "submitted", "amount_goods": 360.0, "quantity": 2}]
        )
        paper.with_user(self.user_keeper).action_approve()
        self.assertEqual(paper.state, "approved")
        todo = paper.sudo().activity_ids
        self.assertEqual(todo.user_id, self.user_manager_a)
        self.assertEqual(todo.summary, "Ship the return")

    def test_dealer_does_not_approve_himself(self):
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        paper.action_submit()
        with self.assertRaises(AccessError):
            paper.with_user(self.user_manager_a).action_approve()
        self.assertEqual(paper.state, "submitted")

    def test_refusal_says_why_and_may_be_revised(self):
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        paper.action_submit()
        keeper = paper.with_user(self.user_keeper)
        action = keeper.action_refuse()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_keeper)
            .with_context(**action["context"])
            .create({"reason": "Season is not over"})
        )
        wizard.action_apply()
        self.assertRecordValues(
            paper, [{"state": "refused", "refusal_reason": "Season is not over"}]
        )
        self.assertFalse(paper.line_ids.price_ids)
        paper.action_revise()
        self.assertEqual(paper.state, "draft")
        paper.line_ids.quantity = 1
        self.assertEqual(paper.line_ids.quantity, 1)

    def test_empty_paper_is_refused(self):
        paper = self._create_return()
        with self.assertRaisesRegex(UserError, "has no line"):
            paper.action_submit()
        self.assertEqual(paper.state, "draft")

    def test_more_than_on_hand_is_refused(self):
        paper = self._create_return((self.pump, 5, self.unsaleable, None))
        with self.assertRaisesRegex(UserError, "4 on hand, 5"):
            paper.action_submit()
        self.assertEqual(paper.state, "draft")

    def test_two_lines_and_another_paper_count_together(self):
        self._create_approved(2)
        paper = self._create_return(
            (self.pump, 2, self.unsaleable, None), (self.pump, 1, self.quality, None)
        )
        with self.assertRaisesRegex(UserError, "4 on hand, 5"):
            paper.action_submit()

    def test_shipping_takes_the_pieces_from_the_dealer(self):
        value = self._get_stock_value(self.pump)
        paper = self._create_approved(2)
        self.assertEqual(self._get_places(), [4, 0, 0])
        paper.action_ship()
        self.assertEqual(self._get_places(), [2, 2, 0])
        self.assertEqual(str(paper.shipped_on), "2026-06-15 08:00:00")
        self.assertEqual(self._get_stock_value(self.pump), value)
        moves = paper.sudo().line_ids.move_ids
        self.assertEqual(moves.mapped("reference"), [paper.name])

    def test_used_meanwhile_ships_nothing(self):
        paper = self._create_approved(3)
        self._finish(self._create_repair(parts={self.pump: 2}))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            paper.action_ship()
        paper.invalidate_recordset()
        self.assertEqual(paper.state, "approved")
        self.assertEqual(self._get_places(), [2, 0, 0])

    def test_shipping_wants_carrier_and_waybill(self):
        paper = self._create_approved(2, waybill=False)
        with self.assertRaisesRegex(UserError, "carrier and the waybill"):
            paper.action_ship()
        self.assertEqual(self._get_places(), [4, 0, 0])

    def test_second_click_ships_nothing_more(self):
        paper = self._create_approved(2)
        paper.action_ship()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            paper.action_ship()
        self.assertEqual(self._get_places(), [2, 2, 0])

    def test_company_does_not_ship_for_the_dealer(self):
        paper = self._create_approved(2)
        with self.assertRaises(AccessError):
            paper.with_user(self.user_keeper).action_ship()
        self.assertEqual(self._get_places(), [4, 0, 0])

    def test_superseded_reason_is_refused(self):
        paper = self._create_return((self.pump, 1, self.quality, None))
        self.quality.active = False
        with self.assertRaisesRegex(UserError, "no longer used. Choose another"):
            paper.action_submit()

    def test_serial_number_is_asked_for(self):
        self._create_harvester()
        paper = self._create_return((self.machine, 1, self.unsaleable, None))
        with self.assertRaisesRegex(UserError, "enter the serial"):
            paper.action_submit()

    def test_serial_number_of_another_product_is_refused(self):
        lot = self._create_harvester()
        with self.assertRaisesRegex(ValidationError, "no serial number of"):
            self._create_return((self.pump, 1, self.unsaleable, lot))

    def test_serial_number_that_lies_elsewhere_is_refused(self):
        self._create_harvester()
        lot = self.env["stock.lot"].create(
            {"name": "H1-0010", "product_id": self.machine.id}
        )
        self._put_into_stock(self.machine, 1, lot)
        paper = self._create_return(user=self.user_keeper, dealer_id=self.dealer_a.id)
        paper.line_ids = [
            Command.create(
                {
                    "product_id": self.machine.id,
                    "lot_id": lot.id,
                    "reason_id": self.unsaleable.id,
                }
            )
        ]
        with self.assertRaisesRegex(UserError, "H1-0010.*0 on hand"):
            paper.action_submit()

    def test_foreign_serial_number_cannot_be_linked_by_a_dealer(self):
        lot = self.env["stock.lot"].create(
            {"name": "H1-0010", "product_id": self.machine.id}
        )
        self._put_into_stock(self.machine, 1, lot)
        with self.assertRaises(AccessError):
            self._create_return((self.machine, 1, self.unsaleable, lot))

    def test_one_serial_number_on_two_lines_is_refused(self):
        lot = self._create_harvester()
        paper = self._create_return(
            (self.machine, 1, self.unsaleable, lot),
            (self.machine, 1, self.unsaleable, lot),
        )
        with self.assertRaisesRegex(UserError, "is on two lines"):
            paper.action_submit()

    def test_submitted_lines_stand(self):
        paper = self._create_approved(2)
        with self.assertRaises(AccessError):
            paper.line_ids.quantity = 4
        with self.assertRaisesRegex(UserError, "its lines stand"):
            paper.line_ids.unlink()
        self.assertEqual(paper.line_ids.quantity, 2)

    def test_dealer_writes_no_finding(self):
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        for vals in ({"final_reason_id": self.quality.id}, {"manual_price": 9999.0}):
            with self.assertRaises(AccessError):
                paper.line_ids.write(vals)
        with self.assertRaises(AccessError):
            paper.write(
                {
                    "line_ids": [
                        Command.create({"product_id": self.pump.id, "received": 1})
                    ]
                }
            )

    def test_dealer_changes_no_freight_after_shipping(self):
        paper = self._create_approved(2, freight=50.0)
        paper.action_ship()
        with self.assertRaisesRegex(UserError, "is with the company"):
            paper.freight = 500.0
        self.assertEqual(paper.freight, 50.0)

    def test_cancelled_paper_frees_the_invoice(self):
        paper = self._create_approved(4)
        paper.action_cancel()
        self.assertEqual(paper.state, "cancelled")
        again = self._create_approved(4)
        self.assertEqual(again.amount_goods, 720.0)

    def test_submitted_paper_is_not_deleted(self):
        paper = self._create_return((self.pump, 2, self.unsaleable, None))
        paper.action_submit()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            paper.unlink()

    def test_slip_shows_number_reason_and_barcode(self):
        paper = self._create_approved(2)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_parts_return.report_parts_return", paper.ids
        )
        text = html.decode()
        self.assertIn(paper.name, text)
        self.assertIn("Cannot be sold", text)
        self.assertIn("690001", text)
        self.assertEqual(text.count("data:image/png;base64"), 2)
