from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestRequisitionConcurrency(ConcurrencyCase):
    """Two clerks with two requisitions for the last piece."""

    def _create_data(self, env):
        partner, person, customer = env["res.partner"].create(
            [{"name": "Two Clerks"}, {"name": "Carrier"}, {"name": "Customer"}]
        )
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        customer.dealer_id = dealer
        staff = env["aftersales.staff"].create(
            {"partner_id": person.id, "dealer_id": dealer.id}
        )
        product = env["product.product"].create(
            {"name": "Last Piece", "is_storable": True, "list_price": 1}
        )
        machine = env["product.product"].create(
            {"name": "Machine", "tracking": "serial"}
        )
        lot = env["stock.lot"].create({"name": self.code, "product_id": machine.id})
        ticket = env["helpdesk.ticket"].create(
            {
                "name": "Stopped",
                "description": "<p>Stopped.</p>",
                "dealer_id": dealer.id,
                "partner_id": customer.id,
                "lot_id": lot.id,
            }
        )
        repair = ticket._create_repair()
        repair.staff_id = staff
        requisitions = env["aftersales.parts.requisition"].create(
            [
                {
                    "repair_id": repair.id,
                    "line_ids": [Command.create({"product_id": product.id})],
                }
                for _number in range(2)
            ]
        )
        requisitions.action_submit()
        self.ids = {
            "requisitions": requisitions.ids,
            "product": product.id,
            "location": dealer.location_id.id,
            "dealer": dealer.id,
            "partners": (partner | person | customer).ids,
            "staff": staff.id,
            "repair": repair.id,
            "ticket": ticket.id,
            "lot": lot.id,
            "machine": machine.id,
        }

    def _drop_data(self, env):
        """Done movements cannot be deleted by the ORM: these were only for the test."""
        ids = self.ids
        for query in (
            "DELETE FROM stock_move_line WHERE product_id = %(product)s",
            "DELETE FROM stock_move WHERE product_id = %(product)s",
            "DELETE FROM stock_quant WHERE product_id = %(product)s",
            "DELETE FROM aftersales_parts_requisition_entry WHERE product_id ="
            + " %(product)s",
            "DELETE FROM aftersales_parts_requisition WHERE dealer_id = %(dealer)s",
            "DELETE FROM repair_order WHERE id = %(repair)s",
            "DELETE FROM helpdesk_ticket WHERE id = %(ticket)s",
            "UPDATE res_partner SET dealer_id = NULL WHERE dealer_id = %(dealer)s",
            "DELETE FROM stock_location WHERE location_id = %(location)s",
        ):
            env.cr.execute(query, ids)
        env.invalidate_all()
        env["aftersales.staff"].browse(ids["staff"]).unlink()
        env["aftersales.dealer"].browse(ids["dealer"]).unlink()
        env["res.partner"].browse(ids["partners"]).unlink()
        env["stock.lot"].browse(ids["lot"]).unlink()
        products = env["product.product"].browse([ids["product"], ids["machine"]])
        products.product_tmpl_id.unlink()

    def _put(self, quantity):
        with self._transaction() as env:
            env["stock.quant"]._update_available_quantity(
                env["product.product"].browse(self.ids["product"]),
                env["stock.location"].browse(self.ids["location"]),
                quantity,
            )

    def _issue(self, env, number):
        env["aftersales.parts.requisition"].browse(
            self.ids["requisitions"][number]
        ).action_issue_all()

    def _issue_at_once(self, first, second):
        return self._act_at_once(
            lambda env: self._issue(env, first), lambda env: self._issue(env, second)
        )

    def _get_quantities(self):
        """(in the store, at the technician's, lowest row, pieces issued)"""
        with self._transaction() as env:
            quants = env["stock.quant"].search(
                [("product_id", "=", self.ids["product"])]
            )
            store = quants.filtered(lambda q: q.location_id.id == self.ids["location"])
            bag = quants.filtered("location_id.staff_id")
            entries = env["aftersales.parts.requisition.entry"].search(
                [("product_id", "=", self.ids["product"])]
            )
            return (
                sum(store.mapped("quantity")),
                sum(bag.mapped("quantity")),
                min(quants.mapped("quantity")),
                sum(entries.mapped("quantity")),
            )

    def test_of_two_clerks_issuing_the_last_piece_one_gets_it(self):
        self._put(1)
        answer = self._issue_at_once(0, 1)
        self.assertRegex(answer, r"Not enough of Last Piece at .*TWO-\w+: 0 on hand")
        self.assertEqual(self._get_quantities(), (0, 1, 0, 1))

    def test_without_the_lock_both_would_issue_the_last_piece(self):
        """What makes the test above pass is the lock, and nothing else."""
        self._put(1)
        with patch.object(
            self.registry["stock.quant"], "_lock_quants", lambda *args: None
        ):
            answer = self._issue_at_once(0, 1)
        self.assertEqual((answer, self._get_quantities()), ("done", (-1, 2, -1, 2)))

    def test_two_clerks_issuing_one_of_two_both_issue(self):
        self._put(2)
        self.assertEqual(self._issue_at_once(0, 1), "done")
        self.assertEqual(self._get_quantities(), (0, 2, 0, 2))

    def test_two_clerks_issuing_one_requisition_issue_it_once(self):
        self._put(2)
        answer = self._issue_at_once(0, 0)
        self.assertRegex(answer, "somebody else is changing|issued already")
        self.assertEqual(self._get_quantities(), (1, 1, 1, 1))
