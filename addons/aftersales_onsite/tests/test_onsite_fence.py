from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_service.tests.common import NOW

from .common import OnsiteCommon

CONFIGURATION = (
    "aftersales.checklist",
    "aftersales.checklist.item",
    "aftersales.photo.type",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOnsiteFence(FenceChecks, OnsiteCommon):
    """What dealer A's technician noted is neither seen nor touched by dealer B."""

    owner, intruder = "a", "b"
    reference = {
        **FenceChecks.reference,
        **dict.fromkeys(CONFIGURATION, "what the company asks of every visit"),
    }

    @classmethod
    def _create_fenced_rows(cls):
        cls.repair = cls._visit()
        job = cls.repair.dispatch_id
        job._appoint(datetime(2026, 6, 15, 10), datetime(2026, 6, 15, 11))
        cls.repair.sudo().code_ids._issue(cls.repair.sudo(), "email", "z@example.com")
        rows = job.stamp_ids, job.appointment_ids
        rows += (cls.repair.answer_ids[0], cls.repair.photo_ids[0])
        return {row._name: Fenced(row.sudo(False)) for row in rows}

    def test_no_role_of_another_dealer_reaches_a_row(self):
        for user in (self.user_manager_b, self.user_agent_b):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        ours = {
            "aftersales.dispatch.stamp",
            "aftersales.dispatch.appointment",
            "aftersales.repair.answer",
            "aftersales.repair.photo",
            "aftersales.repair.code",
            *CONFIGURATION,
        }
        opened = self._get_open_models(self.user_manager_b) & ours
        self.assertEqual(opened, set(CONFIGURATION) | set(self.fenced))
        self.assert_reference_models_belong_to_nobody()

    def test_own_dealer_sees_his_rows(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                row = rows.foreign.with_user(self.user_agent_a)
                self.assertIn(row, row.search([]))
                self.assertEqual(row.dealer_id, self.dealer_a)

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
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    row = rows.foreign.with_user(user)
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
