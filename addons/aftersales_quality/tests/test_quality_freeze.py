from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW, SIGNATURE

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityFreeze(QualityCommon):
    """Work that was checked stays as it was checked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_work()
        cls.cause = cls.env["aftersales.fault"].search(
            [("kind", "=", "cause")], limit=1
        )

    def test_work_is_changed_freely_before_the_check(self):
        self.repair.move_ids.product_uom_qty = 3
        self.repair.cause_id = self.cause
        self.assertEqual(self.repair.move_ids.product_uom_qty, 3)

    def test_checked_work_is_frozen(self):
        self._pass(self.repair)
        for change in (
            lambda: self.repair.write({"cause_id": self.cause.id}),
            lambda: self.repair.write({"staff_id": self.leader_a.id}),
            lambda: self.repair.write({"labour_ids": [Command.clear()]}),
            lambda: self.repair.move_ids.write({"product_uom_qty": 3}),
            lambda: self.repair.move_ids.unlink(),
            lambda: self.repair.labour_ids.write({"covered": False}),
            lambda: self.repair.labour_ids.unlink(),
            lambda: (
                self.env["stock.move"]
                .with_user(self.user_tech_a)
                .create(
                    {
                        "repair_id": self.repair.id,
                        "product_id": self.part.id,
                        "product_uom_qty": 1,
                    }
                )
            ),
        ):
            refusal = self.assertRaisesRegex(UserError, "Take Back from Check")
            with refusal, self.cr.savepoint():
                change()
        self.repair.invalidate_recordset()
        self.assertEqual(self.repair.move_ids.product_uom_qty, 2)
        self.assertEqual(self.repair.labour_hours, 2.5)

    def test_customer_may_still_sign(self):
        self._pass(self.repair)
        self.repair.write({"customer_signature": SIGNATURE, "signed_by": "Li Si"})
        self.assertEqual(self.repair.signed_by, "Li Si")

    def test_work_taken_back_is_checked_again_and_counts_as_no_redo(self):
        self._pass(self.repair)
        self._pass(self.repair, self.user_manager_a)
        self.assertTrue(self.repair.can_withdraw_check)
        self.repair.action_withdraw_check()
        self.assertEqual(
            self._get_round(self.repair),
            [("self", "open"), ("leader", "waiting"), ("inspector", "waiting")],
        )
        self.assertRecordValues(
            self.repair, [{"quality_state": "to_check", "quality_redo_count": 0}]
        )
        self.repair.cause_id = self.cause
        with self.assertRaisesRegex(UserError, "Self Check, round 2"):
            self.repair.action_finish()

    def test_work_not_in_check_is_not_taken_back(self):
        self.assertFalse(self.repair.can_withdraw_check)
        with self.assertRaisesRegex(UserError, "is not being checked"):
            self.repair.action_withdraw_check()
        self.assertEqual(len(self.repair.sudo().quality_check_ids), 3)
