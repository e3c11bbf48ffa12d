from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderFlow(OrderCommon):
    """From the dealer's draft to the signed delivery note, and the ways out."""

    def test_prepaid_order_from_draft_to_done(self):
        order = self._create_order()
        self.assertEqual(order.line_ids.price_unit, 180.0)
        self.assertRecordValues(
            order,
            [{"amount_untaxed": 720.0, "amount_tax": 93.6, "amount_total": 813.6}],
        )
        self.assertEqual(self._get_stock_value(self.pump), 1000.0)
        keeper = self._confirm(order)
        self.assertEqual(order.state, "confirmed")
        self.assertEqual(order.amount_due, 813.6)
        self.assertEqual(self._get_receivable(), 813.6)
        self._pay(order)
        self.assertEqual(order.state, "ready")
        self.assertEqual(order.payment_state, "paid")
        self.assertEqual(self._get_receivable(), 0.0)
        self._ship(keeper)
        self.assertEqual(order.state, "shipped")
        self.assertEqual(order.line_ids.delivered_quantity, 4)
        self.assertEqual(order.line_ids.invoiced_quantity, 4)
        self.assertEqual(self._get_stock_value(self.pump), 600.0)
        self._sign(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 4)
        self.assertEqual(self._get_stock_value(self.pump), 600.0)
        self.assertEqual(len(order.sudo().sale_order_id.invoice_ids), 1)

    def test_prices_are_of_the_grade(self):
        order = self._create_order(user=self.user_agent_b)
        self.assertEqual(order.line_ids.price_unit, 190.0)
        self.assertEqual(order.dealer_id, self.dealer_b)

    def test_without_a_list_of_the_grade_the_contacts_list_holds(self):
        self.grade_a.pricelist_id = False
        self.dealer_a.partner_id.specific_property_product_pricelist = self.pricelist_b
        self.assertEqual(self._create_order().line_ids.price_unit, 190.0)

    def test_without_any_list_the_sales_price_holds(self):
        self.dealer_a.grade_id = False
        everybody = self.env.ref("base.group_user")
        everybody._remove_group(self.env.ref("product.group_product_pricelist"))
        self.assertEqual(self._create_order().line_ids.price_unit, 200.0)

    def test_form_fills_the_price_in(self):
        orders = self.env["aftersales.parts.order"].with_user(self.user_agent_a)
        with Form(orders) as form, form.line_ids.new() as line:
            line.product_id = self.pump.with_user(self.user_agent_a)
            line.quantity = 2
            self.assertEqual(line.price_unit, 180.0)
        self.assertEqual(form.record.amount_total, 406.8)

    def test_handing_in_takes_todays_price(self):
        order = self._create_order()
        self.pricelist_a.item_ids.fixed_price = 185.0
        order.action_submit()
        self.assertEqual(order.line_ids.price_unit, 185.0)
        self.pricelist_a.item_ids.fixed_price = 300.0
        order.with_user(self.user_keeper).action_confirm()
        self.assertEqual(order.amount_total, 836.2)
        self.assertEqual(order.amount_invoiced, 836.2)

    def test_refused_with_reason_corrected_and_handed_in_again(self):
        order = self._create_order()
        order.action_submit()
        action = order.with_user(self.user_keeper).action_refuse()
        self.env[action["res_model"]].with_user(self.user_keeper).with_context(
            **action["context"]
        ).create({"reason": "Two boxes of two only"}).action_apply()
        self.assertEqual(order.state, "refused")
        self.assertEqual(order.refuse_reason, "Two boxes of two only")
        self.assertFalse(order.sudo().sale_order_id)
        order.action_correct()
        order.line_ids.quantity = 2
        order.action_submit()
        self.assertFalse(order.refuse_reason)
        self.assertEqual(order.amount_total, 406.8)

    def test_parts_stand_once_handed_in(self):
        order = self._create_order()
        order.action_submit()
        with self.assertRaisesRegex(UserError, "handed in"):
            order.line_ids.quantity = 40
        new = [Command.create({"product_id": self.oil.id})]
        with (
            self.assertRaisesRegex(UserError, "handed in"),
            self.env.cr.savepoint(),
        ):
            order.line_ids = new
        self.assertEqual(order.line_ids.quantity, 4)

    def test_dealer_cannot_confirm_nor_mark_as_paid(self):
        order = self._create_order()
        order.action_submit()
        with self.assertRaises(AccessError):
            order.with_user(self.user_manager_a).action_confirm()
        with self.assertRaises(AccessError):
            order.state = "ready"
        self.assertEqual(order.state, "submitted")

    def test_suspended_dealer_is_refused(self):
        order = self._create_order()
        self.dealer_a.with_user(self.user_manager)._take_measure("suspend", "Debts")
        with self.assertRaisesRegex(UserError, "suspended"):
            order.action_submit()
        self.assertEqual(order.state, "draft")

    def test_suspended_after_handing_in_is_not_confirmed(self):
        order = self._create_order()
        order.action_submit()
        self.dealer_a.with_user(self.user_manager)._take_measure("suspend", "Debts")
        with self.assertRaisesRegex(UserError, "suspended"):
            order.with_user(self.user_keeper).action_confirm()
        self.assertFalse(order.sudo().sale_order_id)

    def test_superseded_part_is_refused_and_replaced(self):
        new = self._create_part("Pump II", 110.0, self.class_main)
        self.env["aftersales.part.supersession"].create(
            {
                "old_id": self.pump.id,
                "new_id": new.id,
                "date": "2020-01-01",
                "use_up": False,
            }
        )
        order = self._create_order({self.pump: 4, new: 1})
        with self.assertRaisesRegex(UserError, "Take Pump II instead"):
            order.action_submit()
        self.assertTrue(order.has_superseded)
        order.action_take_new_numbers()
        self.assertRecordValues(
            order.line_ids, [{"product_id": new.id, "quantity": 5, "price_unit": 220}]
        )
        order.action_submit()
        self.assertEqual(order.state, "submitted")

    def test_part_without_price_is_refused(self):
        self.pricelist_a.item_ids.fixed_price = 0.0
        order = self._create_order()
        with self.assertRaisesRegex(UserError, "no price"):
            order.action_submit()
        self.assertEqual(order.state, "draft")

    def test_other_unit_is_refused(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        with self.assertRaisesRegex(ValidationError, "is ordered in Units"):
            self._create_order().line_ids.uom_id = dozen
        with self.assertRaisesRegex(ValidationError, "is ordered in Units"):
            self.env["aftersales.parts.order"].with_user(self.user_agent_a).create(
                {
                    "line_ids": [
                        Command.create({"product_id": self.pump.id, "uom_id": dozen.id})
                    ]
                }
            )

    def test_empty_order_is_refused(self):
        order = self._create_order({})
        with self.assertRaisesRegex(UserError, "has no part"):
            order.action_submit()
        self.assertEqual(order.state, "draft")

    def test_draft_is_deleted_and_handed_in_is_kept(self):
        self._create_order().unlink()
        order = self._create_order()
        order.action_submit()
        with self.assertRaisesRegex(UserError, "stays on record"):
            order.unlink()
        self.assertTrue(order.exists())

    def test_changed_taxes_are_not_charged_silently(self):
        order = self._create_order()
        order.action_submit()
        self.pump.taxes_id = [Command.clear()]
        with self.assertRaisesRegex(UserError, "Taxes have changed"):
            order.with_user(self.user_keeper).action_confirm()

    def test_sales_order_follows_the_dealers_order_only(self):
        order = self._confirm()
        sale = order.sudo().sale_order_id
        self.assertTrue(sale.locked)
        sale.action_unlock()
        with self.assertRaisesRegex(UserError, order.name):
            sale.action_cancel()
        self.assertEqual(sale.state, "sale")
