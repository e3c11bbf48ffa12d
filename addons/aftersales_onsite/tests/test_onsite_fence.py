from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import OnsiteCommon

OPEN = (
    "aftersales.dispatch.stamp",
    "aftersales.dispatch.appointment",
    "aftersales.repair.answer",
    "aftersales.repair.photo",
)
CONFIGURATION = (
    "aftersales.checklist",
    "aftersales.checklist.item",
    "aftersales.photo.type",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOnsiteFence(OnsiteCommon):
    """What dealer A's technician noted is neither seen nor touched by dealer B."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._visit()
        job = cls.repair.dispatch_id
        job._appoint(datetime(2026, 6, 15, 10), datetime(2026, 6, 15, 11))
        cls.rows = {
            "aftersales.dispatch.stamp": job.stamp_ids,
            "aftersales.dispatch.appointment": job.appointment_ids,
            "aftersales.repair.answer": cls.repair.answer_ids[0],
            "aftersales.repair.photo": cls.repair.photo_ids[0],
        }

    def test_own_dealer_sees_his_rows(self):
        for model in OPEN:
            with self.subTest(model=model):
                row = self.rows[model].with_user(self.user_agent_a)
                self.assertIn(row, row.search([]))
                self.assertEqual(row.dealer_id, self.dealer_a)

    def test_other_dealer_neither_finds_nor_reads_nor_writes(self):
        for model in OPEN:
            for user in (self.user_agent_b, self.user_manager_b):
                with self.subTest(model=model, user=user.login):
                    row = self.rows[model].with_user(user)
                    self.assertFalse(row.search([("id", "in", row.ids)]))
                    groups = row._read_group([("id", "in", row.ids)], [], ["__count"])
                    self.assertEqual(groups, [(0,)])
                    for verb in (
                        lambda r=row: r.read(["create_date"]),
                        lambda r=row: r.write({"display_name": "x"}),
                        lambda r=row: r.unlink(),
                    ):
                        with self.assertRaises(AccessError), self.cr.savepoint():
                            verb()
                    self.assertTrue(row.sudo().exists())

    def test_other_dealer_cannot_add_to_anothers_repair(self):
        photos = self.env["aftersales.repair.photo"].with_user(self.user_agent_b)
        with self.assertRaises(AccessError), self.cr.savepoint():
            photos.create({"repair_id": self.repair.id, "type_id": self.kind_plate.id})
        for name in ("action_check_in", "action_check_out", "action_onsite_repair"):
            with self.assertRaises(AccessError):
                getattr(self.repair.dispatch_id.with_user(self.user_agent_b), name)()
        wizard = self.env["aftersales.dispatch.appoint"].with_user(self.user_agent_b)
        with self.assertRaises(AccessError), self.cr.savepoint():
            wizard.create({"dispatch_id": self.repair.dispatch_id.id})
        self.assertEqual(len(self.repair.photo_ids), 2)

    def test_codes_are_not_the_dealers(self):
        for user in (self.user_agent_a, self.user_manager_a, self.user_agent_b):
            codes = self.env["aftersales.repair.code"].with_user(user)
            with self.assertRaises(AccessError):
                codes.search([])

    def test_company_roles_read_and_change_nothing(self):
        for user in (
            self.user_keeper,
            self.user_inspector,
            self.user_quality,
            self.user_accountant,
        ):
            for model in OPEN:
                with self.subTest(user=user.login, model=model):
                    row = self.rows[model].with_user(user)
                    self.assertTrue(row.read(["create_date"]))
                    for verb in ("write", "create", "unlink"):
                        self.assertFalse(row.has_access(verb))

    def test_lists_belong_to_the_manager(self):
        for model in CONFIGURATION:
            for user in (self.user_manager_a, self.user_support):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertTrue(records.has_access("read"))
                    self.assertFalse(records.has_access("write"))
            self.assertTrue(
                self.env[model].with_user(self.user_manager).has_access("unlink")
            )
