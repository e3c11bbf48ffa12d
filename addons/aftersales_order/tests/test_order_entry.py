from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderEntry(OrderCommon):
    """Orders made from stock levels and from the catalogue."""

    def _create_level(self, product=None, minimum=2, maximum=6):
        return (
            self.env["aftersales.parts.level"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "product_id": (product or self.pump).id,
                    "minimum": minimum,
                    "maximum": maximum,
                }
            )
        )

    def _order_missing(self, levels):
        action = levels.action_order_missing()
        return self.env["aftersales.parts.order"].browse(action["res_id"])

    def test_missing_parts_are_ordered_once(self):
        level = self._create_level()
        order = self._order_missing(level)
        self.assertRecordValues(
            order.line_ids,
            [{"product_id": self.pump.id, "quantity": 6, "price_unit": 180.0}],
        )
        self.assertEqual(order.dealer_id, self.dealer_a)
        with self.assertRaisesRegex(UserError, "Nothing to order"):
            level.action_order_missing()

    def test_what_is_on_its_way_is_not_ordered_again(self):
        level = self._create_level()
        self._deliver(self.pump, 5)
        self.assertEqual(self._order_missing(level).line_ids.quantity, 1)

    def test_enough_is_not_ordered(self):
        self._receive(self.pump, 3)
        with self.assertRaisesRegex(UserError, "Nothing to order"):
            self._create_level().action_order_missing()

    def test_the_new_number_is_ordered(self):
        self.env["aftersales.part.supersession"].create(
            {"old_id": self.pump.id, "new_id": self.oil.id, "date": "2020-01-01"}
        )
        order = self._order_missing(self._create_level())
        self.assertEqual(order.line_ids.product_id, self.oil)

    def test_catalogue_fills_the_open_draft(self):
        parts = (self.pump | self.oil).with_user(self.user_agent_a)
        self.assertEqual(parts[0].dealer_price, 180.0)
        action = parts[0].action_order_parts()
        order = self.env["aftersales.parts.order"].browse(action["res_id"])
        self.assertEqual(parts.action_order_parts()["res_id"], order.id)
        self.assertEqual(order.line_ids.product_id, self.pump | self.oil)
        self.assertEqual(order.line_ids.mapped("quantity"), [1.0, 1.0])

    def test_keeper_orders_for_a_named_dealer(self):
        with self.assertRaisesRegex(UserError, "Parts ▸ Orders"):
            self.pump.with_user(self.user_keeper).action_order_parts()
        order = self._create_order(user=self.user_keeper, dealer_id=self.dealer_b.id)
        self.assertEqual(order.line_ids.price_unit, 190.0)

    def test_order_made_by_another_addon(self):
        order = self.env["aftersales.parts.order"].create(
            {
                "dealer_id": self.dealer_a.id,
                "origin": "Plan",
                "line_ids": [(0, 0, {"product_id": self.pump.id, "quantity": 2})],
            }
        )
        self.assertRecordValues(
            order, [{"state": "draft", "amount_total": 406.8, "origin": "Plan"}]
        )
