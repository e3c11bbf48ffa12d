from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase

BUSY = "somebody else is changing this right now"


@tagged("post_install", "-at_install")
class TestPartsConcurrency(ConcurrencyCase):
    """Two users at once at the stock, the deliveries and the boxes of one dealer."""

    def _create_data(self, env):
        partner, customer = env["res.partner"].create(
            [{"name": "Two At Once"}, {"name": "Customer"}]
        )
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        product, machine = env["product.product"].create(
            [
                {"name": "Last Piece", "is_storable": True},
                {"name": "Machine", "tracking": "serial"},
            ]
        )
        lot = env["stock.lot"].create({"name": self.code, "product_id": machine.id})
        self.ids = {
            "dealer": dealer.id,
            "location": dealer.location_id.id,
            "partners": (partner | customer).ids,
            "customer": customer.id,
            "product": product.id,
            "machine": machine.id,
            "lot": lot.id,
        }

    def _drop_data(self, env):
        """Done movements cannot be deleted by the ORM: these were only for the test."""
        pickings = (
            env["stock.move"]
            .search([("product_id", "=", self.ids["product"])])
            .picking_id
        )
        for query in (
            "DELETE FROM aftersales_old_part WHERE dealer_id = %(dealer)s",
            "DELETE FROM aftersales_old_part_return WHERE dealer_id = %(dealer)s",
            "DELETE FROM repair_order WHERE lot_id = %(lot)s",
            "DELETE FROM stock_move_line WHERE product_id = %(product)s",
            "DELETE FROM aftersales_parts_receipt WHERE dealer_id = %(dealer)s",
            "DELETE FROM stock_move WHERE product_id = %(product)s",
            "DELETE FROM stock_quant WHERE product_id = %(product)s",
        ):
            env.cr.execute(query, self.ids)
        env.invalidate_all()
        pickings.unlink()
        dealer = env["aftersales.dealer"].browse(self.ids["dealer"])
        location = dealer.location_id
        dealer.unlink()
        location.unlink()
        env["stock.lot"].browse(self.ids["lot"]).unlink()
        env["res.partner"].browse(self.ids["partners"]).unlink()
        products = env["product.product"].browse(
            [self.ids["product"], self.ids["machine"]]
        )
        products.product_tmpl_id.unlink()

    # STOCK

    def _put(self, quantity):
        with self._transaction() as env:
            env["stock.quant"]._update_available_quantity(
                env["product.product"].browse(self.ids["product"]),
                env["stock.location"].browse(self.ids["location"]),
                quantity,
            )

    def _take_one(self, env):
        """What finishing a repair does to the dealer's stock."""
        move = env["stock.move"].create(
            {
                "product_id": self.ids["product"],
                "product_uom_qty": 1,
                "location_id": self.ids["location"],
                "location_dest_id": env.ref("stock.stock_location_customers").id,
            }
        )
        move._action_confirm()
        move._action_assign()
        move.quantity = 1
        move.picked = True
        move._action_done()

    def _get_on_hand(self):
        """(on hand at the dealer's, the lowest row)"""
        with self._transaction() as env:
            quants = env["stock.quant"].search(
                [
                    ("product_id", "=", self.ids["product"]),
                    ("location_id", "=", self.ids["location"]),
                ]
            )
            quantities = quants.mapped("quantity")
            return sum(quantities), min(quantities, default=0)

    def test_of_two_technicians_taking_the_last_piece_one_gets_it(self):
        self._put(1)
        answer = self._act_at_once(self._take_one, self._take_one)
        self.assertRegex(answer, r"Not enough of Last Piece at .*TWO-\w+: 0 on hand")
        self.assertEqual(self._get_on_hand(), (0, 0))

    def test_without_the_lock_both_would_take_the_last_piece(self):
        """What makes the test above pass is the lock, and nothing else."""
        self._put(1)
        with patch.object(
            self.registry["stock.quant"], "_lock_quants", lambda *args: None
        ):
            answer = self._act_at_once(self._take_one, self._take_one)
        self.assertEqual((answer, self._get_on_hand()), ("done", (-1, -1)))

    def test_two_technicians_taking_one_of_two_both_get_theirs(self):
        self._put(2)
        self.assertEqual(self._act_at_once(self._take_one, self._take_one), "done")
        self.assertEqual(self._get_on_hand(), (0, 0))

    # DOCUMENTS

    def _assert_once(self, act):
        """One of two who press at once wins; who presses late reads the new state."""
        self.assertIn(BUSY, self._act_at_once(act, act))
        return self._act_at_once(lambda env: None, act)

    def _create_receipt(self, env):
        """Three pieces that the company shipped to the dealer."""
        warehouse = env["stock.warehouse"].search([], limit=1)
        product = env["product.product"].browse(self.ids["product"])
        env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, 3
        )
        dealer = env["aftersales.dealer"].browse(self.ids["dealer"])
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": env.ref("stock.stock_location_customers").id,
        }
        piece = {**places, "product_id": product.id, "product_uom_qty": 3}
        picking = env["stock.picking"].create(
            {
                **places,
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": dealer.partner_id.id,
                "move_ids": [Command.create(piece)],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.receipt_ids.id

    def test_of_two_users_confirming_a_receipt_one_wins_and_it_is_booked_once(self):
        with self._transaction() as env:
            receipt_id = self._create_receipt(env)
        late = self._assert_once(
            lambda env: (
                env["aftersales.parts.receipt"].browse(receipt_id).action_confirm()
            )
        )
        self.assertIn("is in state “Received”", late)
        self.assertEqual(self._get_on_hand(), (3, 3))

    def _create_old_parts(self, env, number):
        """Tags of a repair record, as finishing it makes them."""
        repair = env["repair.order"].create(
            {
                "product_id": self.ids["machine"],
                "lot_id": self.ids["lot"],
                "partner_id": self.ids["customer"],
            }
        )
        return env["aftersales.old.part"].create(
            [
                {
                    "repair_id": repair.id,
                    "dealer_id": self.ids["dealer"],
                    "product_id": self.ids["product"],
                }
                for _piece in range(number)
            ]
        )

    def test_of_two_users_shipping_a_box_one_wins_and_it_is_shipped_once(self):
        with self._transaction() as env:
            box = env["aftersales.old.part.return"].create(
                {
                    "dealer_id": self.ids["dealer"],
                    "carrier": "Express",
                    "waybill": "W-1",
                }
            )
            tags = self._create_old_parts(env, 2)
            tags.return_id = box
            box_id, tag_ids = box.id, tags.ids
        late = self._assert_once(
            lambda env: env["aftersales.old.part.return"].browse(box_id).action_ship()
        )
        self.assertIn("is in state “Shipped”", late)
        with self._transaction() as env:
            tags = env["aftersales.old.part"].browse(tag_ids)
            self.assertEqual(set(tags.mapped("state")), {"shipped"})
            box = env["aftersales.old.part.return"].browse(box_id)
            steps = box.message_ids.tracking_value_ids.filtered(
                lambda value: value.new_value_char == "Shipped"
            )
            self.assertEqual(len(steps), 1)

    def test_of_two_users_packing_an_old_part_it_lies_in_one_box(self):
        with self._transaction() as env:
            tags = self._create_old_parts(env, 1)
            tag_id = tags.id

        def pack(env):
            env["aftersales.old.part"].browse(tag_id).action_pack()

        answer = self._act_at_once(pack, pack)
        self.assertIn("is in a box already", answer)
        with self._transaction() as env:
            boxes = env["aftersales.old.part.return"].search(
                [("dealer_id", "=", self.ids["dealer"])]
            )
            self.assertEqual(boxes.old_part_ids.ids, [tag_id])
            self.assertEqual(len(boxes), 1)
