from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestPartsRepair(PartsCommon):
    """A dealer's repair uses the dealer's parts; our books do not notice."""

    def test_parts_come_from_the_dealers_place(self):
        repair = self._create_repair(parts={self.pump: 2})
        self.assertEqual(repair.sudo().location_id, self.place_a)
        self.assertEqual(repair.sudo().move_ids.location_id, self.place_a)

    def test_finishing_takes_the_pieces_and_leaves_our_stock_value(self):
        self._receive(self.pump, 4)
        before = self._get_stock_value(self.pump)
        repair = self._create_repair(parts={self.pump: 3})
        self._finish(repair)
        self.assertEqual(repair.state, "done")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 1)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 6)
        self.assertEqual(before, 600)
        self.assertEqual(self._get_stock_value(self.pump), 600)
        self.assertRecordValues(
            repair.sudo().move_ids,
            [{"state": "done", "quantity": 3, "value": 0, "is_valued": False}],
        )

    def test_started_repair_reserves_the_dealers_piece(self):
        self._receive(self.pump, 1)
        repair = self._create_repair(parts={self.pump: 1})
        repair.action_start()
        quant = (
            self.env["stock.quant"]
            .with_user(self.user_agent_a)
            .search([("product_id", "=", self.pump.id)])
        )
        self.assertRecordValues(quant, [{"quantity": 1, "reserved_quantity": 1}])

    def test_part_line_tells_the_technician_what_is_on_hand(self):
        self._receive(self.pump, 4)
        repair = self._create_repair(parts={self.pump: 1, self.oil: 1})
        lines = repair.with_user(self.user_tech_a).move_ids
        self.assertEqual(
            {line.product_id: line.dealer_on_hand for line in lines},
            {self.pump: 4, self.oil: 0},
        )

    def test_company_repair_takes_parts_from_the_warehouse(self):
        repair = self.env["repair.order"].create({"product_id": self.machine.id})
        self.assertEqual(repair.location_id, self.stock)

    def test_unit_that_measures_something_else_is_refused_and_no_line_is_written(self):
        self._receive(self.pump, 4)
        repair = self._create_repair(parts={self.pump: 1})
        kilogram = self.env.ref("uom.product_uom_kgm")
        kilogram.active = True
        line = {"product_id": self.oil.id, "product_uom": kilogram.id}
        for vals in (
            {"move_ids": [Command.create({**line, "product_uom_qty": 1})]},
            {"move_ids": [Command.update(repair.move_ids.id, line)]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(
                    ValidationError, "counted in Units; kg measures"
                ),
                self.env.cr.savepoint(),
            ):
                repair.write(vals)
        self.assertRecordValues(
            repair.move_ids,
            [{"product_id": self.pump.id, "product_uom": self.pump.uom_id.id}],
        )

    def test_keeper_brings_a_dealer_no_kilograms_of_pumps(self):
        kilogram = self.env.ref("uom.product_uom_kgm")
        kilogram.active = True
        moves = self.env["stock.move"].with_user(self.user_keeper)
        with (
            self.assertRaisesRegex(ValidationError, "counted in Units; kg measures"),
            self.env.cr.savepoint(),
        ):
            moves.create(
                {
                    "product_id": self.pump.id,
                    "product_uom": kilogram.id,
                    "product_uom_qty": 2,
                    "location_id": self.stock.id,
                    "location_dest_id": self.place_a.id,
                }
            )
        self.assertFalse(
            moves.search([("location_dest_id", "=", self.place_a.id)]),
        )
