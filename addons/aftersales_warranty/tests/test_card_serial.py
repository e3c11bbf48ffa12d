from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestCardSerial(WarrantyCommon):
    def test_known_serial_is_found_and_unknown_one_is_made(self):
        lot = self.env["stock.lot"].create(
            {"name": "S-1", "product_id": self.machine.id}
        )
        known = self._create_card("s-1")
        new = self._create_card("S-2")
        self.assertEqual(known.lot_id, lot)
        self.assertEqual(new.lot_id.name, "S-2")
        self.assertEqual(new.lot_id.product_id, self.machine)

    def test_own_duplicate_names_the_card(self):
        card = self._create_card("S-3")
        with self.assertRefused(UserError, card.name):
            self._create_card("S-3")

    def test_foreign_duplicate_names_nobody(self):
        card = self._create_active_card("S-4")
        with self.assertRaises(UserError) as caught:
            self._create_card(
                "S-4",
                self.user_agent_b,
                dealer_id=self.dealer_b.id,
                partner_id=self.customer_b.id,
            )
        message = str(caught.exception)
        self.assertIn("S-4 is registered already", message)
        for secret in (card.name, "A01", "Northern", "Zhang"):
            self.assertNotIn(secret, message)

    def test_serial_is_free_again_after_void_or_rejection(self):
        card = self._create_active_card("S-5")
        card.with_user(self.user_manager).action_void("Wrong machine")
        second = self._create_card("S-5")
        second.action_submit()
        second.with_user(self.user_support).action_reject("Wrong customer")
        third = self._create_card("S-5")
        with self.assertRefused(UserError, third.name):
            second.action_submit()
        self.assertEqual(second.state, "rejected")
        self.assertEqual(card.lot_id.card_id, third)

    def test_database_itself_refuses_two_live_cards(self):
        card = self._create_card("S-6")
        other = self._create_card("S-7")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                "UPDATE aftersales_warranty_card SET lot_id = %s WHERE id = %s",
                (card.lot_id.id, other.id),
            )

    def test_correcting_a_typo_moves_the_draft_to_the_right_machine(self):
        card = self._create_card("S-8")
        card.serial = "s-9"
        self.assertEqual(card.lot_id.name, "S-9")
        self.assertEqual(card.serial, "S-9")

    def test_serial_record_of_a_stranger_cannot_be_linked_by_id(self):
        card = self._create_active_card(
            "S-10",
            self.user_agent_b,
            dealer_id=self.dealer_b.id,
            partner_id=self.customer_b.id,
        )
        vals = self._prepare_card_vals("S-10", lot_id=card.lot_id.id)
        with self.assertRaises(AccessError):
            self.env["aftersales.warranty.card"].with_user(self.user_agent_a).create(
                vals
            )

    def test_only_machines_get_cards(self):
        bolt = self.env["product.product"].create({"name": "Bolt"})
        with self.assertRefused(UserError, "Bolt is not a machine"):
            self._create_card("S-11", product_id=bolt.id)
        with self.assertRefused(ValidationError, "unique serial number"):
            bolt.product_tmpl_id.is_machine = True

    def test_renamed_serial_record_renames_the_card(self):
        card = self._create_active_card("S-12")
        card.lot_id.sudo().name = "S-12B"
        self.assertEqual(card.serial, "S-12B")

    def test_a_batch_asks_the_database_as_often_as_one_card(self):
        def create(serials):
            cards = self.env["aftersales.warranty.card"].with_context(
                tracking_disable=True
            )
            vals = [self._prepare_card_vals(serial) for serial in serials]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            cards.create(vals)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create(["W-0"])
        one = create(["W-1"])
        many = create([f"B-{number}" for number in range(50)])
        # two queries of the number's sequence a card, and nothing else
        self.assertLessEqual(many - one, 49 * 2 + 5)

    def test_sale_date_decides_the_policy(self):
        self.policy.date_to = date(2026, 2, 28)
        newer = self.policy.copy(
            {"date_from": date(2026, 3, 1), "date_to": False, "name": "Newer"}
        )
        old = self._create_card("S-13", sale_date=date(2026, 2, 28))
        new = self._create_card("S-14", sale_date=date(2026, 3, 1))
        self.assertEqual(old.policy_id, self.policy)
        self.assertEqual(new.policy_id, newer)
