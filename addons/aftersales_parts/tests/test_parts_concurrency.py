import threading
import time
import uuid
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPartsConcurrency(BaseCase):
    """Two users at once, each in a transaction of his own that really commits."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the test runner holds the registry's lock: a second thread could not start
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self.code = f"TWO-{uuid.uuid4().hex[:8]}"
        with self._transaction() as env:
            self._create_data(env)
        self.addCleanup(self._drop_data)

    @contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _create_data(self, env):
        partner = env["res.partner"].create({"name": "Two At Once"})
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        product = env["product.product"].create(
            {"name": "Last Piece", "is_storable": True}
        )
        self.dealer_id, self.product_id = dealer.id, product.id
        self.location_id = dealer.location_id.id

    def _drop_data(self):
        """Done movements cannot be deleted by the ORM: these were only for the test."""
        with self._transaction() as env:
            env.cr.execute(
                "DELETE FROM stock_move_line WHERE product_id = %s", [self.product_id]
            )
            moves = env["stock.move"].search([("product_id", "=", self.product_id)])
            pickings = moves.picking_id
            env.cr.execute(
                "DELETE FROM aftersales_parts_receipt WHERE dealer_id = %s",
                [self.dealer_id],
            )
            env.cr.execute(
                "DELETE FROM stock_move WHERE product_id = %s", [self.product_id]
            )
            env.cr.execute(
                "DELETE FROM stock_quant WHERE product_id = %s", [self.product_id]
            )
            env.invalidate_all()
            pickings.unlink()
            dealer = env["aftersales.dealer"].browse(self.dealer_id)
            location, partner = dealer.location_id, dealer.partner_id
            dealer.unlink()
            location.unlink()
            partner.unlink()
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()

    def _put(self, env, quantity):
        env["stock.quant"]._update_available_quantity(
            env["product.product"].browse(self.product_id),
            env["stock.location"].browse(self.location_id),
            quantity,
        )

    def _take_one(self, env):
        """What finishing a repair does to the dealer's stock."""
        move = env["stock.move"].create(
            {
                "product_id": self.product_id,
                "product_uom_qty": 1,
                "location_id": self.location_id,
                "location_dest_id": env.ref("stock.stock_location_customers").id,
            }
        )
        move._action_confirm()
        move._action_assign()
        move.quantity = 1
        move.picked = True
        move._action_done()

    @contextmanager
    def _second(self, action):
        """Run ``action`` in a second transaction, as the web server would.

        Its snapshot is older than what the body of the ``with`` does; it acts once the
        body calls ``go()``. Yields ``go`` and the list its outcome is put into.
        """
        ready, go, outcome = threading.Event(), threading.Event(), []

        def run():
            with self._transaction() as env:
                env["stock.quant"].search_count([])
                ready.set()
                go.wait(30)
                try:
                    retrying(lambda: action(env), env)
                    outcome.append("done")
                except (UserError, OperationalError) as error:
                    outcome.append(str(error))
                    env.cr.rollback()

        second = threading.Thread(target=run)
        second.start()
        self.assertTrue(ready.wait(10), "the second transaction did not start")
        try:
            yield go.set, outcome
        finally:
            go.set()
            second.join(60)

    def _get_on_hand(self):
        with self._transaction() as env:
            quants = env["stock.quant"].search(
                [
                    ("product_id", "=", self.product_id),
                    ("location_id", "=", self.location_id),
                ]
            )
            return sum(quants.mapped("quantity")), min(
                quants.mapped("quantity"), default=0
            )

    def _take_at_once(self):
        """Two transactions take a piece each; the answer to the second."""
        with (
            self._second(self._take_one) as (go, outcome),
            self._transaction() as first,
        ):
            self._take_one(first)
            first.cr.flush()
            go()
            time.sleep(1)
            self.assertFalse(outcome, "the second did not wait for the first")
        return outcome

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_of_two_technicians_taking_the_last_piece_one_gets_it(self):
        with self._transaction() as env:
            self._put(env, 1)
        [answer] = self._take_at_once()
        self.assertRegex(answer, r"Not enough of Last Piece at .*TWO-\w+: 0 on hand")
        self.assertEqual(self._get_on_hand(), (0, 0))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_technicians_taking_one_of_two_both_get_theirs(self):
        with self._transaction() as env:
            self._put(env, 2)
        self.assertEqual(self._take_at_once(), ["done"])
        self.assertEqual(self._get_on_hand(), (0, 0))

    def _create_receipt(self, env):
        warehouse = env["stock.warehouse"].search([], limit=1)
        self._put_into_warehouse(env, warehouse)
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": env.ref("stock.stock_location_customers").id,
        }
        dealer = env["aftersales.dealer"].browse(self.dealer_id)
        picking = env["stock.picking"].create(
            {
                **places,
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": dealer.partner_id.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {**places, "product_id": self.product_id, "product_uom_qty": 3},
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.receipt_ids.id

    def _put_into_warehouse(self, env, warehouse):
        env["stock.quant"]._update_available_quantity(
            env["product.product"].browse(self.product_id), warehouse.lot_stock_id, 3
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_of_two_users_confirming_a_receipt_one_wins_and_it_is_booked_once(self):
        with self._transaction() as env:
            receipt_id = self._create_receipt(env)

        def confirm(env):
            env["aftersales.parts.receipt"].browse(receipt_id).action_confirm()

        with self._second(confirm) as (go, during), self._transaction() as first:
            confirm(first)
            first.cr.flush()
            go()
            time.sleep(1)
        self.assertIn("somebody else is changing this right now", during[0])
        with self._second(confirm) as (go, after):
            go()
        self.assertIn("is in state “Received”", after[0])
        self.assertEqual(self._get_on_hand(), (3, 3))
