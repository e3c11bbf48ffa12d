from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestChargeRates(ChargeCommon):
    """What is published, for whom and when."""

    def _get_price(self, repair, kind):
        quotation = self._quote(repair)
        return quotation.line_ids.filtered(lambda line: line.kind == kind).price_unit

    def test_manager_publishes_a_rate(self):
        rates = self.rates.with_user(self.user_manager)
        self.rate_labour.with_user(self.user_manager).date_to = date(2026, 6, 30)
        rate = rates.create(
            {"kind": "labour", "price": 110.0, "date_from": date(2026, 7, 1)}
        )
        self.assertEqual(
            rate.product_id, self.env.ref("aftersales_charge.product_product_labour")
        )

    def test_others_read_rates_and_change_none(self):
        for user in (self.user_manager_a, self.user_support, self.user_accountant):
            with self.subTest(user=user.login):
                self.assertEqual(self.rate_labour.with_user(user).price, 100.10)
                with self.assertRaises(AccessError):
                    self.rate_labour.with_user(user).price = 1.0
        self.assertEqual(self.rate_labour.price, 100.10)

    def test_two_rates_of_a_kind_do_not_overlap(self):
        with self.assertRefused(ValidationError, "overlaps with the rate from"):
            self._create_rate("labour", 90.0, date_from=date(2026, 5, 1))

    def test_rate_of_the_grade_goes_before_the_one_for_all(self):
        grade = self.env["aftersales.dealer.grade"].create({"name": "A", "code": "TA"})
        self._create_rate("labour", 88.0, grade_id=grade.id)
        self.dealer_a.grade_id = grade
        self.assertEqual(self._get_price(self._create_old_repair(), "labour"), 88.0)

    def test_rate_of_another_grade_is_not_taken(self):
        grade = self.env["aftersales.dealer.grade"].create({"name": "A", "code": "TA"})
        self._create_rate("labour", 88.0, grade_id=grade.id)
        self.assertEqual(self._get_price(self._create_old_repair(), "labour"), 100.10)

    def test_rate_of_the_day_is_taken(self):
        self.rate_labour.date_to = date(2026, 6, 14)
        self._create_rate("labour", 120.0, date_from=date(2026, 6, 15))
        self.assertEqual(self._get_price(self._create_old_repair(), "labour"), 120.0)

    def test_work_without_a_published_rate_costs_nothing(self):
        self.rate_travel.unlink()
        self.assertEqual(self._get_price(self._create_old_repair(), "travel"), 0.0)

    def test_part_costs_its_sales_price_without_a_list(self):
        self.assertEqual(self._get_price(self._create_old_repair(), "part"), 200.0)

    def test_part_costs_what_the_published_list_says(self):
        lists = self.env["product.pricelist"].with_user(self.user_manager)
        lists.create(
            {
                "name": "End customers",
                "is_aftersales_published": True,
                "company_id": self.company.id,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.part.id,
                            "compute_price": "fixed",
                            "fixed_price": 180.0,
                        },
                    )
                ],
            }
        )
        self.assertEqual(self._get_price(self._create_old_repair(), "part"), 180.0)

    def test_unpublished_list_is_not_used(self):
        self.env["product.pricelist"].create(
            {
                "name": "Dealers",
                "item_ids": [(0, 0, {"compute_price": "fixed", "fixed_price": 1.0})],
            }
        )
        self.assertEqual(self._get_price(self._create_old_repair(), "part"), 200.0)
