from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestQualityPlan(QualityCommon):
    """Which repairs are checked, and on which levels."""

    def _get_levels(self, **vals):
        case = self._create_case(**vals)
        case.action_create_repair()
        return case.repair_ids.sudo().quality_check_ids.mapped("level")

    def test_repair_that_the_plan_fits_gets_its_levels_and_items(self):
        repair = self._create_work()
        self.assertEqual(
            self._get_round(repair),
            [("self", "open"), ("leader", "waiting"), ("inspector", "waiting")],
        )
        checks = repair.sudo().quality_check_ids.sorted("rank")
        self.assertEqual(
            [check.item_ids.mapped("name") for check in checks],
            [
                ["Runs under load", "Tightened"],
                ["Runs under load"],
                ["Runs under load", "Guards in place"],
            ],
        )
        self.assertRecordValues(
            repair, [{"quality_state": "to_check", "quality_redo_count": 0}]
        )

    def test_plan_holds_for_its_scope_only(self):
        other = self.env["product.category"].create({"name": "Mowers"})
        above = self.env["product.category"].create({"name": "Machines"})
        self.category.parent_id = above
        everything = {
            "case_type_ids": [Command.clear()],
            "category_ids": [Command.clear()],
            "dealer_ids": [Command.clear()],
            "severity": False,
        }
        all_levels = ["self", "leader", "inspector"]
        for vals, levels in (
            ({}, all_levels),
            ({"case_type_ids": [Command.set(self.type_question.ids)]}, []),
            ({"category_ids": [Command.set(other.ids)]}, []),
            ({"category_ids": [Command.set(above.ids)]}, all_levels),
            ({"dealer_ids": [Command.set(self.dealer_b.ids)]}, []),
            ({"dealer_ids": [Command.set(self.dealer_a.ids)]}, all_levels),
            ({"severity": "1"}, []),
            ({"severity": "2"}, all_levels),
        ):
            with self.subTest(vals=vals):
                self.plan.write({**everything, **vals})
                self.assertEqual(self._get_levels(), levels)

    def test_items_keep_the_wording_of_the_day_in_both_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        item = self.plan.item_ids[0]
        item.with_context(lang="zh_CN").name = "带负荷试机"
        repair = self._create_work()
        copied = self._get_check(repair).item_ids[0]
        item.name = "Something else"
        self.assertEqual(copied.name, "Runs under load")
        self.assertEqual(copied.with_context(lang="zh_CN").name, "带负荷试机")

    def test_first_plan_in_order_holds(self):
        first = self.plan.copy({"sequence": 1, "check_inspector": False})
        self.assertEqual(self._get_levels(), ["self", "leader"])
        first.active = False
        self.assertEqual(self._get_levels(), ["self", "leader", "inspector"])

    def test_plan_without_a_level_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Three levels demands no check"):
            self.plan.write(
                {"check_self": False, "check_leader": False, "check_inspector": False}
            )

    def test_where_no_plan_holds_a_repair_is_finished_without_checks(self):
        self.plan.active = False
        repair = self._create_work()
        self.assertFalse(repair.quality_state)
        repair.action_finish()
        self.assertEqual(repair.state, "done")

    def test_plan_in_force_later_reaches_an_open_repair(self):
        self.plan.active = False
        repair = self._create_work()
        self.plan.active = True
        with self.assertRaisesRegex(UserError, "open its quality checks"):
            repair.action_finish()
        self.assertEqual(repair.state, "draft")
        action = repair.action_open_quality_checks()
        self.assertEqual(action["res_id"], self._get_check(repair).id)
        self.assertEqual(repair.quality_state, "to_check")

    def test_finished_repair_is_not_checked_afterwards(self):
        self.plan.active = False
        repair = self._create_work()
        repair.action_finish()
        self.plan.active = True
        repair.action_open_quality_checks()
        self.assertFalse(repair.quality_check_ids)
        self.assertEqual(repair._get_delivery_blockers(), [])

    def test_shipped_plans_are_in_force_for_shipped_repairs(self):
        plans = self.env.ref("aftersales_quality.quality_plan_down")
        plans |= self.env.ref("aftersales_quality.quality_plan_repair")
        plans.active = True  # as shipped; the set-up of these tests archives all
        self.assertEqual(
            [plan._get_levels() for plan in plans],
            [["self", "leader", "inspector"], ["self", "leader"]],
        )
        shipped = self.env.ref("aftersales_service.case_type_repair")
        self.assertEqual(plans.case_type_ids, shipped)
        three = ["self", "leader", "inspector"]
        for severity, levels in (("1", three), ("2", ["self", "leader"])):
            vals = {"case_type_id": shipped.id, "severity": severity}
            with self.subTest(severity=severity):
                self.assertEqual(self._get_levels(**vals), levels)
