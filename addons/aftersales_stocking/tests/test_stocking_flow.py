from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, StockingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockingFlow(StockingCommon):
    """The dealer hands in or refuses, the company approves or sends back."""

    def test_dealer_hands_the_proposal_in(self):
        plan = self._create_plan()
        self._submit(plan)
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "submitted",
                    "submitted_on": date(2026, 4, 2),
                    "submitted_by": self.user_agent_a.id,
                    "is_late": False,
                    "value": 800,
                }
            ],
        )
        self.assertEqual(plan.line_ids.approved_quantity, 4)
        tasks = plan.sudo().activity_ids
        self.assertIn(self.user_keeper, tasks.user_id)
        self.assertEqual(set(tasks.mapped("summary")), {"Approve the stocking plan"})

    def test_less_than_proposed_needs_the_reason(self):
        plan = self._create_plan()
        with self.assertRefused(UserError, "less than proposed of .*Pump"):
            self._submit(plan, quantity=1)
        self.assertEqual(plan.state, "proposed")
        self._submit(plan, quantity=1, reason="Small shop")
        self.assertRecordValues(plan.line_ids, [{"quantity": 1, "is_lowered": True}])

    def test_none_at_all_is_less_as_well(self):
        plan = self._create_plan()
        with self.assertRefused(UserError, "less than proposed"):
            self._submit(plan, quantity=0)
        self.assertEqual(plan.state, "proposed")

    def test_empty_plan_is_not_handed_in(self):
        plan = self._create_plan(self.user_agent_b, dealer_id=self.dealer_b.id)
        with self.assertRefused(UserError, "has no line"):
            plan.action_submit()
        self.assertEqual(plan.state, "proposed")

    def test_keeper_approves_within_his_limit(self):
        plan = self._create_plan()
        self._approve(plan)
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "approved",
                    "approved_on": date(2026, 4, 2),
                    "approved_by": self.user_keeper.id,
                }
            ],
        )

    def test_above_the_limit_the_manager_approves(self):
        self.company.aftersales_stocking_limit = 799.99
        plan = self._create_plan()
        self._submit(plan)
        self.assertTrue(plan.needs_manager)
        self.assertFalse(plan.with_user(self.user_keeper).can_approve)
        with self.assertRefused(UserError, "you may approve up to .*799.99"):
            plan.with_user(self.user_keeper).action_approve()
        self.assertEqual(plan.state, "submitted")
        plan.with_user(self.user_manager).action_approve()
        self.assertEqual(plan.state, "approved")

    def test_dealer_does_not_approve(self):
        plan = self._create_plan()
        self._submit(plan)
        for user in (self.user_agent_a, self.user_manager_a, self.user_support):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                plan.with_user(user).action_approve()
        self.assertEqual(plan.state, "submitted")

    def test_company_does_not_hand_in(self):
        plan = self._create_plan()
        with self.assertRaises(AccessError):
            plan.with_user(self.user_keeper).action_submit()
        self.assertEqual(plan.state, "proposed")

    def test_keeper_approves_less(self):
        plan = self._create_plan()
        self._submit(plan)
        plan.with_user(self.user_keeper).line_ids.approved_quantity = 2
        plan.with_user(self.user_keeper).action_approve()
        self.assertRecordValues(
            plan.line_ids, [{"quantity": 4, "approved_quantity": 2, "value": 400}]
        )
        self.assertEqual(plan.value, 400)

    def test_sent_back_and_handed_in_again_is_not_late(self):
        plan = self._create_plan()
        with freeze_time("2026-05-02 08:00:00"):
            self._submit(plan)
        with freeze_time("2026-05-04 08:00:00"):
            action = plan.with_user(self.user_keeper).action_send_back()
            self._give_reason(action, self.user_keeper, "Order six")
            self.assertRecordValues(
                plan, [{"state": "proposed", "send_back_reason": "Order six"}]
            )
            self.assertIn(self.user_manager_a, plan.sudo().activity_ids.user_id)
            self._submit(plan, quantity=6)
            self.assertRecordValues(
                plan, [{"submitted_on": date(2026, 5, 2), "is_late": False}]
            )

    def test_dealers_manager_refuses_with_his_reason(self):
        plan = self._create_plan()
        self._refuse(plan, "No room")
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "refused",
                    "refused_on": date(2026, 4, 2),
                    "refused_by": self.user_manager_a.id,
                    "refuse_reason": "No room",
                }
            ],
        )

    def test_agent_does_not_refuse(self):
        plan = self._create_plan()
        with self.assertRaises(AccessError):
            plan.action_refuse()
        self.assertEqual(plan.state, "proposed")

    def test_refusal_is_taken_back(self):
        plan = self._create_plan()
        self._refuse(plan)
        plan.with_user(self.user_manager_a).action_reopen()
        self.assertRecordValues(plan, [{"state": "proposed", "refused_on": False}])

    def test_late_from_the_day_after(self):
        plan = self._create_plan()
        for moment, late in (("2026-05-02 20:00", False), ("2026-05-03 04:00", True)):
            with freeze_time(moment):
                plan.invalidate_recordset(["is_late"])
                self.assertEqual(plan.is_late, late)
                found = self.plans.search([("is_late", "=", True)])
                self.assertEqual(plan in found, late)
        with freeze_time("2026-05-05 08:00:00"):
            self._submit(plan)
            self.assertTrue(plan.is_late)
            self.assertIn(plan, self.plans.search([("is_late", "=", True)]))
