from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-30")
class TestCardUsage(WarrantyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-10"):
            cls.card = cls._create_active_card("U-1")

    def test_last_reading_is_the_usage(self):
        self.card._record_usage(100, date(2026, 4, 1), "manual")
        self.card._record_usage(250, date(2026, 5, 1), "manual")
        self.assertEqual(self.card.usage, 250)
        self.assertEqual(self.card._get_usage_on(date(2026, 4, 30)), 100)
        self.assertIsNone(self.card._get_usage_on(date(2026, 3, 31)))

    def test_falling_reading_is_refused(self):
        self.card._record_usage(100, date(2026, 4, 1), "manual")
        with self.assertRefused(ValidationError, "fall from 100 .* to 99 "):
            self.card._record_usage(99, date(2026, 4, 2), "manual")
        self.card._record_usage(100, date(2026, 4, 2), "manual")

    def test_reading_in_the_past_must_fit_between_its_neighbours(self):
        self.card._record_usage(100, date(2026, 4, 1), "manual")
        self.card._record_usage(200, date(2026, 5, 1), "manual")
        with self.assertRaises(ValidationError):
            self.card._record_usage(201, date(2026, 4, 15), "manual")
        self.card._record_usage(150, date(2026, 4, 15), "manual")
        self.assertEqual(self.card.usage, 200)

    def test_new_meter_counts_on(self):
        self.card._record_usage(900, date(2026, 4, 1), "manual")
        self.card.write(
            {
                "reading_ids": [
                    (
                        0,
                        0,
                        {
                            "date": date(2026, 4, 2),
                            "value": 5,
                            "meter_exchanged": True,
                        },
                    )
                ]
            }
        )
        self.assertEqual(self.card.usage, 900)
        self.card._record_usage(105, date(2026, 5, 2), "manual")
        self.assertEqual(self.card.usage, 1000)
        with self.assertRaises(ValidationError):
            self.card._record_usage(104, date(2026, 5, 3), "manual")

    def test_reading_of_tomorrow_is_refused(self):
        with self.assertRefused(ValidationError, "in the future"):
            self.card._record_usage(1, date(2026, 7, 1), "manual")

    def test_readings_are_append_only(self):
        reading = self.card._record_usage(100, date(2026, 4, 1), "manual")
        for user in (self.user_agent_a, self.user_manager_a, self.user_support):
            with self.assertRaises(AccessError):
                reading.with_user(user).value = 1
            with self.assertRaises(AccessError):
                reading.with_user(user).unlink()
        self.assertEqual(self.card.usage, 100)

    def test_dealer_does_not_stop_the_clock_by_hand(self):
        with self.assertRaises(AccessError):
            self.card._stop_clock(date(2026, 4, 1), date(2026, 4, 5))
        self.assertEqual(self.card.end_date, date(2027, 3, 1))

    def test_stopped_clock_moves_the_end(self):
        self.card.with_user(self.user_support)._stop_clock(
            date(2026, 4, 1), date(2026, 4, 5), "Waiting for parts"
        )
        self.assertRecordValues(
            self.card, [{"end_date": date(2027, 3, 6), "stopped_days": 5}]
        )

    def test_policy_may_let_the_clock_run_on(self):
        with freeze_time("2026-03-10"):
            carts = self.env["product.category"].create({"name": "Carts"})
            self.policy.copy({"stop_clock": False, "category_ids": [(6, 0, carts.ids)]})
            cart = self.env["product.product"].create(
                {
                    "name": "Cart",
                    "is_storable": True,
                    "tracking": "serial",
                    "categ_id": carts.id,
                    "is_machine": True,
                }
            )
            card = self._create_active_card("U-2", product_id=cart.id)
        card.with_user(self.user_support)._stop_clock(
            date(2026, 4, 1), date(2026, 4, 5)
        )
        self.assertEqual(card.end_date, date(2027, 3, 1))
