from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionFlow(RequisitionCommon):
    """Asked, approved, issued, used, returned, written off: to the piece."""

    def test_three_issued_two_used_one_returned_written_off_with_two_old_parts(self):
        requisition = self._create_requisition()
        self.assertEqual(requisition.value, 600)
        self._issue(requisition)
        self._assert_stock(2, 3)
        line = requisition.line_ids
        self.assertRecordValues(
            line,
            [{"issued": 3, "used": 3, "returned": 0, "unused": 0, "open_quantity": 3}],
        )
        self.assertEqual(self.repair.move_ids.product_uom_qty, 3)
        line.with_user(self.user_tech_a).used = 2
        self.assertEqual(self.repair.move_ids.product_uom_qty, 2)
        self._finish(self.repair)
        self._assert_stock(2, 1)
        self.assertRecordValues(
            line, [{"used": 2, "consumed": 2, "unused": 1, "open_quantity": 1}]
        )
        self._return(requisition)
        self._assert_stock(3, 0)
        self.assertRecordValues(line, [{"returned": 1, "open_quantity": 0}])
        tags = requisition.old_part_ids
        self.assertEqual(len(tags), 2)
        requisition.scan = "\n".join(tags.mapped("name"))
        requisition.action_hand_in()
        requisition.with_user(self.user_agent_a).action_write_off()
        self.assertRecordValues(
            requisition,
            [
                {
                    "state": "done",
                    "written_off_by": self.user_agent_a.id,
                    "approved_by": self.user_manager_a.id,
                    "issued_by": self.user_agent_a.id,
                    "requested_by": self.user_tech_a.id,
                }
            ],
        )

    def test_company_stock_value_is_untouched_by_issue_use_and_return(self):
        # ten pumps at 100 came in, five were delivered to the dealer
        self.assertEqual(self._get_stock_value(self.pump), 500)
        requisition = self._create_requisition()
        self._issue(requisition)
        self.assertEqual(self._get_stock_value(self.pump), 500)
        requisition.line_ids.used = 1
        self._finish(self.repair)
        self._return(requisition)
        self.assertEqual(self._get_stock_value(self.pump), 500)
        moves = self.env["stock.move"].search(
            [("product_id", "=", self.pump.id), ("location_id", "!=", self.stock.id)]
        )
        inventory = moves.filtered(lambda move: move.location_id.usage == "inventory")
        self.assertEqual(sum((moves - inventory).mapped("value")), 0)

    def test_scanned_pieces_are_issued_and_the_rest_stays_wanted(self):
        requisition = self._create_requisition()
        self._approve(requisition)
        requisition.scan = "690001\nPU-1"
        requisition.with_user(self.user_agent_a).action_issue_scanned()
        self._assert_stock(3, 2)
        self.assertFalse(requisition.scan)
        self.assertTrue(requisition.to_issue)
        requisition.scan = "1*690001"
        requisition.with_user(self.user_agent_a).action_issue_scanned()
        self._assert_stock(2, 3)
        self.assertFalse(requisition.to_issue)
        self.assertEqual(sorted(requisition.entry_ids.mapped("quantity")), [1, 2])
        self.assertEqual(requisition.entry_ids.user_id, self.user_agent_a)

    def test_ledger_names_the_people_and_the_requisition(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        self.env.flush_all()
        rows = (
            self.env["aftersales.parts.ledger"]
            .with_user(self.user_agent_a)
            .search([("requisition_id", "=", requisition.id)], order="quantity")
        )
        self.assertRecordValues(
            rows,
            [
                {
                    "quantity": -3,
                    "balance": 2,
                    "location_id": self.place_a.id,
                    "staff_id": self.technician_a.id,
                    "user_id": self.user_agent_a.id,
                    "reference": requisition.name,
                },
                {
                    "quantity": 3,
                    "balance": 3,
                    "location_id": self._get_bag().id,
                    "staff_id": self.technician_a.id,
                    "user_id": self.user_agent_a.id,
                    "reference": requisition.name,
                },
            ],
        )
        self.assertEqual(rows[0].action_open_document()["res_id"], requisition.id)

    def test_serials_go_out_and_come_back_as_the_piece_they_are(self):
        turbo = self._create_part("Turbo", 50.0, self.class_main, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"T-{n}", "product_id": turbo.id} for n in (1, 2)]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                turbo, self.place_a, 1, lot_id=lot
            )
        requisition = self._create_requisition({turbo: 2})
        self._approve(requisition)
        requisition.scan = "T-2 T-1"
        requisition.with_user(self.user_agent_a).action_issue_scanned()
        self.assertEqual(requisition.entry_ids.lot_id, lots)
        self._return(requisition, 1)
        back = requisition.entry_ids.filtered(lambda entry: entry.kind == "return")
        self.assertRecordValues(back, [{"lot_id": lots[0].id, "quantity": 1}])
        self.assertEqual(self.repair.move_ids.product_uom_qty, 1)
        self._finish(self.repair)
        self.assertEqual(self.repair.move_ids.lot_ids, lots[1])

    def test_parts_of_a_job_become_the_parts_of_its_repair_record(self):
        ticket = self.repair.ticket_id
        job = (
            self.env["aftersales.dispatch"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "ticket_id": ticket.id,
                    "staff_id": self.technician_a.id,
                    "date_start": "2026-06-01 08:00:00",
                    "date_end": "2026-06-01 10:00:00",
                    "place": "Road 1",
                    "task": "Look",
                }
            )
        )
        requisition = self._create_requisition({self.pump: 2}, dispatch_id=job.id)
        self.assertEqual(requisition.staff_id, self.technician_a)
        self._issue(requisition)
        self.assertEqual(requisition.line_ids.used, 0)
        repair = ticket.with_user(self.user_agent_a)._create_repair(job)
        self.assertEqual(requisition.repair_id, repair)
        self.assertRecordValues(
            repair.move_ids, [{"product_id": self.pump.id, "product_uom_qty": 2}]
        )
        self.assertEqual(repair.move_ids.location_id, self._get_bag())

    def test_a_dozen_is_twelve_pieces(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        self._put_into_stock(self.oil, 20)
        self._receive(self.oil, 20)
        requisition = self._create_requisition({})
        requisition.line_ids = [
            Command.create(
                {"product_id": self.oil.id, "quantity": 1, "uom_id": dozen.id}
            )
        ]
        self._issue(requisition)
        self._assert_stock(8, 12, self.oil)
        self.assertEqual(requisition.line_ids.issued, 12)

    def test_cancelled_repair_leaves_the_parts_to_be_returned(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        self.repair.action_cancel_repair()
        self.assertRecordValues(
            requisition.line_ids, [{"used": 0, "unused": 3, "open_quantity": 3}]
        )
        self._return(requisition)
        self._assert_stock(5, 0)
        requisition.action_write_off()
        self.assertEqual(requisition.state, "done")

    def test_the_paper_prints_the_parts(self):
        requisition = self._create_requisition()
        self._issue(requisition)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_requisition.report_requisition", requisition.ids
        )
        for text in (requisition.name, "PU-1", "Pump", "Tech A", "600.00"):
            self.assertIn(text, html.decode())

    def test_another_technicians_bag_is_not_offered_to_a_repair(self):
        self._issue(self._create_requisition({self.pump: 5}))
        other = self._create_repair(serial="H1-0002", parts={self.pump: 1})
        with self.assertRaisesRegex(UserError, "Not enough of .*Pump"):
            self._finish(other)
        self._assert_stock(0, 5)
