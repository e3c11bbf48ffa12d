from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityFence(FenceChecks, QualityCommon):
    """What is found at dealer A is neither seen nor touched by dealer B."""

    owner, intruder = "a", "b"
    reference = {
        **FenceChecks.reference,
        "aftersales.quality.defect": "names of kinds of bad workmanship",
    }

    @classmethod
    def _create_fenced_rows(cls):
        cls.repair = cls._create_work()
        cls.check = cls._get_check(cls.repair)
        rows = (cls.check, cls.check.item_ids[0])
        return {row._name: Fenced(row.sudo(False)) for row in rows}

    def test_no_role_of_another_dealer_reaches_a_row(self):
        for user in (self.user_manager_b, self.user_agent_b):
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_b)
        ours = {name for name in opened if name.startswith("aftersales.quality.")}
        self.assertEqual(ours, {"aftersales.quality.defect", *self.fenced})
        self.assert_reference_models_belong_to_nobody()

    def test_own_dealer_sees_his_checks(self):
        for rows in self.fenced.values():
            row = rows.foreign.with_user(self.user_agent_a)
            self.assertIn(row, row.search([]))
            self.assertEqual(row.dealer_id, self.dealer_a)

    def test_other_dealer_decides_nothing(self):
        check = self.check.with_user(self.user_manager_b)
        repair = self.repair.with_user(self.user_manager_b)
        for verb in (
            check.action_pass,
            check.action_fail,
            self.check.item_ids.with_user(self.user_manager_b).action_good,
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
                self.check.with_user(user).read(["plan_id"])
        self.assertTrue(self.plan.with_user(self.user_inspector).read(["name"]))
        for model in ("aftersales.quality.plan", "aftersales.quality.defect"):
            for user in (self.user_inspector, self.user_manager_a):
                self.assertFalse(self.env[model].with_user(user).has_access("write"))
            self.assertTrue(
                self.env[model].with_user(self.user_manager).has_access("write")
            )
