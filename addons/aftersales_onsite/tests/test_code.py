from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW
from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.addons.mail.tests.common import MailCase

from .common import OnsiteCommon

DRAW = "odoo.addons.aftersales_onsite.models.aftersales_repair_code.secrets.randbelow"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCode(OnsiteCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls._visit()
        cls.repair.write(
            {
                **cls._prepare_work_vals(),
                "customer_signature": False,
                "signed_by": False,
            }
        )
        cls._prove(cls.repair)

    def _send(self, number=42):
        with (
            patch(DRAW, return_value=number),
            self.mock_mail_gateway(mail_unlink_sent=True),
        ):
            return self.repair.action_send_code()

    def _enter(self, code, action=None):
        form = Form.from_action(
            self.env(user=self.user_tech_a), action or self.repair.action_enter_code()
        )
        form.code = code
        return form.save().action_confirm()

    def _read_message(self, action):
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        return wizard.message

    def test_right_code_counts_as_the_signature(self):
        action = self._send()
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(self._mails[0]["email_to"], ["zhang@example.com"])
        self.assertIn("000042", self._mails[0]["body"])
        self.assertIn("Replace fuel pump", self._mails[0]["body"])
        with freeze_time("2026-06-15 08:14:59"):
            self.assertEqual(
                self._enter(" 000 042", action)["type"], "ir.actions.act_window_close"
            )
        self.assertRecordValues(
            self.repair,
            [
                {
                    "sign_method": "code",
                    "signed_by": "Farmer Zhang",
                    "signed_on": datetime(2026, 6, 15, 8, 14, 59),
                    "can_send_code": False,
                }
            ],
        )
        self.repair.action_finish()
        self.assertEqual(self.repair.state, "done")

    def test_only_a_hash_is_kept_and_only_the_manager_sees_when(self):
        self._send()
        code = self.repair.sudo().code_ids
        self.assertRecordValues(
            code,
            [
                {
                    "sent_to": "zhang@example.com",
                    "expires_at": datetime(2026, 6, 15, 8, 15),
                    "attempts_left": 5,
                    "dealer_id": self.dealer_a.id,
                }
            ],
        )
        self.assertNotIn("000042", code.code_hash)
        self.assertEqual(len(code.code_hash), 64)
        self.assertFalse(self.env["mail.message"].search([("body", "like", "000042")]))
        self.assertFalse(
            self.env["mail.mail"].search([("body_html", "like", "000042")])
        )
        for user in (self.user_tech_a, self.user_manager_a, self.user_support):
            with self.assertRaises(AccessError):
                code.with_user(user).read(["sent_to"])
        self.assertTrue(code.with_user(self.user_manager).read(["sent_to"]))
        with self.assertRaises(AccessError):
            code.with_user(self.user_manager).read(["code_hash"])

    def test_wrong_codes_are_counted_and_the_fifth_ends_it(self):
        self._send()
        for left in (4, 3, 2, 1):
            action = self._enter("999999")
            self.assertIn(f"{left} attempts left", self._read_message(action))
        action = self._enter("999999")
        self.assertIn("no longer works", self._read_message(action))
        self.assertIn("no longer works", self._read_message(self._enter("000042")))
        self.assertEqual(self.repair.sudo().code_ids.attempts_left, 0)
        self.assertFalse(self.repair.sign_method)
        with self.assertRaisesRegex(UserError, "let the customer sign"):
            self.repair.action_finish()

    def test_code_expires_after_fifteen_minutes(self):
        self._send()
        with freeze_time("2026-06-15 08:15:00"):
            self.assertIn("no longer works", self._read_message(self._enter("000042")))
        self.assertFalse(self.repair.sign_method)
        self.assertEqual(self.repair.sudo().code_ids.attempts_left, 5)

    def test_new_code_replaces_the_old_one(self):
        self._send(1)
        self._send(2)
        self.assertIn("not right", self._read_message(self._enter("000001")))
        self._enter("000002")
        self.assertEqual(self.repair.sign_method, "code")

    def test_code_of_another_repair_does_not_sign(self):
        self._send(7)
        record = self.repair.sudo().code_ids
        other = record.copy({"code_hash": record.code_hash})
        self.assertFalse(other._try("000007"))
        self.assertTrue(record._try("000007"))

    def test_change_after_the_code_voids_it(self):
        self._send()
        self._enter("000042")
        self.repair.move_ids.product_uom_qty = 3
        self.assertFalse(self.repair.sign_method)
        self.assertIn("Parts", self.repair.signature_void_reason)
        # nor does the code work a second time
        self.assertIn("no longer works", self._read_message(self._enter("000042")))
        with self.assertRaisesRegex(UserError, "let the customer sign"):
            self.repair.action_finish()

    def test_customer_without_address_is_refused_and_told_what_to_do(self):
        self.customer_a.email = False
        self.repair.ticket_id.sudo().partner_email = False
        refusal = self.assertRaisesRegex(
            UserError, "No e-mail address of Farmer Zhang.*sign on the screen"
        )
        with refusal:
            self._send()
        self.assertFalse(self.repair.sudo().code_ids)

    def test_nothing_done_yet_is_nothing_to_agree_to(self):
        self.repair.move_ids.unlink()
        self.repair.labour_ids.unlink()
        with self.assertRaisesRegex(UserError, "no labour or part line yet"):
            self._send()

    def test_sixth_code_of_a_day_is_refused(self):
        for number in range(5):
            self._send(number)
        with self.assertRaisesRegex(UserError, "5 codes were sent"):
            self._send(5)
        self.assertEqual(len(self.repair.sudo().code_ids), 5)
        with freeze_time("2026-06-16 08:00:01"):
            self._send(6)
        self.assertEqual(len(self.repair.sudo().code_ids), 6)

    def test_limits_are_the_companys(self):
        company = self.repair.sudo().company_id
        company.write({"aftersales_code_minutes": 3, "aftersales_code_attempts": 1})
        self._send()
        self.assertRecordValues(
            self.repair.sudo().code_ids,
            [{"attempts_left": 1, "expires_at": datetime(2026, 6, 15, 8, 3)}],
        )

    def test_mail_that_cannot_be_sent_leaves_no_code(self):
        refused = self.assertRaisesRegex(UserError, "could not be sent to zhang@")
        failing = patch(
            "odoo.addons.mail.models.mail_template.MailTemplate.send_mail",
            side_effect=MailDeliveryException("no server"),
        )
        with failing, refused, self.cr.savepoint():
            self.repair.action_send_code()
        self.repair.invalidate_recordset()
        self.assertFalse(self.repair.sudo().code_ids)

    def test_code_not_sent_yet_cannot_be_entered(self):
        with self.assertRaisesRegex(UserError, "Press “Send Code”"):
            self.repair.action_enter_code()

    def test_other_dealer_neither_sends_nor_enters(self):
        self._send()
        foreign = self.repair.with_user(self.user_agent_b)
        for verb in (foreign.action_send_code, foreign.action_enter_code):
            with self.assertRaises(AccessError):
                verb()
        with self.assertRaises(AccessError):
            foreign._sign_by_code("000042", "Me")
        self.assertFalse(self.repair.sign_method)

    def test_consent_is_not_written_by_hand(self):
        for user in (self.user_tech_a, self.user_support):
            with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                self.repair.with_user(user).sign_method = "code"
