import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_parts.tests.common import SIGNATURE

from .common import OrderCommon

PDF = base64.b64encode(b"%PDF-1.4 stamped paper")


@tagged("post_install", "-at_install")
class TestOrderNote(OrderCommon):
    """The delivery note comes back signed, or is asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()
        cls._confirm(cls.order)
        cls._pay(cls.order)
        cls._ship(cls.order)
        cls.receipt = cls.order.receipt_ids.with_user(cls.user_agent_a)

    def _run_cron(self, days):
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            self.env["aftersales.parts.receipt"]._cron_chase_notes()

    def _get_chases(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "aftersales.parts.receipt"),
                ("res_id", "=", self.receipt.id),
            ]
        )

    def test_note_belongs_to_the_order(self):
        self.assertEqual(len(self.receipt), 1)
        self.assertTrue(self.receipt.is_signature_due)
        self.assertEqual(self.order.unsigned_count, 1)

    def test_receipt_first_then_the_signature(self):
        with self.assertRaisesRegex(UserError, "confirm the receipt first"):
            self.receipt.action_sign()
        self.receipt.action_confirm()
        self.assertEqual(self.order.state, "shipped")
        self._apply_sign(self.receipt, signature=SIGNATURE)
        self.assertEqual(self.order.state, "done")
        self.assertEqual(self.receipt.signed_user_id, self.user_agent_a)

    def test_photograph_of_the_stamped_paper_is_enough(self):
        self.receipt.action_confirm()
        self._apply_sign(self.receipt, stamped_note=PDF, stamped_note_name="n.pdf")
        self.assertEqual(self.order.state, "done")
        self.assertEqual(self.receipt.stamped_note, PDF)

    def test_nothing_given_is_refused(self):
        self.receipt.action_confirm()
        with self.assertRaisesRegex(UserError, "add a photograph"):
            self._apply_sign(self.receipt)
        self.assertEqual(self.order.state, "shipped")

    def test_a_text_file_is_no_stamped_paper(self):
        self.receipt.action_confirm()
        with self.assertRaisesRegex(UserError, "neither a picture nor a PDF"):
            self._apply_sign(self.receipt, stamped_note=base64.b64encode(b"signed!"))

    def test_signed_once(self):
        self._sign(self.order)
        with self.assertRaisesRegex(UserError, "signed already"):
            self.receipt.action_sign()

    def test_signature_is_not_written_directly(self):
        self.receipt.action_confirm()
        with self.assertRaises(AccessError):
            self.receipt.signed_on = fields.Datetime.now()
        self.assertEqual(self.order.state, "shipped")

    def test_other_dealer_cannot_sign(self):
        self.receipt.action_confirm()
        foreign = self.receipt.with_user(self.user_manager_b)
        with self.assertRaises(AccessError):
            foreign.action_sign()
        with self.assertRaises(AccessError):
            self.env["aftersales.parts.receipt.sign"].with_user(
                self.user_manager_b
            ).create({"receipt_id": self.receipt.id, "signed_by": "X"})
        self.assertFalse(self.receipt.signed_on)

    def test_keeper_does_not_sign_for_the_dealer(self):
        self.receipt.action_confirm()
        with self.assertRaisesRegex(UserError, "no delivery note for you"):
            self.receipt.with_user(self.user_keeper).action_sign()

    def test_unreadable_note_is_asked_for_again(self):
        self._sign(self.order)
        with self.assertRaisesRegex(UserError, "only the parts keeper"):
            self.receipt.action_reject_note()
        self.receipt.with_user(self.user_keeper).action_reject_note()
        self.assertEqual(self.order.state, "shipped")
        self._sign(self.order)
        self.assertEqual(self.order.state, "done")

    def test_late_note_is_asked_for_once(self):
        self._run_cron(6)
        self.assertFalse(self._get_chases())
        self._run_cron(9)
        chase = self._get_chases()
        self.assertEqual(chase.user_id, self.user_manager_a)
        self.assertIn(self.order.name, chase.note)
        self._run_cron(10)
        self.assertEqual(self._get_chases(), chase)
        self._sign(self.order)
        self.assertFalse(self._get_chases())

    def test_late_filter(self):
        receipts = self.env["aftersales.parts.receipt"]
        late = [("is_note_late", "=", True), ("id", "=", self.receipt.id)]
        self.assertFalse(receipts.search(late))
        with freeze_time(fields.Datetime.now() + timedelta(days=9)):
            self.assertEqual(receipts.search(late), self.receipt)

    def test_signed_note_is_not_asked_for(self):
        self._sign(self.order)
        self._run_cron(30)
        self.assertFalse(self._get_chases())

    def test_zero_days_ask_for_nothing(self):
        self.company.aftersales_note_days = 0
        self._run_cron(30)
        self.assertFalse(self._get_chases())

    def test_printed_note_has_parts_prices_and_a_place_to_sign(self):
        reports = self.env["ir.actions.report"]
        html, _kind = reports.with_user(self.user_agent_a)._render_qweb_html(
            "aftersales_order.report_receipt_note", self.receipt.ids
        )
        text = html.decode()
        for word in ("Pump", "180.00", "720.00", "813.60", self.order.name):
            self.assertIn(word, text)
        self.assertIn("Signature and stamp of the dealer", text)
        picking = self.receipt.sudo().picking_id
        for report in ("report_delivery_note", "report_picking_list"):
            html, _kind = reports.with_user(self.user_keeper)._render_qweb_html(
                f"aftersales_order.{report}", picking.ids
            )
            self.assertIn("Pump", html.decode())

    def test_other_dealer_prints_nothing(self):
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(
                self.user_manager_b
            )._render_qweb_html(
                "aftersales_order.report_receipt_note", self.receipt.ids
            )
