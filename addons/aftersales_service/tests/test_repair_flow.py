from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, SIGNATURE, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRepairFlow(ServiceCommon):
    def test_technician_finishes_repair_and_every_fact_is_noted(self):
        repair = self._create_repair(usage=120, **self._prepare_work_vals())
        self.assertRecordValues(
            repair,
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "staff_id": self.technician_a.id,
                    "partner_id": self.customer_a.id,
                    "lot_id": self.lot.id,
                    "product_id": self.machine.id,
                    "card_id": self.card.id,
                    "symptom_id": self.symptom.id,
                    "labour_hours": 2.5,
                    "verdict_covered": True,
                    "signed_on": datetime(2026, 6, 15, 8),
                }
            ],
        )
        repair.action_finish()
        ticket, job = repair.ticket_id, repair.dispatch_id
        self.assertRecordValues(
            repair,
            [
                {
                    "state": "done",
                    "result": "fixed",
                    "finished_at": datetime(2026, 6, 15, 8),
                    "first_time_fix": True,
                }
            ],
        )
        move = repair.move_ids
        self.assertRecordValues(
            move, [{"state": "done", "quantity": 2, "covered": True}]
        )
        stored = self.env["stock.quant"]._get_available_quantity(
            self.part, repair.sudo().location_id
        )
        self.assertEqual(stored, 8)
        self.assertEqual(job.state, "done")
        self.assertEqual(ticket.resolved_at, datetime(2026, 6, 15, 8))
        self.assertEqual(ticket.arrived_at, datetime(2026, 6, 15, 8))
        self.assertEqual(self.card.usage, 120)
        self.assertRecordValues(
            self.card.stop_ids,
            [{"date_from": date(2026, 6, 15), "date_to": date(2026, 6, 15)}],
        )

    def test_machine_stays_with_the_customer(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        customers = self.env.ref("stock.stock_location_customers")
        machine = repair.sudo().move_id
        self.assertRecordValues(
            machine,
            [
                {
                    "state": "done",
                    "product_id": self.machine.id,
                    "location_id": customers.id,
                    "location_dest_id": customers.id,
                    "lot_ids": self.lot.ids,
                }
            ],
        )

    def test_second_press_is_refused_and_moves_nothing(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        with self.assertRaisesRegex(UserError, "finished or cancelled"):
            repair.action_finish()
        self.assertEqual(repair.move_ids.mapped("quantity"), [2])

    def test_finish_without_signature_is_refused(self):
        vals = self._prepare_work_vals()
        vals.pop("signed_by")
        repair = self._create_repair(**vals)
        with self.assertRaisesRegex(UserError, "let the customer sign"):
            repair.action_finish()
        self.assertEqual(repair.state, "draft")
        self.assertFalse(repair.ticket_id.resolved_at)

    def test_finish_without_any_line_is_refused(self):
        repair = self._create_repair(
            customer_signature=SIGNATURE, signed_by="Zhang San"
        )
        with self.assertRaisesRegex(UserError, "at least one labour or part line"):
            repair.action_finish()
        self.assertEqual(repair.state, "draft")

    def test_finish_without_technician_is_refused(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.staff_id = False
        with self.assertRaisesRegex(UserError, "name the technician"):
            repair.action_finish()
        self.assertEqual(repair.state, "draft")

    def test_reading_below_the_last_one_is_refused(self):
        self.card.sudo()._record_usage(500, date(2026, 5, 1), "manual")
        repair = self._create_repair()
        with self.assertRaisesRegex(ValidationError, "499 of repair .* reading, 500"):
            repair.usage = 499
        repair.usage = 500
        repair.write(self._prepare_work_vals())
        repair.action_finish()
        self.assertEqual(self.card.usage, 500)

    def test_cover_follows_the_part_class(self):
        repair = self._create_repair(
            move_ids=[
                Command.create({"product_id": self.part.id, "product_uom_qty": 1}),
                Command.create({"product_id": self.wear_part.id, "product_uom_qty": 1}),
            ]
        )
        covered = {m.product_id: m.covered for m in repair.move_ids}
        self.assertEqual(covered, {self.part: True, self.wear_part: False})

    def test_cover_that_the_card_does_not_give_is_refused(self):
        repair = self._create_repair()
        refusal = self.assertRaisesRegex(ValidationError, "Belt.*not covered")
        with refusal, self.cr.savepoint():
            repair.move_ids = [
                Command.create(
                    {
                        "product_id": self.wear_part.id,
                        "product_uom_qty": 1,
                        "covered": True,
                    }
                )
            ]
        self.assertFalse(repair.move_ids)

    def test_charging_a_covered_line_is_possible(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.labour_ids.covered = False
        repair.move_ids.covered = False
        repair.customer_signature = SIGNATURE
        repair.action_finish()
        self.assertEqual(repair.move_ids.mapped("covered"), [False])
        self.assertEqual(repair.labour_ids.mapped("covered"), [False])

    def test_service_product_as_part_is_refused(self):
        service = self.env["product.product"].create(
            {"name": "Advice", "type": "service"}
        )
        repair = self._create_repair()
        refusal = self.assertRaisesRegex(ValidationError, "Advice is a service")
        with refusal, self.cr.savepoint():
            repair.move_ids = [
                Command.create({"product_id": service.id, "product_uom_qty": 1})
            ]
        self.assertFalse(repair.move_ids)

    def test_flat_rate_is_not_the_dealers_to_change(self):
        repair = self._create_repair(**self._prepare_work_vals())
        with self.assertRaisesRegex(AccessError, "flat rate"):
            repair.labour_ids.hours = 9
        self.assertEqual(repair.labour_ids.hours, 2.5)

    def test_finished_repair_can_no_longer_be_changed(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        for change in (
            {"travel_km": 10},
            {"labour_ids": [Command.clear()]},
            {"move_ids": [Command.update(repair.move_ids.id, {"covered": False})]},
        ):
            with self.assertRaisesRegex(UserError, "can no longer be changed"):
                repair.write(change)
        self.assertEqual(repair.labour_hours, 2.5)
        self.assertEqual(repair.move_ids.covered, True)

    def test_state_cannot_be_written_by_hand(self):
        repair = self._create_repair()
        for user in (self.user_tech_a, self.user_support):
            with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                repair.with_user(user).write({"state": "done"})
        self.assertEqual(repair.state, "draft")

    def test_dealer_cannot_move_parts_by_core_buttons(self):
        repair = self._create_repair(**self._prepare_work_vals())
        for button in ("action_repair_start", "action_repair_done"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                getattr(repair, button)()
        self.assertEqual(repair.state, "draft")
        self.assertEqual(repair.move_ids.state, "draft")

    def test_repair_without_serial_is_refused_where_the_type_needs_one(self):
        case = self._create_case(serial=False)
        with self.assertRaisesRegex(UserError, "needs the machine's serial number"):
            case.action_create_repair()
        self.assertFalse(case.repair_ids)
