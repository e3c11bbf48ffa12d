from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestPartsShortage(PartsCommon):
    """A dealer's stock never goes below zero."""

    def test_finishing_without_stock_is_refused_naming_part_place_and_on_hand(self):
        self._receive(self.pump, 1)
        repair = self._create_repair(parts={self.pump: 2})
        message = r"Not enough of Pump at .*A01: 1 on hand, 2 Units wanted"
        with self.assertRaisesRegex(UserError, message):
            self._finish(repair)
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 1)
        self.assertNotEqual(repair.state, "done")

    def test_our_own_warehouse_keeps_cores_rule(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.oil.id,
                "product_uom_qty": 1,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        move._action_confirm()
        move.quantity = 1
        move.picked = True
        move._action_done()
        self.assertEqual(self._get_on_hand(self.oil, self.stock), -1)

    def test_lot_that_is_not_there_is_refused_though_another_is(self):
        filters = self._create_part("Filter", 10.0, self.class_main, tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": filters.id} for name in ("L1", "L2")]
        )
        self._put_into_stock(filters, 5, lots[0])
        self._receive(filters, 5)
        with self.assertRaisesRegex(UserError, r"Filter \(L2\) at .*: 0 on hand"):
            self.env["stock.quant"]._update_available_quantity(
                filters, self.place_a, -1, lot_id=lots[1]
            )

    def test_keeper_cannot_push_a_dealer_below_zero_by_hand(self):
        places = {
            "location_id": self.place_a.id,
            "location_dest_id": self.customers.id,
        }
        move = (
            self.env["stock.move"]
            .with_user(self.user_keeper)
            .create({**places, "product_id": self.pump.id, "product_uom_qty": 1})
        )
        move._action_confirm()
        move.quantity = 1
        move.picked = True
        with self.assertRaisesRegex(UserError, "0 on hand, 1 Units wanted"):
            move._action_done()
