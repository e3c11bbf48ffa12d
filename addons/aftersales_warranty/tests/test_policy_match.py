from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestPolicyMatch(WarrantyCommon):
    def test_nearest_category_wins(self):
        below = self.env["product.category"].create(
            {"name": "Rice Harvesters", "parent_id": self.category.id}
        )
        template = self.machine.product_tmpl_id
        template.categ_id = below
        self.assertEqual(template._get_warranty_policy(date(2026, 3, 1)), self.policy)
        nearer = self.policy.copy({"category_ids": [(6, 0, below.ids)]})
        self.assertEqual(template._get_warranty_policy(date(2026, 3, 1)), nearer)
        nearer.date_from = date(2026, 3, 2)
        self.assertEqual(template._get_warranty_policy(date(2026, 3, 1)), self.policy)

    def test_no_category_no_policy(self):
        other = self.env["product.category"].create({"name": "Others"})
        self.machine.categ_id = other
        self.assertFalse(self.machine.product_tmpl_id._get_warranty_policy())

    def test_two_policies_for_one_sale_are_refused(self):
        with self.assertRefused(ValidationError, "same sales of category"):
            self.policy.copy()

    def test_terms_are_closed_once_cards_stand_on_them(self):
        policy = self.policy.with_user(self.user_manager)
        policy.term_ids[0].months = 18
        policy.term_ids[0].months = 12
        card = self._create_active_card("P-1")
        for change in (
            lambda: policy.term_ids[0].write({"months": 6}),
            lambda: policy.term_ids[1].unlink(),
            lambda: policy.write({"stop_clock": False}),
            lambda: policy.write({"registration_days": 5}),
        ):
            with self.assertRefused(UserError, "Make a new version"):
                change()
        self.assertEqual(card.end_date, date(2027, 3, 1))
        self.assertEqual(len(policy.term_ids), 3)

    def test_new_version_holds_from_today(self):
        self._create_active_card("P-2")
        policy = self.policy.with_user(self.user_manager)
        version = policy.browse(policy.action_new_version()["res_id"])
        self.assertEqual(policy.date_to, date(2026, 3, 9))
        self.assertEqual(version.date_from, date(2026, 3, 10))
        self.assertEqual(version.term_ids.mapped("months"), [12, 24, 3])
        version.term_ids[0].months = 18
        card = self._create_card("P-3", sale_date=date(2026, 3, 10))
        self.assertEqual(card.end_date, date(2027, 9, 10))

    def test_start_event_decides_the_first_day(self):
        for event, start in (
            ("invoice", date(2026, 3, 1)),
            ("delivery", date(2026, 3, 4)),
            ("acceptance", date(2026, 3, 6)),
            ("registration", date(2026, 3, 10)),
        ):
            with self.subTest(event=event):
                self.policy.start_event = event
                card = self._create_card(
                    f"P-{event}",
                    delivery_date=date(2026, 3, 4),
                    acceptance_date=date(2026, 3, 6),
                )
                card.with_user(self.user_support).returned_on = date(2026, 3, 10)
                self.assertEqual(card.start_date, start)

    def test_without_the_events_date_the_invoice_counts(self):
        self.policy.start_event = "delivery"
        card = self._create_card("P-4")
        self.assertEqual(card.start_date, date(2026, 3, 1))
