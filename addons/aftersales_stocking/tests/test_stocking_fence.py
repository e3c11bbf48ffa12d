from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingFence(FenceChecks, StockingCommon):
    """A dealer's plans, their figures and what his cases wait for are his own."""

    addon = "aftersales_stocking"
    owner, intruder = "a", "b"

    @classmethod
    def _create_fenced_rows(cls):
        plan = cls._create_plan().sudo()
        case = cls._create_repair("H1-0001").ticket_id
        shortage = cls.env["aftersales.stocking.shortage"].create(
            {"ticket_id": case.id, "product_id": cls.pump.id, "wanted": 9}
        )
        actual = cls.env["aftersales.stocking.actual"].browse(plan.line_ids.ids)
        plan = plan.with_env(cls.env)
        return {
            record._name: Fenced(record)
            for record in (plan, plan.line_ids, shortage, actual)
        }

    def test_other_dealers_rows_are_closed(self):
        for user in self.intruders:
            for model in ("plan", "plan.line", "shortage"):
                name = f"aftersales.stocking.{model}"
                with self.subTest(user=user.login, model=name):
                    self.assert_fenced(user, name, self.fenced[name])

    def test_other_dealers_figures_are_closed(self):
        actual = self.fenced["aftersales.stocking.actual"].foreign
        for user in self.intruders:
            fenced = actual.with_user(user)
            self.assertFalse(fenced.search([("id", "in", actual.ids)]))
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                fenced.read(["received"])

    def test_steps_on_another_dealers_plan_are_closed(self):
        plan = self.fenced["aftersales.stocking.plan"].foreign
        for step in ("submit", "propose", "refuse", "order"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(plan.with_user(self.user_manager_b), f"action_{step}")()
        self.assertEqual(plan.state, "proposed")

    def test_dialog_reaches_no_foreign_plan(self):
        plan = self.fenced["aftersales.stocking.plan"].foreign
        with self.assertRaises(AccessError):
            self.env["aftersales.stocking.reason"].with_user(
                self.user_manager_b
            ).create(
                {"plan_ids": plan.ids, "step": "refuse", "reason": "x"}
            ).action_apply()
        self.assertEqual(plan.state, "proposed")

    def test_nothing_is_noted_on_a_foreign_case(self):
        shortage = self.fenced["aftersales.stocking.shortage"].foreign
        with self.assertRaises(AccessError):
            shortage.with_user(self.user_agent_b).create(
                {
                    "ticket_id": shortage.ticket_id.id,
                    "product_id": self.oil.id,
                    "wanted": 1,
                }
            )
        self.assertEqual(shortage.ticket_id.shortage_count, 1)
