from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionRefusals(RequisitionCommon):
    """What is refused names the thing and the way out, and nothing has happened."""

    def _assert_refused(self, text, call):
        with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
            call()
        self._assert_stock(5, 0)

    def _scan(self, requisition, codes):
        requisition = requisition.with_user(self.user_agent_a)
        requisition.scan = codes
        return requisition.action_issue_scanned

    def test_more_than_in_the_store(self):
        requisition = self._create_requisition({self.pump: 6})
        self._approve(requisition)
        self._assert_refused(
            "Not enough of .*Pump at .*A01: 5 on hand, 6 Units wanted",
            requisition.with_user(self.user_agent_a).action_issue_all,
        )
        self.assertEqual(requisition.state, "approved")
        self.assertFalse(requisition.entry_ids)

    def test_more_than_approved(self):
        requisition = self._create_requisition({self.pump: 2})
        self._approve(requisition)
        self._assert_refused(
            "3 scanned, but only 2 of 2 approved", self._scan(requisition, "3*PU-1")
        )

    def test_unknown_barcode_and_nothing_of_the_scan_is_issued(self):
        requisition = self._create_requisition()
        self._approve(requisition)
        self._assert_refused(
            "999 is no part, lot or serial", self._scan(requisition, "PU-1 999")
        )
        self.assertEqual(requisition.scan, "PU-1 999")

    def test_nothing_scanned(self):
        requisition = self._create_requisition()
        self._approve(requisition)
        self._assert_refused("nothing was scanned", self._scan(requisition, " "))

    def _create_turbo(self):
        turbo = self._create_part("Turbo", 50.0, self.class_main, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"T-{n}", "product_id": turbo.id} for n in (1, 2)]
        )
        self.env["stock.quant"]._update_available_quantity(
            turbo, self.place_a, 1, lot_id=lots[0]
        )
        return turbo

    def test_same_serial_twice_or_again_or_elsewhere(self):
        turbo = self._create_turbo()
        requisition = self._create_requisition({turbo: 2})
        self._approve(requisition)
        self._assert_refused(
            "T-1 was scanned twice", self._scan(requisition, "T-1 T-1")
        )
        self._assert_refused(
            r"Not enough of Turbo \(T-2\)", self._scan(requisition, "T-2")
        )
        self._scan(requisition, "T-1")()
        self._assert_refused(
            r"Not enough of Turbo \(T-1\)", self._scan(requisition, "T-1")
        )

    def test_tracked_part_is_not_issued_without_its_number(self):
        turbo = self._create_turbo()
        requisition = self._create_requisition({turbo: 1})
        self._approve(requisition)
        self._assert_refused(
            "Scan each piece", requisition.with_user(self.user_agent_a).action_issue_all
        )

    def test_issuing_twice(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        with self.assertRaisesRegex(UserError, "issued already"):
            requisition.with_user(self.user_agent_a).action_issue_all()
        self._assert_stock(2, 3)

    def test_unit_that_measures_something_else(self):
        kilogram = self.env.ref("uom.product_uom_kgm")
        with self.assertRaisesRegex(ValidationError, "counted in Units; kg measures"):
            self._create_requisition({}).line_ids = [
                Command.create({"product_id": self.pump.id, "uom_id": kilogram.id})
            ]

    def test_part_that_an_addon_blocks_is_neither_asked_for_nor_issued(self):
        requisition = self._create_requisition()
        lines = type(self.env["aftersales.parts.requisition.line"])
        with patch.object(
            lines, "_get_issue_blockers", lambda line: ["superseded by PU-2."]
        ):
            self._assert_refused("Pump on RQ.*: superseded", requisition.action_submit)
        self._approve(requisition)
        with patch.object(
            lines, "_get_issue_blockers", lambda line: ["superseded by PU-2."]
        ):
            self._assert_refused(
                "superseded by PU-2",
                requisition.with_user(self.user_agent_a).action_issue_all,
            )

    def test_part_out_of_the_catalogue(self):
        requisition = self._create_requisition()
        self.pump.active = False
        self._assert_refused("no longer in the catalogue", requisition.action_submit)

    def test_machine_is_no_part(self):
        with self.assertRaisesRegex(ValidationError, "no part that can be issued"):
            self._create_requisition({self.machine: 1})

    def test_writing_off_with_open_lines(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        with self.assertRaisesRegex(UserError, "Pump: 3 issued and neither used"):
            requisition.action_write_off()
        self._finish(self.repair)
        with self.assertRaisesRegex(UserError, "old parts OP.* were not handed in"):
            requisition.action_write_off()
        self.assertEqual(requisition.state, "issued")

    def test_label_of_another_old_part_is_not_handed_in(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        self._finish(self.repair)
        requisition.scan = "OP00"
        with self.assertRaisesRegex(UserError, "Not one of them: OP00"):
            requisition.action_hand_in()
        self.assertEqual(requisition.old_part_open_count, 3)

    def test_returning_more_than_is_out(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        with self.assertRaisesRegex(UserError, "4 cannot come back, 3 are out"):
            self._return(requisition, 4)
        self._assert_stock(2, 3)

    def test_returning_twice(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        self._return(requisition, 3)
        with self.assertRaisesRegex(UserError, "how many pieces"):
            self._return(requisition)
        self._assert_stock(5, 0)

    def test_nothing_asked_for(self):
        with self.assertRaisesRegex(UserError, "asks for nothing"):
            self._create_requisition({}).action_submit()

    def test_finished_repair_record_takes_no_parts(self):
        requisition = self._create_requisition({self.pump: 1})
        self.repair.action_cancel_repair()
        self._assert_refused("finished or cancelled", requisition.action_submit)

    @mute_logger("odoo.sql_db")
    def test_same_part_on_two_lines(self):
        requisition = self._create_requisition()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            requisition.line_ids = [Command.create({"product_id": self.pump.id})]

    def test_lines_stand_once_asked_for(self):
        requisition = self._create_requisition()
        requisition.action_submit()
        with self.assertRaisesRegex(UserError, "its parts stand"):
            requisition.line_ids.quantity = 1
        with self.assertRaisesRegex(UserError, "its parts stand"):
            requisition.line_ids = [Command.create({"product_id": self.oil.id})]
        with self.assertRaisesRegex(UserError, "stays on record"):
            requisition.unlink()
        self.assertEqual(requisition.line_ids.quantity, 3)

    def test_without_a_job_or_a_repair_record(self):
        with self.assertRaisesRegex(ValidationError, "which job or repair record"):
            self._create_requisition(
                user=self.user_keeper, repair_id=False, staff_id=self.technician_a.id
            )
