from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, SIGNATURE, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSignature(ServiceCommon):
    """A signature counts for what was on the record when it was given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_repair(usage=120, **cls._prepare_work_vals())

    def assert_voided(self, field):
        self.assertFalse(self.repair.customer_signature)
        self.assertFalse(self.repair.signed_on)
        reason = self.repair.signature_void_reason
        self.assertIn("Zhang San", reason)
        self.assertIn(f"changed afterwards: {field}.", reason)
        self.assertIn(reason, self.repair.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "let the customer sign"):
            self.repair.action_finish()
        self.assertEqual(self.repair.state, "draft")

    def test_signature_with_lines_in_one_save_counts(self):
        self.assertTrue(self.repair.customer_signature)
        self.assertFalse(self.repair.signature_void_reason)
        self.repair.internal_notes = "A remark changes nothing"
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")
        self.assertTrue(self.repair.customer_signature)

    def test_quantity_changed_after_signing(self):
        self.repair.move_ids.product_uom_qty = 3
        self.assert_voided("Parts")

    def test_part_charged_through_the_form_after_signing(self):
        line = self.repair.move_ids
        self.repair.move_ids = [Command.update(line.id, {"covered": False})]
        self.assert_voided("Parts")

    def test_part_added_and_part_removed_after_signing(self):
        self.env["stock.move"].with_user(self.user_tech_a).create(
            {
                "repair_id": self.repair.id,
                "product_id": self.wear_part.id,
                "product_uom_qty": 1,
            }
        )
        self.assert_voided("Parts")
        self.repair.customer_signature = SIGNATURE
        self.repair.move_ids[-1:].unlink()
        self.assert_voided("Parts")

    def test_labour_changed_after_signing(self):
        self.repair.labour_ids.unlink()
        self.assert_voided("Labour")

    def test_reading_changed_after_signing(self):
        self.repair.usage = 121
        self.assert_voided("Reading")

    def test_signed_again_the_repair_is_finished(self):
        self.repair.travel_km = 12
        self.assert_voided("Travel (km)")
        self.repair.customer_signature = SIGNATURE
        self.assertFalse(self.repair.signature_void_reason)
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_no_context_goes_round_it(self):
        lines = self.repair.move_ids.with_context(aftersales_signing=True)
        lines.product_uom_qty = 3
        with self.assertRaisesRegex(UserError, "let the customer sign"):
            self.repair.action_finish()
        self.assertEqual(self.repair.state, "draft")

    def test_what_was_signed_is_not_written_by_hand(self):
        for user in (self.user_tech_a, self.user_support):
            with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                self.repair.with_user(user).signed_content = {}
