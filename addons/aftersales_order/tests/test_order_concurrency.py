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

KEEPER = "aftersales_dealer.group_parts_keeper"


@tagged("post_install", "-at_install")
class TestOrderConcurrency(BaseCase):
    """Two keepers confirm two orders of 600 on one quota of 1000, really at once."""

    def setUp(self):
        super().setUp()
        # the test runner holds the registry's lock: a second thread could not start
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self.registry = Registry(get_db_name())
        self.code = f"QUO-{uuid.uuid4().hex[:8]}"
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
            {"partner_id": partner.id, "code": self.code, "credit_limit": 1000.0}
        )
        product = env["product.product"].create(
            {
                "name": self.code,
                "is_storable": True,
                "list_price": 600.0,
                "taxes_id": [Command.clear()],
            }
        )
        orders = env["aftersales.parts.order"].create(
            [
                {
                    "dealer_id": dealer.id,
                    "payment_mode": "credit",
                    "line_ids": [Command.create({"product_id": product.id})],
                }
                for _number in range(2)
            ]
        )
        orders.action_submit()
        user = new_test_user(env, login=self.code.lower(), groups=KEEPER)
        self.order_ids = orders.ids
        self.ids = {
            "dealer": dealer.id,
            "partner": partner.id,
            "product": product.id,
            "user": user.id,
        }

    def _drop_data(self):
        """Confirmed orders cannot be deleted by the ORM: these were for the test."""
        with self._transaction() as env:
            for query in (
                "DELETE FROM aftersales_parts_order WHERE dealer_id = %(dealer)s",
                "DELETE FROM stock_move_line WHERE product_id = %(product)s",
                "DELETE FROM stock_move WHERE product_id = %(product)s",
                "DELETE FROM stock_picking WHERE partner_id = %(partner)s",
                "DELETE FROM sale_order WHERE partner_id = %(partner)s",
            ):
                env.cr.execute(query, self.ids)
            env.invalidate_all()
            env["product.product"].browse(self.ids["product"]).product_tmpl_id.unlink()
            dealer = env["aftersales.dealer"].browse(self.ids["dealer"])
            dealer.unlink()
            user = env["res.users"].browse(self.ids["user"])
            partners = user.partner_id | env["res.partner"].browse(self.ids["partner"])
            user.unlink()
            partners.unlink()

    def _confirm(self, env, number):
        env["aftersales.parts.order"].browse(self.order_ids[number]).action_confirm()

    def _run_second(self, started, go, outcome):
        with self._transaction(self.ids["user"]) as env:
            # its snapshot is older than what the first keeper does
            env["aftersales.dealer"].browse(self.ids["dealer"]).read(["credit_used"])
            started.set()
            go.wait(60)
            try:
                with mute_logger("odoo.sql_db", "odoo.service.model"):
                    retrying(lambda: self._confirm(env, 1), env)
                outcome.append("done")
            except UserError as error:
                outcome.append(str(error))
                env.cr.rollback()

    @contextmanager
    def _second(self):
        """A second keeper; yields what lets him press and his outcome."""
        started, go, outcome = threading.Event(), threading.Event(), []
        thread = threading.Thread(target=self._run_second, args=(started, go, outcome))
        thread.start()
        self.assertTrue(started.wait(60), "the second transaction did not start")
        try:
            yield lambda: (go.set(), thread.join(120)), outcome
        finally:
            go.set()
            thread.join(120)

    def _get_outcome(self):
        """States of both orders, and what is left of the quota."""
        with self._transaction() as env:
            orders = env["aftersales.parts.order"].browse(self.order_ids)
            dealer = env["aftersales.dealer"].browse(self.ids["dealer"])
            return orders.mapped("state"), dealer.credit_available

    def test_second_press_while_the_first_is_still_at_work(self):
        with (
            self._transaction(self.ids["user"]) as first,
            self._second() as (press, outcome),
        ):
            self._confirm(first, 0)
            press()
        self.assertIn("somebody else", outcome[0])
        self.assertEqual(self._get_outcome(), (["ready", "submitted"], 400.0))

    def test_second_press_on_an_outdated_quota(self):
        with self._second() as (press, outcome):
            with self._transaction(self.ids["user"]) as first:
                self._confirm(first, 0)
            press()
        self.assertIn("600.00 are wanted, and 400.00", outcome[0])
        self.assertEqual(self._get_outcome(), (["ready", "submitted"], 400.0))

    def test_both_fit_one_after_the_other(self):
        with self._transaction() as env:
            env["aftersales.dealer"].browse(self.ids["dealer"]).credit_limit = 1200.0
        with self._second() as (press, outcome):
            with self._transaction(self.ids["user"]) as first:
                self._confirm(first, 0)
            press()
        self.assertEqual(outcome, ["done"])
        self.assertEqual(self._get_outcome(), (["ready", "ready"], 0.0))
