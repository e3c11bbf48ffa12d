from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestQuotationRepair(ChargeCommon):
    """Charged work is not finished before the customer has agreed to it."""

    def test_covered_work_needs_no_quotation(self):
        repair = self._create_repair(travel_km=40.0)
        repair.write(self._prepare_work_vals())
        self.assertFalse(repair.charge_hint)
        repair.action_finish()
        self.assertEqual(repair.state, "done")

    def test_work_at_no_published_price_needs_no_quotation(self):
        self.rates.search([]).unlink()
        self.part.list_price = 0.0
        repair = self._create_old_repair()
        repair.action_finish()
        self.assertEqual(repair.state, "done")

    def test_charged_work_is_not_finished_without_a_quotation(self):
        repair = self._create_old_repair()
        self.assertIn("576.58", repair.charge_hint)
        with self.assertRefused(UserError, "accept a quotation first: .*576.58"):
            repair.action_finish()
        self.assertFalse(repair.finished_at)
        self.assertNotEqual(repair.move_ids.state, "done")

    def test_charged_work_is_not_finished_before_the_acceptance(self):
        repair = self._create_old_repair()
        quotation = self._quote(repair)
        quotation.action_send()
        with self.assertRefused(UserError, "accept a quotation first"):
            repair.action_finish()
        quotation._accept("phone", "Zhang San")
        repair.action_finish()
        self.assertEqual(repair.state, "done")

    def test_refused_quotation_does_not_count(self):
        repair = self._create_old_repair()
        quotation = self._quote(repair)
        quotation.action_send()
        quotation.action_refuse("Too dear")
        with self.assertRefused(UserError, "accept a quotation first"):
            repair.action_finish()
        self.assertFalse(repair.finished_at)

    def test_more_work_than_accepted_is_refused(self):
        repair = self._create_old_repair()
        self._quote_accepted(repair)
        repair.travel_km = 41.0
        self._sign(repair)
        with self.assertRefused(UserError, "comes to .*578.28.*accepted .*576.58"):
            repair.action_finish()
        self.assertFalse(repair.finished_at)

    def test_more_work_within_the_tolerance_is_finished(self):
        # 0.29 % of 576.58 is 1.67: the limit is 578.25, a kilometre makes 578.28
        repair = self._create_old_repair()
        quotation = self._quote_accepted(repair)
        repair.travel_km = 41.0
        self._sign(repair)
        self.company.aftersales_quotation_tolerance = 0.29
        with self.assertRefused(UserError, "at most .*578.25"):
            repair.action_finish()
        self.company.aftersales_quotation_tolerance = 0.30
        quotation.invalidate_recordset(["limit_total"])
        repair.action_finish()
        self.assertEqual(repair.state, "done")
        self.assertEqual(quotation.used_total, 578.28)

    def test_new_version_accepted_lets_it_finish(self):
        repair = self._create_old_repair()
        first = self._quote_accepted(repair)
        repair.labour_ids = [Command.create({"operation_id": self.operation.id})]
        self._sign(repair)
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual(second.amount_untaxed, 760.5)
        second.action_send()
        second._accept("phone", "Zhang San")
        repair.action_finish()
        self.assertEqual(second.used_untaxed, 760.5)
        self.assertFalse(first.is_used)

    def test_less_work_than_quoted_is_charged_as_used(self):
        repair = self._create_old_repair()
        quotation = self._quote_accepted(repair)
        repair.write({"travel_km": 10.0})
        repair.move_ids.unlink()
        self._sign(repair)
        repair.action_finish()
        used = {line.kind: line.used_quantity for line in quotation.line_ids}
        self.assertEqual(used, {"part": 0.0, "labour": 2.5, "travel": 10.0})
        # 250.25 + 15.00 = 265.25; 32.53 and 1.95 of tax
        self.assertRecordValues(
            quotation,
            [{"used_untaxed": 265.25, "used_tax": 34.48, "used_total": 299.73}],
        )

    def test_work_in_place_of_other_work_is_added_as_not_quoted(self):
        repair = self._create_old_repair()
        quotation = self._quote_accepted(repair)
        repair.move_ids = [
            Command.delete(repair.move_ids.id),
            Command.create({"product_id": self.wear_part.id, "product_uom_qty": 2}),
        ]
        self._sign(repair)
        repair.action_finish()
        extra = quotation.line_ids.filtered("is_extra")
        self.assertRecordValues(
            extra,
            [
                {
                    "product_id": self.wear_part.id,
                    "quantity": 0.0,
                    "used_quantity": 2.0,
                    "used_subtotal": 60.0,
                }
            ],
        )
        self.assertEqual(quotation.used_untaxed, 370.25)
        self.assertEqual(quotation.amount_untaxed, 510.25)

    def test_line_made_covered_later_is_not_charged(self):
        repair = self._create_repair()
        repair.move_ids = [
            Command.create(
                {"product_id": self.part.id, "product_uom_qty": 1, "covered": False}
            )
        ]
        quotation = self._quote_accepted(repair)
        self.assertEqual(quotation.amount_total, 226.0)
        repair.move_ids.covered = True
        self._sign(repair)
        repair.action_finish()
        self.assertEqual(quotation.used_total, 0.0)
        self.assertEqual(quotation.line_ids.filtered("covered").used_quantity, 1.0)

    def test_travel_follows_the_card_and_is_not_covered_by_hand(self):
        self.assertTrue(self._create_repair().travel_covered)
        old = self._create_old_repair()
        self.assertFalse(old.travel_covered)
        with self.assertRefused(UserError, "Travel of repair .* is not covered"):
            old.travel_covered = True

    def test_travel_charged_after_signing_voids_the_signature(self):
        repair = self._create_repair()
        self._sign(repair)
        self.assertTrue(repair.customer_signature)
        repair.travel_covered = False
        self.assertFalse(repair.customer_signature)
        self.assertIn("Travel Covered", repair.signature_void_reason)

    def test_two_lines_of_one_part_are_filled_in_order(self):
        repair = self._create_old_repair()
        repair.move_ids = [
            Command.create({"product_id": self.part.id, "product_uom_qty": 2})
        ]
        quotation = self._quote_accepted(repair)
        repair.move_ids[-1].product_uom_qty = 1
        self._sign(repair)
        repair.action_finish()
        parts = quotation.line_ids.filtered(lambda line: line.kind == "part")
        self.assertEqual(parts.mapped("used_quantity"), [1.0, 1.0])
        self.assertEqual(parts.mapped("quantity"), [1.0, 2.0])
