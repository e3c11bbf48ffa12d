import threading
import uuid
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

ACCOUNTANT = "aftersales_dealer.group_warranty_accountant"


@tagged("post_install", "-at_install")
class TestSettlementConcurrency(BaseCase):
    """Two accountants at once, each in a transaction of his own that really commits."""

    def setUp(self):
        super().setUp()
        # the test runner holds the registry's lock: a second thread could not start
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self.registry = Registry(get_db_name())
        self.code = f"TWO-{uuid.uuid4().hex[:8]}"
        with self._transaction() as env:
            self._create_data(env)
        self.addCleanup(self._drop_data)

    @contextmanager
    def _transaction(self, uid=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {})

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

    def _drop_data(self):
        """Posted entries cannot be deleted by the ORM: these were only for the test."""
        with self._transaction() as env:
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
            env.cr.execute(
                "DELETE FROM account_move_line WHERE move_id = ANY(%s)", [moves]
            )
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

    def _run_second(self, started, go, outcome):
        with self._transaction(self.user_id) as env:
            # its snapshot is older than what the first accountant does
            env["aftersales.settlement"].browse(self.settlement_id).read(["state"])
            started.set()
            go.wait(60)
            try:
                with mute_logger("odoo.sql_db", "odoo.service.model"):
                    retrying(lambda: self._offset(env), env)
                outcome.append("done")
            except UserError as error:
                outcome.append(str(error))
                env.cr.rollback()

    @contextmanager
    def _second(self):
        """A second accountant; yields what lets him press and his outcome."""
        started, go, outcome = threading.Event(), threading.Event(), []
        thread = threading.Thread(target=self._run_second, args=(started, go, outcome))
        thread.start()
        self.assertTrue(started.wait(60), "the second transaction did not start")
        try:
            yield lambda: (go.set(), thread.join(120)), outcome
        finally:
            go.set()
            thread.join(120)

    def test_second_press_while_the_first_is_still_booking(self):
        with (
            self._transaction(self.user_id) as first,
            self._second() as (press, outcome),
        ):
            self._offset(first)
            press()
        self.assertIn("somebody else", outcome[0])
        self.assertEqual(
            self._get_booked(), ("offset", [self.total], 1000 - self.total)
        )

    def test_second_press_after_the_first_has_committed(self):
        with self._second() as (press, outcome):
            with self._transaction(self.user_id) as first:
                self._offset(first)
            press()
        self.assertIn("is in state", outcome[0])
        self.assertEqual(
            self._get_booked(), ("offset", [self.total], 1000 - self.total)
        )

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
        self.assertEqual(
            self._get_booked(), ("offset", [self.total], 1000 - self.total)
        )
