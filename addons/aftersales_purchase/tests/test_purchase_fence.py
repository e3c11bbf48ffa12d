from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks

from .common import PurchaseCommon

CLOSED = (
    "aftersales.sampling.plan",
    "aftersales.sampling.plan.line",
    "aftersales.incoming.inspection",
    "aftersales.incoming.defect",
    "aftersales.supplier.score",
    "aftersales.parts.cost",
    "purchase.order",
    "purchase.order.line",
)


@tagged("post_install", "-at_install")
class TestPurchaseFence(FenceChecks, PurchaseCommon):
    """What the company buys, from whom and for how much is no dealer's business."""

    addon = "aftersales_purchase"

    @classmethod
    def _create_fenced_rows(cls):
        return {}

    def test_dealers_see_nothing_of_purchasing(self):
        self._confirm()
        for user in self.intruders:
            for name in CLOSED:
                rows = self.env[name].with_user(user)
                with (
                    self.subTest(user=user.login, model=name),
                    self.assertRaises(AccessError),
                ):
                    rows.search_count([])
        self.assertTrue(self.env["purchase.order"].search_count([]))

    def test_suppliers_and_framework_prices_are_closed(self):
        for user in self.intruders:
            sellers = self.env["product.supplierinfo"].with_user(user)
            self.assertFalse(sellers.search([]))
            with self.assertRaises(AccessError):
                self.seller.with_user(user).read(["price"])
