from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon

OPEN = ("aftersales.quality.check", "aftersales.quality.check.item")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityFence(QualityCommon):
    """What is found at dealer A is neither seen nor touched by dealer B."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._create_work()
        check = cls._get_check(cls.repair)
        cls.rows = {OPEN[0]: check, OPEN[1]: check.item_ids[0]}

    def test_own_dealer_sees_his_checks(self):
        for model in OPEN:
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

    def test_other_dealer_decides_nothing(self):
        check = self.rows[OPEN[0]].with_user(self.user_manager_b)
        repair = self.repair.with_user(self.user_manager_b)
        for verb in (
            check.action_pass,
            check.action_fail,
            check.item_ids.action_good,
            repair.action_open_quality_checks,
            repair.action_withdraw_check,
        ):
            with self.assertRaises(AccessError):
                verb()
        self.assertEqual(check.sudo().state, "open")

    def test_plans_are_the_companys(self):
        for user in (self.user_tech_a, self.user_manager_a):
            plans = self.env["aftersales.quality.plan"].with_user(user)
            with self.assertRaises(AccessError):
                plans.search([])
            with self.assertRaises(AccessError):
                self.rows[OPEN[0]].with_user(user).read(["plan_id"])
        self.assertTrue(self.plan.with_user(self.user_inspector).read(["name"]))
        for model in ("aftersales.quality.plan", "aftersales.quality.defect"):
            for user in (self.user_inspector, self.user_manager_a):
                self.assertFalse(self.env[model].with_user(user).has_access("write"))
            self.assertTrue(
                self.env[model].with_user(self.user_manager).has_access("write")
            )
