from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSamplingPlan(PurchaseCommon):
    """Which plan holds, and what it says for a lot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env.ref("aftersales_purchase.sampling_plan_aql_2_5")
        cls.plans = cls.env["aftersales.sampling.plan"]

    def _create_plan(self, name, **vals):
        plan = self.plans.with_user(self.user_quality).create({"name": name, **vals})
        self.plans |= plan
        return plan

    def test_figures_of_the_standard(self):
        # ends of each row of the table in data/README.md
        for lots, expected in (
            ((1,), (1, 0, 1)),
            ((2,), (2, 0, 1)),
            ((8, 9, 15, 16, 25, 26, 50), (5, 0, 1)),
            ((51, 90, 91, 150), (20, 1, 2)),
            ((151, 280), (32, 2, 3)),
            ((281, 500), (50, 3, 4)),
            ((501, 1200), (80, 5, 6)),
            ((1201, 3200), (125, 7, 8)),
            ((3201, 10000), (200, 10, 11)),
            ((10001, 35000), (315, 14, 15)),
            ((35001, 150000, 150001, 500000, 500001), (500, 21, 22)),
        ):
            for lot in lots:
                with self.subTest(lot=lot):
                    self.assertEqual(self.standard._get_sampling(lot), expected)

    def test_plan_without_scope_holds_for_nothing(self):
        self._create_plan("Table only")
        self.assertFalse(self.plans._find_plan(self.pump, self.foundry))

    def test_nearest_plan_is_taken(self):
        find = lambda: self.plans._find_plan(self.pump, self.foundry)
        general = self._create_plan("All", is_general=True)
        self.assertEqual(find(), general)
        supplier = self._create_plan("Foundry", partner_ids=self.foundry.ids)
        self.assertEqual(find(), supplier)
        of_class = self._create_plan("Main", part_class_ids=self.class_main.ids)
        self.assertEqual(find(), of_class)
        part = self._create_plan("Pump", product_ids=self.pump.ids)
        self.assertEqual(find(), part)
        both = self._create_plan(
            "Pump of Foundry",
            product_ids=self.pump.ids,
            partner_ids=self.foundry.ids,
        )
        self.assertEqual(find(), both)
        self.assertEqual(self.plans._find_plan(self.pump, self.trader), part)
        self.assertEqual(self.plans._find_plan(self.oil, self.trader), general)

    def test_lot_beyond_the_lines_is_inspected_completely(self):
        plan = self._create_plan(
            "Small lots",
            line_ids=[
                Command.create({"lot_from": 1, "lot_to": 10, "sample_size": 2}),
            ],
        )
        self.assertEqual(plan._get_sampling(10), (2, 0, 1))
        self.assertEqual(plan._get_sampling(11), (11, 0, 1))

    def test_overlapping_lines_are_refused(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._create_plan(
                "Twice",
                line_ids=[
                    Command.create({"lot_from": 1, "lot_to": 10}),
                    Command.create({"lot_from": 10, "lot_to": 20}),
                ],
            )

    def test_inspector_does_not_change_plans(self):
        with self.assertRaises(AccessError):
            self.standard.with_user(self.user_inspector).is_general = True
        self.assertFalse(self.standard.is_general)
