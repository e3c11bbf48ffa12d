from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import REFERENCE, FenceChecks, Fenced

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderFence(FenceChecks, OrderCommon):
    """A dealer's orders and prices are his own."""

    addon = "aftersales_order"
    owner, intruder = "a", "b"
    reference = {**REFERENCE}

    @classmethod
    def _create_fenced_rows(cls):
        order = cls._create_order()
        return {
            record._name: Fenced(record.sudo()) for record in (order, order.line_ids)
        }

    def test_other_dealers_rows_are_closed(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    self.assert_fenced(user, model, rows)

    def test_costs_of_these_models_are_hidden(self):
        for user in self.intruders:
            self.assert_costs_hidden(user)

    def test_all_models_of_this_addon_are_fenced(self):
        ours = {
            name
            for name in self._get_open_models(self.user_agent_a)
            if name.startswith("aftersales.parts.order")
        }
        self.assertEqual(ours, set(self.fenced))

    def test_price_lists_and_sales_orders_stay_the_companys(self):
        with self.assertRaises(AccessError):
            self.pricelist_a.with_user(self.user_manager_a).read(["name"])
        with self.assertRaises(AccessError):
            self.grade_a.with_user(self.user_manager_a).read(["pricelist_id"])
        order = self._create_order()
        with self.assertRaises(AccessError):
            order.read(["sale_order_id"])

    def test_an_agent_cannot_set_a_price(self):
        order = self._create_order()
        with self.assertRaises(AccessError):
            order.line_ids.write({"price_unit": 1.0})
        self.assertEqual(order.line_ids.price_unit, 180.0)
