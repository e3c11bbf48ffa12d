from odoo.tests import HttpCase, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestTours(HttpCase, PurchaseCommon):
    """From a dear order to the return of a bad lot, each step by who takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump.name = "Tour Pump"
        cls.foundry.name = "Tour Foundry"
        cls.trader.name = "Tour Trader"
        plan = cls.env.ref("aftersales_purchase.sampling_plan_aql_2_5")
        plan.product_ids = cls.pump

    def _walk(self, page, tour, user):
        self.start_tour(
            f"/odoo/{page}", f"aftersales_purchase_{tour}", login=user.login
        )
        self.env.invalidate_all()

    def test_dear_order_is_approved_and_its_bad_lot_goes_back(self):
        self._walk("parts-purchases", "order", self.user_keeper)
        order = self.env["purchase.order"].search(
            [("partner_id", "=", self.foundry.id)]
        )
        self.assertRecordValues(
            order, [{"state": "to approve", "deviation_reason": "Steel went up"}]
        )
        self._walk("parts-purchases", "approve", self.user_manager)
        self.assertRecordValues(
            order.order_line,
            [{"price_unit": 90.0, "framework_price": 80.0, "approved_price": 90.0}],
        )
        self.assertEqual(order.state, "purchase")
        self._walk("parts-purchases", "receive", self.user_keeper)
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 10)
        self._walk("incoming-inspections", "inspect", self.user_inspector)
        inspection = order.picking_ids.incoming_inspection_ids
        self.assertRecordValues(
            inspection,
            [
                {
                    "state": "rejected",
                    "nonconforming": 2,
                    "decided_by": self.user_inspector.id,
                }
            ],
        )
        self._walk("incoming-inspections", "return", self.user_keeper)
        place = self.company.aftersales_rejected_location_id
        self.assertEqual(self._get_on_hand(self.pump, self.stock), 10)
        self.assertEqual(self._get_on_hand(self.pump, place), 60)
        back = inspection.return_picking_id
        self.assertEqual((back.state, back.location_id), ("assigned", place))

    def test_manager_designates_a_supplier(self):
        seller = self._create_seller(self.trader, 82.0, designate=False)
        self._walk("designated-suppliers", "designate", self.user_manager)
        self.assertRecordValues(
            seller, [{"is_designated": True, "designated_by": self.user_manager.id}]
        )
