from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import WarrantyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestCardFlow(WarrantyCommon):
    def test_agent_creates_and_submits_support_activates(self):
        card = self._create_active_card("dh-001")
        self.assertRecordValues(
            card,
            [
                {
                    "state": "active",
                    "serial": "DH-001",
                    "registration": "on_time",
                    "reimbursable": True,
                    "start_date": date(2026, 3, 1),
                    "end_date": date(2027, 3, 1),
                    "returned_on": date(2026, 3, 10),
                }
            ],
        )
        self.assertRegex(card.name, r"^WC2026\d{6}$")
        self.assertEqual(card.lot_id.name, "DH-001")
        self.assertEqual(card.lot_id.card_id, card)
        self.assertEqual(card.owner_ids.partner_id, self.customer_a)
        self.assertEqual(card.owner_ids.date_from, date(2026, 3, 1))

    def test_form_needs_only_what_the_paper_has(self):
        form = Form(self.env["aftersales.warranty.card"].with_user(self.user_agent_a))
        form.serial = " ｄｈ-００２ "
        form.product_id = self.machine
        form.sale_date = date(2026, 3, 9)
        form.partner_id = self.customer_a
        card = form.save()
        self.assertEqual(card.serial, "DH-002")
        self.assertEqual(card.dealer_id, self.dealer_a)

    def test_submit_names_what_is_missing(self):
        card = self._create_card("DH-003", partner_id=False)
        with self.assertRefused(UserError, "fill in Customer first"):
            card.action_submit()
        self.assertEqual(card.state, "draft")

    def test_suspended_dealer_cannot_submit(self):
        card = self._create_card("DH-004")
        self.dealer_a.with_user(self.user_manager)._take_measure("suspend", "Late")
        with self.assertRefused(UserError, "suspended"):
            card.action_submit()
        self.assertEqual(card.state, "draft")

    def test_dealer_cannot_confirm_his_own_card(self):
        card = self._create_card("DH-005")
        card.action_submit()
        for action in ("action_activate", "action_reject"):
            with self.assertRaises(AccessError):
                getattr(card.with_user(self.user_manager_a), action)()
        self.assertEqual(card.state, "submitted")

    def test_activation_needs_a_policy(self):
        self.policy.date_from = date(2026, 3, 5)
        card = self._create_card("DH-006")
        card.action_submit()
        with self.assertRefused(UserError, "no warranty policy holds"):
            card.with_user(self.user_support).action_activate()
        self.assertEqual(card.state, "submitted")
        self.policy.date_from = date(2026, 1, 1)
        card.with_user(self.user_support).action_activate()
        self.assertEqual(card.policy_id, self.policy)

    def test_rejection_goes_back_with_its_reason_and_comes_again(self):
        card = self._create_card("DH-007")
        card.action_submit()
        wizard = Form.from_action(
            self.env(user=self.user_support),
            card.with_user(self.user_support).action_reject(),
        )
        wizard.reason = "Invoice is not legible"
        wizard.save().action_apply()
        self.assertEqual(card.state, "rejected")
        self.assertEqual(card.reject_reason, "Invoice is not legible")
        self.assertIn(
            "Sent back: Invoice is not legible", card.message_ids.mapped("preview")
        )
        card.invoice_ref = "INV/7"
        card.action_submit()
        self.assertRecordValues(card, [{"state": "submitted", "reject_reason": False}])

    def test_only_the_manager_voids_and_says_why(self):
        card = self._create_active_card("DH-008")
        with self.assertRaises(AccessError):
            card.with_user(self.user_support).action_void("Duplicate")
        self.assertEqual(card.state, "active")
        card.with_user(self.user_manager).action_void("Duplicate")
        self.assertRecordValues(
            card,
            [
                {
                    "state": "void",
                    "void_reason": "Duplicate",
                    "void_date": date(2026, 3, 10),
                }
            ],
        )
        self.assertFalse(card.lot_id.card_id)

    def test_active_card_is_closed_to_the_dealer(self):
        card = self._create_active_card("DH-009")
        for vals in (
            {"sale_date": date(2026, 2, 1)},
            {"partner_id": self.customer_a.id},
            {"serial": "DH-999"},
        ):
            with self.assertRaises(UserError):
                card.write(vals)
        for vals in (
            {"state": "draft"},
            {"reimbursable": True},
            {"registration": "on_time"},
            {"end_date": date(2030, 1, 1)},
            {"waive_reason": "friend"},
            {"access_token": "x"},
            {"usage": 1},
        ):
            with self.assertRaises(AccessError):
                card.write(vals)
        self.assertEqual(card.end_date, date(2027, 3, 1))

    def test_card_cannot_be_born_in_force(self):
        for vals in (
            {"state": "active"},
            {"end_date": date(2030, 1, 1)},
            {"reimbursable": True},
            {"waive_reason": "friend"},
        ):
            with self.assertRaises(AccessError):
                self._create_card("DH-010", **vals)
        self.assertFalse(
            self.env["aftersales.warranty.card"].search([("serial", "=", "DH-010")])
        )

    def test_only_drafts_can_be_deleted(self):
        draft = self._create_card("DH-011")
        card = self._create_card("DH-012")
        card.action_submit()
        with self.assertRefused(UserError, "cannot be deleted"):
            card.unlink()
        draft.unlink()
        self.assertTrue(card.exists())
        self.assertFalse(draft.exists())

    def test_dates_in_the_future_are_refused(self):
        with self.assertRefused(ValidationError, "Sale Date.*lies in the future"):
            self._create_card("DH-013", sale_date=date(2026, 3, 11))

    def test_change_of_owner_keeps_the_history_and_the_cover(self):
        card = self._create_active_card("DH-014")
        buyer = self._create_customer(self.dealer_a, "Farmer Wang")
        wizard = self.env["aftersales.warranty.owner.change"].with_user(
            self.user_agent_a
        )
        wizard.create(
            {
                "card_id": card.id,
                "partner_id": buyer.id,
                "date": date(2026, 3, 8),
                "reason": "Bill of sale",
            }
        ).action_apply()
        self.assertEqual(card.partner_id, buyer)
        self.assertRecordValues(
            card.owner_ids.sorted("date_from"),
            [
                {
                    "partner_id": self.customer_a.id,
                    "date_from": date(2026, 3, 1),
                    "date_to": date(2026, 3, 8),
                },
                {
                    "partner_id": buyer.id,
                    "date_from": date(2026, 3, 8),
                    "date_to": False,
                },
            ],
        )
        self.assertTrue(card.coverage_verdict().covered)

    def test_owner_must_be_one_the_dealer_may_see(self):
        card = self._create_active_card("DH-015")
        with self.assertRaises(AccessError):
            card._change_owner(self.customer_b, date(2026, 3, 9))
        self.assertEqual(card.partner_id, self.customer_a)

    def test_exchange_restarts_the_whole_period(self):
        card = self._create_active_card("DH-016")
        wizard = (
            self.env["aftersales.warranty.exchange"]
            .with_user(self.user_support)
            .create(
                {
                    "card_id": card.id,
                    "serial": "dh-017",
                    "date": date(2026, 3, 9),
                    "reason": "Engine block cracked",
                }
            )
        )
        new = self.env["aftersales.warranty.card"].browse(
            wizard.action_apply()["res_id"]
        )
        self.assertRecordValues(
            card + new,
            [
                {
                    "state": "void",
                    "void_date": date(2026, 3, 9),
                    "replaced_by_id": new.id,
                    "end_date": date(2027, 3, 1),
                },
                {
                    "state": "active",
                    "void_date": False,
                    "replaced_by_id": False,
                    "end_date": date(2027, 3, 9),
                },
            ],
        )
        self.assertEqual(new.replaces_id, card)
        self.assertEqual(new.serial, "DH-017")
        self.assertTrue(new.reimbursable)
        # a repair from before the exchange is still judged by the old card
        self.assertTrue(card.coverage_verdict(on_date=date(2026, 3, 8)).covered)
        self.assertFalse(card.coverage_verdict(on_date=date(2026, 3, 9)).covered)

    def test_exchange_goes_on_with_the_old_period_when_the_policy_says_so(self):
        self.policy.restart_on_exchange = False
        card = self._create_active_card("DH-018")
        card.with_user(self.user_support)._stop_clock(
            date(2026, 3, 2), date(2026, 3, 3)
        )
        new = card.with_user(self.user_support)._exchange(
            self.machine, "DH-019", date(2026, 3, 9), "Engine block cracked"
        )
        self.assertEqual(new.start_date, date(2026, 3, 1))
        self.assertEqual(new.end_date, date(2027, 3, 3))

    def test_dealer_cannot_exchange(self):
        card = self._create_active_card("DH-020")
        with self.assertRaises(AccessError):
            card._exchange(self.machine, "DH-021", date(2026, 3, 9), "No")
        self.assertEqual(card.state, "active")

    def test_lost_card_is_issued_again_with_a_new_code(self):
        card = self._create_active_card("DH-022")
        token = card.access_token
        action = card.action_reissue()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(card.reissue_count, 1)
        self.assertNotEqual(card.access_token, token)
        self.assertGreaterEqual(len(card.access_token), 32)
