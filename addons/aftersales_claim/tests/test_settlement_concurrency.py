from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase

ACCOUNTANT = "aftersales_dealer.group_warranty_accountant"


@tagged("post_install", "-at_install")
class TestSettlementConcurrency(ConcurrencyCase):
    """Two accountants at once, each in a transaction of his own that really commits."""

    def _create_data(self, env):
        partner = env["res.partner"].create({"name": self.code})
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        settlement = env["aftersales.settlement"].create(
            {
                "dealer_id": dealer.id,
                "date_from": "2026-06-01",
                "date_to": "2026-06-30",
                "line_ids": [Command.create({"kind": "reward", "amount": 100.0})],
            }
        )
        settlement.state = "confirmed"
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-06-01",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "M",
                            "price_unit": 1000.0,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        user = new_test_user(env, login=self.code.lower(), groups=ACCOUNTANT)
        self.user_id, self.partner_id = user.id, partner.id
        self.settlement_id, self.invoice_id = settlement.id, invoice.id
        self.total = settlement.amount_total

    def _drop_data(self, env):
        """Posted entries cannot be deleted by the ORM: these were only for the test."""
        settlement = env["aftersales.settlement"].browse(self.settlement_id)
        dealer = settlement.dealer_id
        moves = settlement.move_ids.ids + [self.invoice_id]
        env.cr.execute(
            "DELETE FROM account_partial_reconcile WHERE credit_move_id IN "
            "(SELECT id FROM account_move_line WHERE move_id = ANY(%s))",
            [moves],
        )
        env.cr.execute(
            "UPDATE aftersales_settlement SET move_id = NULL WHERE id = %s",
            [self.settlement_id],
        )
        env.cr.execute("DELETE FROM account_move_line WHERE move_id = ANY(%s)", [moves])
        env.cr.execute("DELETE FROM account_move WHERE id = ANY(%s)", [moves])
        env.cr.execute(
            "DELETE FROM aftersales_settlement WHERE id = %s", [self.settlement_id]
        )
        env.invalidate_all()
        location = dealer.location_id
        dealer.unlink()
        location.unlink()
        user = env["res.users"].browse(self.user_id)
        partners = user.partner_id.ids + [self.partner_id]
        user.unlink()
        env["res.partner"].browse(partners).unlink()

    def _offset(self, env):
        env["aftersales.settlement"].browse(self.settlement_id).action_offset()

    def _get_booked(self):
        with self._transaction() as env:
            settlement = env["aftersales.settlement"].browse(self.settlement_id)
            invoice = env["account.move"].browse(self.invoice_id)
            return (
                settlement.state,
                settlement.move_ids.mapped("amount_total"),
                invoice.amount_residual,
            )

    def _assert_booked_once(self):
        self.assertEqual(
            self._get_booked(), ("offset", [self.total], 1000 - self.total)
        )

    def test_second_press_while_the_first_is_still_booking(self):
        answer = self._act_at_once(self._offset, self._offset, self.user_id)
        self.assertIn("somebody else", answer)
        self._assert_booked_once()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_second_press_after_the_first_has_committed(self):
        with self._second(self._offset, self.user_id) as (press, answers):
            with self._transaction(self.user_id) as first:
                self._offset(first)
            press()
        self.assertIn("is in state", answers[0])
        self._assert_booked_once()

    def test_crash_while_booking_leaves_nothing(self):
        with (
            self.assertRaises(ZeroDivisionError),
            self._transaction(self.user_id) as env,
        ):
            self._offset(env)
            raise ZeroDivisionError
        self.assertEqual(self._get_booked(), ("confirmed", [], 1000.0))
        with self._transaction(self.user_id) as env:
            self._offset(env)
        self._assert_booked_once()
