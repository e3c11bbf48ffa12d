from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestPartsReceipt(PartsCommon):
    """HQ ships, the dealer says what arrived, and only that is his stock."""

    def test_delivery_leaves_hq_books_at_cost_and_waits_for_the_dealer(self):
        value = self._get_stock_value(self.pump)
        receipt = self._deliver(self.pump, 4)
        self.assertRecordValues(
            receipt, [{"dealer_id": self.dealer_a.id, "state": "to_receive"}]
        )
        self.assertRecordValues(
            receipt.line_ids,
            [{"product_id": self.pump.id, "shipped": 4, "received": 4}],
        )
        self.assertEqual(value, 1000)
        self.assertEqual(self._get_stock_value(self.pump), 600)
        self.assertEqual(receipt.picking_id.move_ids.value, 400)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 6)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 0)

    def test_agent_confirms_and_has_the_pieces_without_value(self):
        receipt = self._receive(self.pump, 4)
        self.assertEqual(receipt.state, "confirmed")
        self.assertEqual(receipt.confirmed_by, self.user_agent_a)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)
        self.assertEqual(self._get_on_hand(self.pump, self.customers), 0)
        self.assertEqual(self._get_stock_value(self.pump), 600)
        booking = receipt.sudo().booking_id
        self.assertEqual(booking.dealer_id, self.dealer_a)
        self.assertRecordValues(
            booking.move_ids,
            [{"state": "done", "quantity": 4, "value": 0, "is_valued": False}],
        )

    def test_short_broken_and_wrong_pieces_stay_out_of_stock_and_on_the_line(self):
        receipt = self._deliver(self.pump, 9).with_user(self.user_agent_a)
        receipt.line_ids.write(
            {"short": 1, "broken": 2, "wrong": 1, "note": "Two housings cracked"}
        )
        receipt.action_confirm()
        self.assertRecordValues(
            receipt.line_ids, [{"shipped": 9, "received": 5, "discrepancy": 4}]
        )
        self.assertTrue(receipt.has_discrepancy)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 5)
        self.assertEqual(self._get_on_hand(self.pump, self.customers), 4)

    def test_nothing_arrived_books_nothing_and_is_confirmed(self):
        receipt = self._deliver(self.pump, 2).with_user(self.user_agent_a)
        receipt.line_ids.short = 2
        receipt.action_confirm()
        self.assertEqual(receipt.state, "confirmed")
        self.assertFalse(receipt.sudo().booking_id)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 0)

    def test_second_confirmation_is_refused_and_books_nothing(self):
        receipt = self._receive(self.pump, 4)
        with self.assertRaisesRegex(UserError, "is in state “Received”"):
            receipt.action_confirm()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)

    def test_more_missing_than_shipped_is_refused(self):
        receipt = self._deliver(self.pump, 4).with_user(self.user_agent_a)
        with self.assertRaisesRegex(ValidationError, "Pump: 5 short, broken or wrong"):
            receipt.line_ids.write({"short": 3, "broken": 2})

    def test_negative_count_is_refused(self):
        receipt = self._deliver(self.pump, 4).with_user(self.user_agent_a)
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            receipt.line_ids.short = -1

    def test_dealer_cannot_change_what_was_shipped(self):
        receipt = self._deliver(self.pump, 4).with_user(self.user_manager_a)
        with self.assertRaisesRegex(AccessError, "shows what was shipped"):
            receipt.line_ids.shipped = 8
        self.assertEqual(receipt.line_ids.shipped, 4)

    def test_counts_stand_after_confirmation(self):
        receipt = self._receive(self.pump, 4)
        with self.assertRaisesRegex(UserError, "its counts stand"):
            receipt.line_ids.short = 1

    def test_other_dealer_neither_sees_nor_confirms(self):
        receipt = self._deliver(self.pump, 4)
        foreign = receipt.with_user(self.user_manager_b)
        self.assertFalse(foreign.search([("id", "=", receipt.id)]))
        with self.assertRaises(AccessError):
            foreign.action_confirm()
        self.assertEqual(receipt.state, "to_receive")

    def test_company_keeper_cannot_confirm_for_the_dealer_but_may_cancel(self):
        receipt = self._deliver(self.pump, 4).with_user(self.user_keeper)
        with self.assertRaisesRegex(AccessError, "Your role may not do this"):
            receipt.action_confirm()
        receipt.action_cancel()
        self.assertEqual(receipt.state, "cancelled")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 0)

    def test_serial_numbers_arrive_one_by_one(self):
        engine = self._create_part("Engine", 900.0, self.class_main, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": engine.id} for name in ("E1", "E2")]
        )
        for lot in lots:
            self._put_into_stock(engine, 1, lot)
        receipt = self._deliver(engine, 2).with_user(self.user_agent_a)
        self.assertEqual(receipt.line_ids.lot_id, lots)
        receipt.line_ids[0].broken = 1
        receipt.action_confirm()
        quants = self.env["stock.quant"].search([("location_id", "=", self.place_a.id)])
        self.assertRecordValues(quants, [{"lot_id": lots[1].id, "quantity": 1}])

    def test_delivery_to_a_branch_address_is_the_dealers(self):
        branch = self.env["res.partner"].create(
            {
                "name": "Branch",
                "parent_id": self.dealer_a.partner_id.id,
                "type": "delivery",
            }
        )
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "partner_id": branch.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        self.assertEqual(picking.dealer_id, self.dealer_a)

    def test_sold_parts_count_as_delivered_on_the_order(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.dealer_a.partner_id.id,
                "order_line": [
                    (0, 0, {"product_id": self.pump.id, "product_uom_qty": 3})
                ],
            }
        )
        order.action_confirm()
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(order.order_line.qty_delivered, 3)
        receipt = picking.receipt_ids.with_user(self.user_agent_a)
        self.assertEqual(receipt.origin, order.name)
        receipt.action_confirm()
        self.assertEqual(order.order_line.qty_delivered, 3)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 3)
