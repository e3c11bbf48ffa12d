from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ChargeCommon


@tagged("post_install", "-at_install")
class TestQuotationAmounts(ChargeCommon):
    """To the cent, whatever the rounding, and never more than published."""

    def test_repair_out_of_cover_is_quoted_in_full(self):
        quotation = self._quote(self._create_old_repair())
        self.assertRecordValues(
            quotation.line_ids.sorted("kind"),
            [
                {"kind": "labour", "quantity": 2.5, "price_subtotal": 250.25},
                {"kind": "part", "quantity": 1.0, "price_subtotal": 200.0},
                {"kind": "travel", "quantity": 40.0, "price_subtotal": 60.0},
            ],
        )
        self.assertRecordValues(
            quotation,
            [{"amount_untaxed": 510.25, "amount_tax": 66.33, "amount_total": 576.58}],
        )

    def test_covered_lines_are_shown_and_not_charged(self):
        repair = self._create_repair()
        repair.move_ids = [
            Command.create({"product_id": part.id, "product_uom_qty": 1})
            for part in (self.part, self.wear_part)
        ]
        quotation = self._quote(repair)
        pump, belt = quotation.line_ids.sorted("id")
        self.assertTrue(pump.covered)
        self.assertEqual((pump.price_total, pump.covered_total), (0.0, 226.0))
        self.assertEqual((belt.price_total, belt.covered_total), (33.9, 0.0))
        self.assertRecordValues(
            quotation, [{"amount_total": 33.9, "covered_total": 226.0}]
        )

    def _quote_thirds(self, price, tax, method):
        """Three lines of a third of an hour each, on a case before its repair."""
        self.env["decimal.precision"].search([("name", "=", "Product Unit")]).digits = 3
        self.company.tax_calculation_rounding_method = method
        self.rate_labour.price = price
        self.rate_labour.product_id.taxes_id = tax
        case = self._create_case(self.user_support, serial="SN-OLD", dealer_id=False)
        quotations = self.env["aftersales.quotation"].with_user(self.user_support)
        return quotations.create(
            {
                "ticket_id": case.id,
                "line_ids": [
                    Command.create({"kind": "labour", "quantity": 0.333})
                    for _i in range(3)
                ],
            }
        )

    def test_three_thirds_of_an_hour_tax_excluded_rounded_per_line(self):
        # 0.333 × 100.10 = 33.3333 → 33.33; 13 % of it 4.3329 → 4.33, thrice
        quotation = self._quote_thirds(100.10, self.tax, "round_per_line")
        self.assertRecordValues(
            quotation,
            [{"amount_untaxed": 99.99, "amount_tax": 12.99, "amount_total": 112.98}],
        )

    def test_three_thirds_of_an_hour_tax_excluded_rounded_globally(self):
        # 99.9999 → 100.00; 13 % of 99.9999 = 12.999987 → 13.00
        quotation = self._quote_thirds(100.10, self.tax, "round_globally")
        self.assertRecordValues(
            quotation,
            [{"amount_untaxed": 100.0, "amount_tax": 13.0, "amount_total": 113.0}],
        )

    def test_three_thirds_of_an_hour_tax_included_rounded_per_line(self):
        # 0.333 × 113.00 = 37.629 → 37.63 with tax; 33.30 before, thrice
        included = self._create_tax("VAT incl.", "tax_included")
        quotation = self._quote_thirds(113.0, included, "round_per_line")
        self.assertRecordValues(
            quotation,
            [{"amount_untaxed": 99.9, "amount_tax": 12.99, "amount_total": 112.89}],
        )

    def test_price_above_the_published_one_is_refused(self):
        quotation = self._quote(self._create_old_repair())
        line = quotation.line_ids.filtered(lambda line: line.kind == "labour")
        with self.assertRefused(ValidationError, "above the published price"):
            line.price_unit = 100.11

    def test_price_may_be_lowered_and_a_discount_given(self):
        quotation = self._quote(self._create_old_repair())
        line = quotation.line_ids.filtered(lambda line: line.kind == "labour")
        line.write({"price_unit": 100.0, "discount": 10.0})
        self.assertEqual(line.price_subtotal, 225.0)

    def test_extra_without_a_list_price_is_free_to_agree(self):
        quotation = self._quote(self._create_old_repair())
        quotation.line_ids = [
            Command.create(
                {"kind": "other", "name": "Loan of a pump", "price_unit": 75.0}
            )
        ]
        self.assertEqual(quotation.amount_untaxed, 585.25)

    def test_service_is_no_part_and_a_part_no_service(self):
        quotation = self._quote(self._create_old_repair())
        for kind, product in (
            ("part", self.rate_labour.product_id),
            ("other", self.part),
        ):
            refusal = self.assertRefused(ValidationError, "does not fit a line")
            with self.subTest(kind=kind), refusal:
                quotation.line_ids = [
                    Command.create({"kind": kind, "product_id": product.id})
                ]

    def test_taxes_are_hidden_from_dealers(self):
        quotation = self._quote(self._create_old_repair())
        with self.assertRaises(AccessError):
            quotation.line_ids.read(["tax_ids"])
        self.assertEqual(quotation.amount_tax, 66.33)
