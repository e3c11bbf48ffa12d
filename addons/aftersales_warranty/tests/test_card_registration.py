from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-30")
class TestCardRegistration(WarrantyCommon):
    def test_twentieth_day_is_on_time_and_the_next_is_late(self):
        for serial, returned_on, registration in (
            ("R-1", date(2026, 3, 1), "on_time"),
            ("R-2", date(2026, 3, 21), "on_time"),
            ("R-3", date(2026, 3, 22), "late"),
        ):
            with self.subTest(returned_on=returned_on):
                card = self._create_active_card(serial, returned_on=returned_on)
                self.assertEqual(card.registration, registration)
                self.assertEqual(card.reimbursable, registration == "on_time")

    def test_policy_sets_the_days(self):
        self.policy.registration_days = 60
        card = self._create_active_card("R-4")
        self.assertEqual(card.registration, "on_time")

    def test_late_slip_costs_the_dealer_and_not_the_customer(self):
        card = self._create_active_card("R-5")
        self.assertEqual(card.registration, "late")
        verdict = card.coverage_verdict()
        self.assertTrue(verdict.covered)
        self.assertEqual(verdict.parts_share, 100.0)
        self.assertFalse(verdict.reimbursable)
        self.assertEqual(verdict.codes, ("in_term", "late"))
        self.assertIn("The customer is covered all the same", verdict.text)

    def test_manager_waives_with_a_reason(self):
        card = self._create_active_card("R-6")
        manager = card.with_user(self.user_manager)
        wizard = Form.from_action(
            self.env(user=self.user_manager), manager.action_waive_late()
        )
        wizard.reason = "Flood closed the road"
        wizard.save().action_apply()
        self.assertRecordValues(
            card,
            [
                {
                    "registration": "waived",
                    "reimbursable": True,
                    "waive_reason": "Flood closed the road",
                    "waived_by_id": self.user_manager.id,
                }
            ],
        )
        self.assertEqual(card.coverage_verdict().codes, ("in_term", "waived"))
        self.assertTrue(card.coverage_verdict().reimbursable)

    def test_nobody_else_waives_and_never_without_a_reason(self):
        card = self._create_active_card("R-7")
        for user in (self.user_manager_a, self.user_support, self.user_accountant):
            with self.assertRaises(AccessError):
                card.with_user(user).action_waive_late("Please")
        action = card.with_user(self.user_manager).action_waive_late("  ")
        self.assertEqual(action["res_model"], "aftersales.warranty.card.reason")
        self.assertEqual(card.registration, "late")

    def test_nothing_to_waive_on_a_timely_card(self):
        card = self._create_active_card("R-8", returned_on=date(2026, 3, 2))
        with self.assertRefused(UserError, "nothing to waive"):
            card.with_user(self.user_manager).action_waive_late("Why not")
        self.assertFalse(card.waive_reason)

    def test_dealer_does_not_say_when_the_slip_came(self):
        with self.assertRaises(AccessError):
            self._create_card("R-9", returned_on=date(2026, 3, 2))
        card = self._create_card("R-10")
        with self.assertRaises(AccessError):
            card.returned_on = date(2026, 3, 2)
        self.assertFalse(card.returned_on)

    def test_day_of_receipt_is_settled_with_the_confirmation(self):
        card = self._create_active_card("R-11")
        with self.assertRefused(UserError, "waive it"):
            card.with_user(self.user_support).returned_on = date(2026, 3, 2)
        self.assertEqual(card.registration, "late")

    def test_slip_cannot_come_before_the_sale(self):
        card = self._create_card("R-12")
        with self.assertRefused(ValidationError, "before the sale"):
            card.with_user(self.user_support).returned_on = date(2026, 2, 28)
