from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionUse(RequisitionCommon):
    """One number on the requisition and on the repair record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requisition = cls._create_requisition()
        cls._issue(cls.requisition)
        cls.line = cls.requisition.line_ids
        cls.move = cls.repair.move_ids

    def test_quantity_on_the_repair_record_is_used_on_the_requisition(self):
        self.move.with_user(self.user_tech_a).product_uom_qty = 1
        self.assertRecordValues(self.line, [{"used": 1, "unused": 2}])

    def test_used_typed_on_the_form_is_on_the_repair_record(self):
        with (
            Form(self.requisition.with_user(self.user_tech_a)) as form,
            form.line_ids.edit(0) as line,
        ):
            line.used = 1
        self.assertEqual(self.move.product_uom_qty, 1)
        self.assertRecordValues(self.line, [{"used": 1, "unused": 2}])

    def test_deleted_part_line_means_nothing_used(self):
        self.repair.with_user(self.user_tech_a).move_ids = [
            Command.delete(self.move.id)
        ]
        self.assertRecordValues(self.line, [{"used": 0, "unused": 3}])

    def test_part_typed_again_uses_the_issued_pieces(self):
        repair = self.repair.with_user(self.user_tech_a)
        repair.move_ids = [Command.delete(self.move.id)]
        repair.move_ids = [
            Command.create({"product_id": self.pump.id, "product_uom_qty": 2})
        ]
        self.assertEqual(repair.move_ids.requisition_line_id, self.line)
        self.assertEqual(repair.move_ids.location_id, self._get_bag())
        self.assertEqual(self.line.used, 2)

    def test_zero_used_takes_the_part_off_the_repair_record(self):
        self.line.with_user(self.user_tech_a).used = 0
        self.assertFalse(self.repair.move_ids)

    def test_more_used_than_issued_is_refused_on_both_papers(self):
        for change in (
            lambda: self.line.with_user(self.user_tech_a).write({"used": 4}),
            lambda: self.move.with_user(self.user_tech_a).write({"product_uom_qty": 4}),
        ):
            with (
                self.assertRaisesRegex(UserError, "4 used, but only 3 of RQ.* out"),
                self.cr.savepoint(),
            ):
                change()
            self.env.invalidate_all(flush=False)
        self.assertEqual(self.move.product_uom_qty, 3)

    def test_returning_a_planned_piece_takes_it_off_the_repair_record(self):
        self._return(self.requisition, 1)
        self.assertEqual(self.move.product_uom_qty, 2)
        self.assertRecordValues(self.line, [{"used": 2, "returned": 1, "unused": 0}])
        self._assert_stock(3, 2)

    def test_use_of_a_finished_record_stands(self):
        self._finish(self.repair)
        with self.assertRaisesRegex(UserError, "open repair record"):
            self.line.with_user(self.user_tech_a).used = 1
        self.assertEqual(self.line.consumed, 3)

    def test_issued_pieces_of_another_record_cannot_be_claimed(self):
        self.line.used = 1
        other = self._create_repair(serial="H1-0002")
        with self.assertRaisesRegex(UserError, "issued for another repair record"):
            other.with_user(self.user_tech_a).move_ids = [
                Command.create(
                    {
                        "product_id": self.pump.id,
                        "product_uom_qty": 1,
                        "requisition_line_id": self.line.id,
                    }
                )
            ]

    def test_facts_are_closed_to_direct_writes(self):
        for name in ("issued", "returned", "quantity"):
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "stand"):
                self.line.with_user(self.user_tech_a).write({name: 9})
        with self.assertRaises(AccessError):
            self.requisition.entry_ids.with_user(self.user_manager_a).write(
                {"quantity": 9}
            )
        with self.assertRaises(AccessError):
            self.requisition.entry_ids.with_user(self.user_manager_a).unlink()
        with self.assertRaises(AccessError):
            self.requisition.with_user(self.user_manager_a).write({"state": "done"})
        self.assertRecordValues(self.line, [{"issued": 3, "quantity": 3}])
