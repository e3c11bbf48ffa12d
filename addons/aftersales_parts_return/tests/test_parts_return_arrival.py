from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestPartsReturnArrival(ReturnCommon):
    """The keeper scans, the inspector decides, the stock follows."""

    def _ship(self, pieces=2, reason=None):
        paper = self._create_approved(pieces, reason)
        paper.action_ship()
        return paper.with_user(self.user_keeper)

    def test_scanned_pieces_lie_on_the_bench(self):
        paper = self._ship()
        paper.scan = "690001 690001"
        paper.action_receive()
        self.assertEqual(paper.state, "received")
        self.assertEqual(paper.received_by, self.user_keeper)
        self.assertEqual(self._get_places(), [2, 0, 2])
        self.assertRecordValues(
            paper.line_ids, [{"received": 2, "missing": 0, "accepted": 2}]
        )
        self.assertEqual(paper.line_ids.final_reason_id, self.unsaleable)

    def test_missing_piece_is_the_dealers_again(self):
        paper = self._create_received(3, came=2)
        self.assertEqual(self._get_places(), [2, 0, 2])
        self.assertRecordValues(
            paper.line_ids,
            [{"missing": 1, "accepted": 2, "goods_amount": 540.0}],
        )
        body = paper.message_ids[0].body
        self.assertIn("listed 3, received 2", body)

    def test_nothing_scanned_is_refused(self):
        paper = self._ship()
        with self.assertRaisesRegex(UserError, "scan the pieces that came first"):
            paper.action_receive()
        self.assertEqual(self._get_places(), [2, 2, 0])

    def test_unknown_barcode_is_refused_and_counts_nothing(self):
        paper = self._ship()
        paper.scan = "690001 NONSENSE"
        with (
            self.assertRaisesRegex(UserError, "NONSENSE is no serial"),
            self.env.cr.savepoint(),
        ):
            paper.action_scan()
        paper.invalidate_recordset()
        paper.line_ids.invalidate_recordset()
        self.assertEqual(paper.line_ids.received, 0)
        self.assertEqual(paper.scan, "690001 NONSENSE")

    def test_serial_number_scanned_twice_is_refused(self):
        lot = self._create_harvester()
        self._create_invoice(self.machine, 1, 5000.0, "2026-05-02")
        paper = self._create_return((self.machine, 1, self.unsaleable, lot))
        paper.action_submit()
        keeper = paper.with_user(self.user_keeper)
        keeper.action_approve()
        paper.action_ship()
        keeper.scan = "H1-0009"
        keeper.action_scan()
        self.assertEqual(paper.line_ids.received, 1)
        keeper.scan = "H1-0009"
        with (
            self.assertRaisesRegex(UserError, "H1-0009 was scanned already"),
            self.env.cr.savepoint(),
        ):
            keeper.action_scan()
        keeper.scan = False
        keeper.action_receive()
        self.assertEqual(self._get_places(self.machine), [0, 0, 1])

    def test_piece_that_is_not_listed_is_noted_and_stays_the_dealers(self):
        self.oil.barcode = "690002"
        paper = self._ship()
        paper.scan = "690001 690001 690001 690002"
        paper.action_receive()
        self.assertRecordValues(paper.line_ids, [{"surplus": 1, "accepted": 2}])
        self.assertEqual(paper.surplus_note, "Oil (690002) is not on the list")
        self.assertEqual(self._get_places(), [2, 0, 2])
        self.assertIn("Oil (690002)", paper.message_ids[0].body)

    def test_damaged_pieces_are_noted(self):
        paper = self._ship()
        paper.line_ids.write({"received": 2, "damaged": 1, "damage_note": "Bent"})
        paper.action_receive()
        self.assertEqual(paper.line_ids.damaged, 1)
        with self.assertRaises(ValidationError):
            paper.sudo().line_ids.damaged = 3

    def test_dealer_does_not_receive(self):
        paper = self._ship().with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            paper.action_receive()
        with self.assertRaises(AccessError):
            paper.line_ids.received = 2
        self.assertEqual(self._get_places(), [2, 2, 0])

    # -- inspection

    def test_quality_needs_the_inspectors_finding(self):
        paper = self._create_received(reason=self.quality)
        paper.line_ids.disposition = "supplier"
        with self.assertRaisesRegex(UserError, "write down what was found"):
            paper.action_inspect()
        paper.line_ids.finding = "Casting has holes"
        paper.action_inspect()
        self.assertEqual(paper.state, "inspected")
        self.assertEqual(paper.inspected_by, self.user_inspector)

    def test_changed_reason_needs_a_finding(self):
        paper = self._create_received(reason=self.quality)
        paper.line_ids.write(
            {"final_reason_id": self.dismantled.id, "disposition": "refit"}
        )
        with self.assertRaisesRegex(UserError, "write down what was found"):
            paper.action_inspect()

    def test_change_to_a_superseded_reason_is_refused(self):
        paper = self._create_received(reason=self.quality)
        self.dismantled.active = False
        paper.line_ids.write(
            {
                "final_reason_id": self.dismantled.id,
                "disposition": "refit",
                "finding": "Opened",
            }
        )
        with self.assertRaisesRegex(UserError, "no longer used"):
            paper.action_inspect()

    def test_refit_hours_without_a_reason_for_them_are_refused(self):
        paper = self._create_received()
        paper.line_ids.refit_hours = 2
        with self.assertRaisesRegex(UserError, "no refit and no missing"):
            paper.action_inspect()

    def test_disposition_is_asked_for(self):
        paper = self._create_received(reason=self.quality)
        paper.line_ids.finding = "Holes"
        with self.assertRaisesRegex(UserError, "where it goes"):
            paper.action_inspect()

    def test_keeper_does_not_inspect(self):
        paper = self._create_received().with_user(self.user_keeper)
        with self.assertRaises(AccessError):
            paper.action_inspect()
        with self.assertRaises(AccessError):
            paper.line_ids.finding = "I know"

    # -- stock and its value

    def test_good_pieces_come_back_at_the_cost_they_left(self):
        """Four left at 100.00 each; the cost of a pump is 130.00 by now."""
        self.assertEqual(self._get_stock_value(self.pump), 600.0)
        self.pump.standard_price = 130.0
        value = self._get_stock_value(self.pump)
        paper = self._create_inspected(2)
        self.assertEqual(self._get_places(), [2, 0, 0])
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 8)
        moves = paper.sudo().line_ids.move_ids.filtered("is_in")
        self.assertEqual(sum(moves.mapped("value")), 200.0)
        if self.pump.cost_method != "standard":
            self.assertEqual(self._get_stock_value(self.pump), value + 200.0)

    def test_fifo_value_follows_the_deliveries_newest_first(self):
        """Four left at 100.00, one more at 150.00: two come back for 250.00."""
        self.parts_category.property_cost_method = "fifo"
        pump = self._create_part("Fifo Pump", 100.0, self.class_main)
        pump.barcode = "690009"
        self._put_into_stock(pump, 4)
        self._receive(pump, 4)
        pump.standard_price = 150.0
        self._put_into_stock(pump, 1)
        self._receive(pump, 1)
        self.assertEqual(self._get_stock_value(pump), 0.0)
        self._create_invoice(pump, 5, 300.0, "2026-05-03")
        paper = self._create_return((pump, 2, self.unsaleable, None))
        paper.action_submit()
        keeper = paper.with_user(self.user_keeper)
        keeper.action_approve()
        paper.action_ship()
        keeper.line_ids.received = 2
        keeper.action_receive()
        paper.with_user(self.user_inspector).action_inspect()
        moves = paper.sudo().line_ids.move_ids.filtered("is_in")
        self.assertEqual(sorted(moves.mapped("value")), [100.0, 150.0])
        self.assertEqual(self._get_stock_value(pump), 250.0)

    def test_same_delivery_is_not_returned_twice(self):
        self._create_inspected(3)
        paper = self._create_inspected(1)
        delivery = paper.sudo().line_ids.move_ids.origin_returned_move_id
        self.assertEqual(sum(delivery.returned_move_ids.mapped("quantity")), 4)

    def test_scrap_never_gets_a_value(self):
        value = self._get_stock_value(self.pump)
        self._create_inspected(2, self.quality, line={"disposition": "scrap"})
        self.assertEqual(self._get_places(), [2, 0, 0])
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 6)
        self.assertEqual(self._get_stock_value(self.pump), value)

    def test_refit_and_supplier_have_places_of_their_own(self):
        for disposition in ("refit", "supplier"):
            self._create_inspected(1, line={"disposition": disposition})
            place = self.company[f"aftersales_{disposition}_location_id"]
            self.assertEqual(place.company_id, self.company)
            self.assertEqual(self._get_on_hand(self.pump, place), 1)
        self.assertEqual(self._get_stock_value(self.pump), 800.0)
