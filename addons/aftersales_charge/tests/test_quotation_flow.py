from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import SIGNATURE, ChargeCommon


@tagged("post_install", "-at_install")
class TestQuotationFlow(ChargeCommon):
    """From the offer to the customer's word."""

    def test_sent_quotation_goes_to_the_customer_by_mail_with_its_link(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        self.assertEqual(quotation.state, "sent")
        self.assertEqual(quotation.valid_until, date(2026, 6, 30))
        mail = self.env["mail.mail"].search(
            [("model", "=", quotation._name), ("res_id", "=", quotation.id)]
        )
        self.assertEqual(mail.recipient_ids, self.customer_a)
        self.assertIn(quotation.sudo().access_token, mail.body_html)

    def test_customer_without_a_mail_address_is_called(self):
        self.customer_a.email = False
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        self.assertIn("no e-mail address", quotation.message_ids[0].body)

    def test_quotation_that_charges_nothing_is_not_sent(self):
        repair = self._create_repair(**self._prepare_work_vals())
        quotation = self._quote(repair)
        with self.assertRefused(UserError, "nothing in it is charged"):
            quotation.action_send()
        self.assertEqual(quotation.state, "draft")

    def test_customer_signs_on_the_screen(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        wizard = self.env["aftersales.quotation.accept"].with_user(self.user_agent_a)
        wizard.create(
            {
                "quotation_id": quotation.id,
                "acceptance": "screen",
                "name": "Zhang San",
                "signature": SIGNATURE,
            }
        ).action_apply()
        self.assertRecordValues(
            quotation,
            [
                {
                    "state": "accepted",
                    "acceptance": "screen",
                    "accepted_by": "Zhang San",
                    "agreed_with_id": self.user_agent_a.id,
                }
            ],
        )
        self.assertTrue(quotation.signature)

    def test_customer_agrees_by_phone_and_it_is_logged_who(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        quotation._accept("phone", " Wife of Zhang ")
        self.assertEqual(quotation.accepted_by, "Wife of Zhang")
        self.assertIn("Wife of Zhang accepted", quotation.message_ids[0].body)

    def test_agreement_needs_a_name_and_on_paper_a_signature(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        for args, pattern in (
            (("phone", "  "), "the name of the person who agrees"),
            (("screen", "Zhang"), "let the customer sign"),
            (("portal", "Zhang"), "let the customer sign"),
        ):
            with self.subTest(args=args), self.assertRefused(UserError, pattern):
                quotation._accept(*args)
        self.assertEqual(quotation.state, "sent")

    def test_nobody_accepts_after_the_last_day(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        with (
            freeze_time("2026-07-01 08:00:00"),
            self.assertRefused(UserError, "it was valid until"),
        ):
            quotation._accept("phone", "Zhang San")
        self.assertEqual(quotation.state, "sent")

    def test_quotations_past_their_last_day_expire(self):
        late = self._quote(self._create_old_repair())
        late.action_send()
        cron = self.env.ref("aftersales_charge.ir_cron_quotation_expire")
        with self.enter_registry_test_mode(), freeze_time("2026-06-30 08:00:00"):
            cron.method_direct_trigger()
        self.assertEqual(late.state, "sent")
        with self.enter_registry_test_mode(), freeze_time("2026-07-01 08:00:00"):
            cron.method_direct_trigger()
        late.invalidate_recordset()
        self.assertEqual(late.state, "expired")

    def test_refusal_asks_for_the_reason_and_keeps_it(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        action = quotation.action_refuse()
        self.assertEqual(action["res_model"], "aftersales.charge.reason")
        self.assertEqual(quotation.state, "sent")
        self.env["aftersales.charge.reason"].with_user(self.user_agent_a).create(
            {"quotation_id": quotation.id, "step": "refuse", "reason": "Too dear"}
        ).action_apply()
        self.assertRecordValues(
            quotation, [{"state": "refused", "close_reason": "Too dear"}]
        )

    def test_what_the_customer_has_seen_is_not_edited(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_send()
        with self.assertRefused(UserError, "Make a new version"):
            quotation.line_ids[0].discount = 5.0
        with self.assertRefused(UserError, "can no longer be edited"):
            quotation.note = "x"
        with self.assertRefused(UserError, "shown to the customer"):
            quotation.unlink()

    def test_state_and_acceptance_are_not_typed(self):
        quotation = self._quote(self._create_old_repair())
        for vals in (
            {"state": "accepted"},
            {"accepted_by": "Zhang"},
            {"move_id": 1},
            {"dealer_paid_on": "2026-06-15"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                quotation.write(vals)
        self.assertEqual(quotation.state, "draft")

    def test_new_version_keeps_number_and_agreed_discount(self):
        repair = self._create_old_repair()
        first = self._quote(repair)
        labour = first.line_ids.filtered(lambda line: line.kind == "labour")
        labour.discount = 10.0
        first.action_send()
        first._accept("phone", "Zhang San")
        repair.labour_ids = [Command.create({"operation_id": self.operation.id})]
        action = first.action_new_version()
        second = first.browse(action["res_id"])
        self.assertRecordValues(
            second,
            [
                {
                    "name": first.name,
                    "version": 2,
                    "previous_id": first.id,
                    "state": "draft",
                    "display_name": f"{first.name}-V2",
                }
            ],
        )
        hours = second.line_ids.filtered(lambda line: line.kind == "labour")
        self.assertEqual(hours.mapped("discount"), [10.0, 10.0])
        self.assertEqual(first.state, "accepted")

    def test_earlier_version_holds_until_the_new_one_is_accepted(self):
        first = self._quote_accepted(self._create_old_repair())
        second = first.browse(first.action_new_version()["res_id"])
        second.action_send()
        second.action_refuse("Not that")
        self.assertEqual(first.state, "accepted")
        third = first.browse(second.action_new_version()["res_id"])
        self.assertEqual(third.version, 3)
        third.action_send()
        third._accept("phone", "Zhang San")
        self.assertEqual(first.state, "superseded")
        self.assertEqual(third.state, "accepted")

    def test_only_one_version_is_open(self):
        first = self._quote_accepted(self._create_old_repair())
        first.action_new_version()
        with self.assertRefused(UserError, "is open already"):
            first.action_new_version()

    def test_quotation_of_a_case_serves_its_repair(self):
        case = self._create_case(serial="SN-OLD")
        quotation = (
            self.env["aftersales.quotation"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "ticket_id": case.id,
                    "line_ids": [
                        Command.create(
                            {"kind": "labour", "operation_id": self.operation.id}
                        ),
                        Command.create({"kind": "part", "product_id": self.part.id}),
                    ],
                }
            )
        )
        self.assertEqual(quotation.amount_untaxed, 450.25)
        quotation.action_send()
        quotation._accept("phone", "Zhang San")
        repair = self._create_repair(case)
        repair.move_ids = [
            Command.create({"product_id": self.part.id, "product_uom_qty": 1})
        ]
        self._sign(repair)
        repair.action_finish()
        self.assertRecordValues(
            quotation,
            [{"repair_id": repair.id, "is_used": True, "used_untaxed": 200.0}],
        )

    def test_cancelling_asks_for_a_reason_and_spares_finished_work(self):
        quotation = self._quote(self._create_old_repair())
        quotation.action_cancel("Customer moved")
        self.assertEqual(quotation.state, "cancelled")
        self.assertTrue(quotation.repair_id.can_quote)
        _repair, used = self._finish_charged()
        with self.assertRefused(UserError, "taken back by credit note only"):
            used.action_cancel("No")
        self.assertEqual(used.state, "accepted")
