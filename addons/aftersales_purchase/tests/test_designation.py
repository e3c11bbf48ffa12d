from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestDesignation(PurchaseCommon):
    """Who may supply a part, at what price, and who may go beyond."""

    def test_designated_supplier_is_confirmed_at_the_framework_price(self):
        order = self._create_order()
        line = order.order_line
        self.assertEqual(line.price_unit, 80.0)
        self.assertEqual(line.framework_price, 80.0)
        self.assertEqual(line.price_deviation, 0.0)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_other_supplier_is_refused(self):
        order = self._create_order(partner=self.trader, price=70.0)
        with self.assertRaisesRegex(UserError, "Trader is not designated for Pump"):
            order.button_confirm()
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.picking_ids)

    def test_other_supplier_is_warned_of(self):
        self.company.aftersales_supplier_check = "warn"
        order = self._confirm(partner=self.trader, price=70.0)
        self.assertEqual(order.state, "purchase")
        bodies = " ".join(order.message_ids.mapped("body"))
        self.assertIn("Trader is not designated for Pump", bodies)

    def test_unchecked_supplier_passes_silently(self):
        self.company.aftersales_supplier_check = "off"
        order = self._confirm(partner=self.trader, price=70.0)
        self.assertEqual(order.state, "purchase")
        self.assertNotIn("designated", " ".join(order.message_ids.mapped("body")))

    def test_machines_are_not_asked_about(self):
        machine = self._create_part(
            "Machine", 100.0, self.class_main, tracking="serial", is_machine=True
        )
        order = self._confirm(partner=self.trader, price=70.0, product_id=machine.id)
        self.assertEqual(order.state, "purchase")

    @freeze_time("2026-06-15 04:00:00")
    def test_designation_ends_on_its_last_day(self):
        manager = self.seller.with_user(self.user_manager)
        manager.write({"designated_from": "2026-01-01", "designated_to": "2026-06-14"})
        order = self._create_order()
        with self.assertRaises(UserError):
            order.button_confirm()
        self.assertEqual(order.state, "draft")
        manager.designated_to = "2026-06-15"
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_withdrawn_supplier_is_refused(self):
        self.seller.with_user(self.user_manager).action_withdraw()
        order = self._create_order()
        with self.assertRaises(UserError):
            order.button_confirm()
        self.assertEqual(order.state, "draft")

    def test_who_designated_is_on_record(self):
        self.assertEqual(self.seller.designated_by, self.user_manager)
        self.assertTrue(self.seller.designated_on)

    def test_keeper_does_not_designate(self):
        seller = self._create_seller(self.trader, 70.0, designate=False)
        with self.assertRaises(AccessError):
            seller.with_user(self.user_keeper).action_designate()
        with self.assertRaises(AccessError):
            seller.with_user(self.user_keeper).is_designated = True
        self.assertFalse(seller.is_designated)

    def test_keeper_does_not_change_a_framework_price(self):
        with self.assertRaises(AccessError):
            self.seller.with_user(self.user_keeper).price = 99.0
        self.assertEqual(self.seller.price, 80.0)

    def test_designated_supplier_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.seller.with_user(self.user_keeper).unlink()
        self.assertTrue(self.seller.exists())

    def test_bigger_quantity_has_its_own_framework_price(self):
        self._create_seller(self.foundry, 72.0, min_qty=50)
        self.assertEqual(self._create_order(49).order_line.framework_price, 80.0)
        self.assertEqual(self._create_order(50).order_line.framework_price, 72.0)

    def test_price_within_tolerance_is_confirmed(self):
        order = self._confirm(price=84.0)
        self.assertEqual(order.order_line.price_deviation, 5.0)
        self.assertEqual(order.state, "purchase")

    def test_dearer_price_waits_for_the_manager(self):
        order = self._confirm(price=88.0)
        self.assertEqual(order.order_line.price_deviation, 10.0)
        self.assertEqual(order.state, "to approve")
        self.assertFalse(order.picking_ids)
        with self.assertRaises(AccessError):
            order.action_approve_deviation()
        self.assertEqual(order.state, "to approve")
        order.button_approve()
        self.assertEqual(order.state, "to approve")

    def test_manager_approves_with_a_reason(self):
        order = self._confirm(price=88.0)
        manager = order.with_user(self.user_manager)
        self.assertTrue(manager.can_approve_deviation)
        with self.assertRaisesRegex(UserError, "Why This Price"):
            manager.action_approve_deviation()
        self.assertEqual(order.state, "to approve")
        order.deviation_reason = "Castings are short"
        manager.action_approve_deviation()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(manager.order_line.approved_price, 88.0)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 10)
        bodies = " ".join(order.message_ids.mapped("body"))
        self.assertIn("Castings are short", bodies)

    def test_approval_does_not_hold_for_a_dearer_price(self):
        order = self._confirm(price=88.0)
        order.deviation_reason = "Castings are short"
        order.with_user(self.user_manager).action_approve_deviation()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            order.order_line.price_unit = 90.0
        self.assertEqual(order.order_line.price_unit, 88.0)

    def test_keeper_does_not_write_the_approval(self):
        order = self._create_order(price=88.0)
        with self.assertRaises(AccessError):
            order.order_line.approved_price = 88.0

    def test_confirmed_order_takes_no_dear_line(self):
        order = self._confirm()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            order.write(
                {
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.pump.id,
                                "product_qty": 1,
                                "price_unit": 100.0,
                            }
                        )
                    ]
                }
            )
        self.assertEqual(len(order.order_line), 1)

    def test_price_agreed_after_the_draft_counts(self):
        order = self._create_order(price=88.0)
        self.seller.with_user(self.user_manager).price = 88.0
        order.button_confirm()
        self.assertEqual(order.order_line.framework_price, 88.0)
        self.assertEqual(order.state, "purchase")

    def test_framework_price_follows_unit_and_currency(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        dollar = self.env["res.currency"].create(
            {
                "name": "TSD",
                "symbol": "T$",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.5})],
            }
        )
        order = self._create_order(price=500.0, product_uom_id=dozen.id)
        order.currency_id = dollar
        order.order_line._compute_framework_price()
        self.assertEqual(order.order_line.framework_price, 480.0)
