from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PartsCommon

DECISION = {"finding": "Looked at", "cause": "no_fault", "responsibility": "company"}


@tagged("post_install", "-at_install")
class TestOldPartDisposal(PartsCommon):
    """Usable pieces become stock at the value set; the others leave a fact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parts_category.property_cost_method = "average"
        cls._receive(cls.pump, 3)
        repair = cls._create_repair(parts={cls.pump: 3})
        cls._finish(repair)
        cls.tags = repair.sudo().old_part_ids.sorted("name")
        cls.tags.with_user(cls.user_inspector).action_receive()

    def _inspect(self, tags, disposition):
        tags.with_user(self.user_inspector)._inspect(
            {**DECISION, "disposition": disposition}
        )

    def _dispose(self, tags, unit_value=0.0, user=None):
        user = user or self.user_keeper
        action = tags.with_user(user).action_dispose()
        self.env[action["res_model"]].with_user(user).with_context(
            **action["context"]
        ).create({"note": "W-1", "unit_value": unit_value}).action_apply()

    def test_usable_pieces_are_in_the_good_store_at_the_value_set(self):
        shelf = self.env["stock.location"].create(
            {"name": "Good", "location_id": self.stock.id}
        )
        self.company.aftersales_good_location_id = shelf
        # seven of ten pumps are left at 100 each
        self.assertEqual(self._get_stock_value(self.pump), 700)
        self._inspect(self.tags[:2], "usable")
        self._dispose(self.tags[:2], 30.0)
        self.assertEqual(self._get_on_hand(self.pump, shelf), 2)
        self.assertEqual(self._get_stock_value(self.pump), 760)
        self.assertRecordValues(
            self.tags[:2],
            [{"unit_value": 30, "disposed_by": self.user_keeper.id}] * 2,
        )
        self.assertEqual(len(self.tags[:2].stock_move_id), 2)

    def test_waste_and_suppliers_pieces_move_no_stock(self):
        self._inspect(self.tags[0], "scrap")
        self._inspect(self.tags[1], "supplier")
        self._dispose(self.tags[:2])
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 7)
        self.assertFalse(self.tags.stock_move_id)
        self.assertEqual(self.tags[:2].mapped("disposal_note"), ["W-1", "W-1"])

    def test_second_time_is_refused_and_takes_nothing_in(self):
        self._inspect(self.tags[0], "usable")
        self._dispose(self.tags[0], 30.0)
        with self.assertRaisesRegex(UserError, "left the inspection already"):
            self._dispose(self.tags[0], 30.0)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 8)

    def test_disputed_and_undecided_pieces_stay(self):
        self._inspect(self.tags[0], "disputed")
        with self.assertRaisesRegex(UserError, "disputed or has left"):
            self._dispose(self.tags[0])
        with self.assertRaisesRegex(UserError, "is in state"):
            self._dispose(self.tags[1])
        self.assertFalse(any(self.tags.mapped("disposed_on")))

    def test_only_the_keeper_brings_away(self):
        self._inspect(self.tags[0], "usable")
        for user in (self.user_inspector, self.user_manager_a, self.user_support):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._dispose(self.tags[0], user=user)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 7)

    def test_tracked_piece_needs_its_number(self):
        self.tags[0].product_id = self._create_part(
            "Turbo", 50.0, self.class_main, tracking="serial"
        )
        self._inspect(self.tags[0], "usable")
        with (
            self.assertRaisesRegex(UserError, "Enter the serial number"),
            self.cr.savepoint(),
        ):
            self._dispose(self.tags[0], 10.0)
        self.env.invalidate_all(flush=False)
        self.assertFalse(self.tags[0].disposed_on)
        self.tags[0].old_serial = "T-OLD"
        self._dispose(self.tags[0], 10.0)
        self.assertEqual(self.tags[0].stock_move_id.lot_ids.name, "T-OLD")
