from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MasterCommon


@tagged("post_install", "-at_install")
class TestPartFit(MasterCommon):
    """Only parts that a machine has go into it, and not more of them."""

    def _use(self, quantity, part=None):
        return self._create_repair(parts={part or self.pump: quantity})

    def test_part_of_the_machine_is_taken(self):
        self._fit(self.pump, self.model, 2)
        repair = self._use(2)
        self.assertEqual(repair.move_ids.product_uom_qty, 2)

    def test_part_listed_for_no_machine_fits_every_one(self):
        self.assertEqual(self._use(7, self.oil).move_ids.product_uom_qty, 7)

    def test_part_of_another_machine_is_refused(self):
        self._fit(self.pump, self.other_model, 2)
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self._use(1)
        self.assertIn("does not fit", str(caught.exception))
        self.assertIn(self.pump.display_name, str(caught.exception))

    def test_more_than_the_machine_has_is_refused(self):
        self._fit(self.pump, self.model, 2)
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self._use(3)
        self.assertIn("has 2 of", str(caught.exception))

    def test_two_lines_of_one_part_count_together(self):
        self._fit(self.pump, self.model, 2)
        repair = self._use(2)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            line = {"product_id": self.pump.id, "product_uom_qty": 1}
            repair.write({"move_ids": [Command.create(line)]})
        self.assertEqual(len(repair.move_ids), 1)

    def test_requisition_asks_the_same(self):
        self._fit(self.pump, self.other_model, 1)
        repair = self._create_repair()
        line = self.env["aftersales.parts.requisition.line"].new(
            {
                "product_id": self.pump.id,
                "quantity": 1,
                "requisition_id": self.env["aftersales.parts.requisition"].new(
                    {"repair_id": repair.id}
                ),
            }
        )
        [blocker] = line._get_issue_blockers()
        self.assertIn("does not fit", blocker)

    def test_one_line_per_part_and_machine(self):
        self._fit(self.pump, self.model, 2)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._fit(self.pump, self.model, 1)

    def test_machine_is_no_part(self):
        with self.assertRaises(ValidationError):
            self._fit(self.machine, self.other_model, 1)

    def test_dealer_reads_and_does_not_write(self):
        fit = self._fit(self.pump, self.model, 2).with_user(self.user_agent_a)
        self.assertEqual(fit.quantity, 2)
        with self.assertRaises(AccessError):
            fit.quantity = 9
