from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, ServiceCommon

MODELS = (
    "helpdesk.ticket",
    "aftersales.dispatch",
    "repair.order",
    "aftersales.repair.labour",
    "stock.move",
    "aftersales.followup",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceFence(ServiceCommon):
    """What dealer A has done is neither seen nor touched by dealer B."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_repair(**cls._prepare_work_vals())
        cls.repair.action_finish()
        case = cls.repair.ticket_id
        case.action_close()
        cls.records = {
            "helpdesk.ticket": case,
            "aftersales.dispatch": cls.repair.dispatch_id,
            "repair.order": cls.repair,
            "aftersales.repair.labour": cls.repair.labour_ids,
            "stock.move": cls.repair.move_ids,
            "aftersales.followup": cls.env["aftersales.followup"].create(
                {"ticket_id": case.id, "score": "4"}
            ),
        }

    def test_own_dealer_sees_his_records(self):
        for model in MODELS:
            with self.subTest(model=model):
                record = self.records[model].with_user(self.user_agent_a)
                self.assertTrue(record.read(["create_date"]))
                self.assertIn(record, record.search([]))

    def test_other_dealer_neither_finds_nor_reads_nor_writes(self):
        for model in MODELS:
            with self.subTest(model=model):
                record = self.records[model].with_user(self.user_agent_b)
                found = record.search([("id", "in", record.ids)])
                self.assertFalse(found)
                groups = record._read_group([("id", "in", record.ids)], [], ["__count"])
                self.assertEqual(groups, [(0,)])
                for verb in (
                    lambda r=record: r.read(["create_date"]),
                    lambda r=record: r.write({"display_name": "x"}),
                    lambda r=record: r.unlink(),
                ):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        verb()
                # exporting is no right of a dealer at all
                with self.assertRaises(UserError):
                    record.export_data(["id"])

    def test_other_dealer_cannot_act(self):
        case = self._create_case()
        job = self._create_job(case)
        for record, method in (
            (case, "action_reply"),
            (case, "action_create_repair"),
            (job, "action_send"),
            (job, "action_cancel"),
            (self.repair, "action_finish"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(record.with_user(self.user_agent_b), method)()
        self.assertEqual(job.state, "draft")
        self.assertFalse(case.repair_ids)

    def test_dealer_cannot_open_a_case_in_anothers_name(self):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._create_case(self.user_agent_b, dealer_id=self.dealer_a.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._create_case(self.user_agent_b, partner_id=self.customer_a.id)

    def test_dealer_cannot_create_repairs_or_foreign_lines(self):
        repairs = self.env["repair.order"].with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            repairs.create({"product_id": self.machine.id})
        case = self._create_case()
        case.action_create_repair()
        for vals in (
            {"product_id": self.part.id, "repair_id": case.repair_ids.id},
            {"product_id": self.part.id},
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["stock.move"].with_user(self.user_agent_b).create(vals)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["aftersales.repair.labour"].with_user(self.user_agent_b).create(
                {
                    "repair_id": case.repair_ids.id,
                    "operation_id": self.operation.id,
                }
            )
        self.assertFalse(case.repair_ids.move_ids)
        self.assertFalse(case.repair_ids.labour_ids)

    def test_dealer_moves_no_stock_but_parts_of_his_repairs(self):
        case = self._create_case()
        case.action_create_repair()
        repair = case.repair_ids
        stock = self.env.ref("stock.stock_location_customers")
        for vals in (
            {"location_dest_id": stock.id},
            {"state": "done"},
            {"quantity": 5},
            {"repair_line_type": "remove"},
        ):
            refusal = self.assertRaisesRegex(AccessError, "only add parts")
            with self.subTest(vals=vals), refusal, self.cr.savepoint():
                repair.move_ids = [
                    Command.create(
                        {"product_id": self.part.id, "product_uom_qty": 1, **vals}
                    )
                ]
        repair.invalidate_recordset()
        self.assertFalse(repair.move_ids)

    def test_dealer_writes_only_what_he_found_and_did(self):
        case = self._create_case()
        case.action_create_repair()
        for vals in (
            {"dealer_id": self.dealer_a.id},
            {"lot_id": False},
            {"is_history": True},
            {"under_warranty": True},
            {"signed_on": NOW},
            {"location_id": False},
        ):
            refusal = self.assertRaisesRegex(AccessError, "cannot be set by hand")
            with self.subTest(vals=vals), refusal:
                case.repair_ids.write(vals)

    def test_costs_of_moves_are_hidden_from_dealers(self):
        move = self.repair.move_ids.with_user(self.user_agent_a)
        for name in ("price_unit", "value", "standard_price", "remaining_value"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                move.read([name])

    def test_internal_note_is_hidden_from_dealers(self):
        case = self.records["helpdesk.ticket"]
        case.with_user(self.user_support).internal_note = "Watch this dealer"
        mine = case.with_user(self.user_agent_a)
        with self.assertRaises(AccessError):
            mine.read(["internal_note"])
        with self.assertRaises(AccessError):
            mine.search([("internal_note", "ilike", "Watch")])

    def test_company_roles_read_all_and_change_nothing(self):
        for user in (
            self.user_keeper,
            self.user_inspector,
            self.user_quality,
            self.user_accountant,
        ):
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    record = self.records[model].with_user(user)
                    self.assertTrue(record.read(["create_date"]))
                    self.assertFalse(record.has_access("unlink"))

    def test_configuration_belongs_to_the_manager(self):
        for model in (
            "aftersales.case.type",
            "aftersales.service.level",
            "aftersales.fault",
            "aftersales.operation",
            "aftersales.campaign",
        ):
            for user in (self.user_manager_a, self.user_support):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertTrue(records.has_access("read"))
                    self.assertFalse(records.has_access("write"))
            self.assertTrue(
                self.env[model].with_user(self.user_manager).has_access("write")
            )
