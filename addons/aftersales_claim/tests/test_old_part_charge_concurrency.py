from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestOldPartChargeConcurrency(ConcurrencyCase):
    """The nightly job runs twice at once over an old part that is too late."""

    def _create_data(self, env):
        partner, customer = env["res.partner"].create(
            [{"name": self.code}, {"name": "Customer"}]
        )
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        pump, machine = env["product.product"].create(
            [
                {"name": "Pump", "is_storable": True, "list_price": 200.0},
                {"name": "Machine", "tracking": "serial"},
            ]
        )
        lot = env["stock.lot"].create({"name": self.code, "product_id": machine.id})
        repair = env["repair.order"].create(
            {
                "product_id": machine.id,
                "lot_id": lot.id,
                "partner_id": customer.id,
                "dealer_id": dealer.id,
            }
        )
        line = env["stock.move"].create(
            {
                "repair_id": repair.id,
                "repair_line_type": "add",
                "product_id": pump.id,
                "product_uom_qty": 1,
            }
        )
        tag = env["aftersales.old.part"].create(
            {
                "repair_id": repair.id,
                "move_id": line.id,
                "piece": 1,
                "dealer_id": dealer.id,
                "product_id": pump.id,
            }
        )
        self.ids = {
            "dealer": dealer.id,
            "partners": (partner | customer).ids,
            "products": (pump | machine).ids,
            "lot": lot.id,
            "repair": repair.id,
            "tag": tag.id,
        }

    def _drop_data(self, env):
        for query in (
            "DELETE FROM aftersales_old_part_charge WHERE old_part_id = %(tag)s",
            "DELETE FROM aftersales_old_part WHERE id = %(tag)s",
            "DELETE FROM stock_move WHERE repair_id = %(repair)s",
            "DELETE FROM repair_order WHERE id = %(repair)s",
        ):
            env.cr.execute(query, self.ids)
        env.invalidate_all()
        dealer = env["aftersales.dealer"].browse(self.ids["dealer"])
        location = dealer.location_id
        dealer.unlink()
        location.unlink()
        env["stock.lot"].browse(self.ids["lot"]).unlink()
        env["res.partner"].browse(self.ids["partners"]).unlink()
        products = env["product.product"].browse(self.ids["products"])
        products.product_tmpl_id.unlink()

    def _charge(self, env):
        """Half the dealer's price of 200 as a penalty, as the policy may say."""
        tag = env["aftersales.old.part"].browse(self.ids["tag"])
        env["aftersales.old.part.charge"]._charge(tag, "overdue", 50.0)
        env.flush_all()

    def _get_amounts(self):
        with self._transaction() as env:
            charges = env["aftersales.old.part.charge"].search(
                [("old_part_id", "=", self.ids["tag"])]
            )
            return charges.mapped("amount")

    def test_who_comes_second_leaves_the_piece_to_the_first(self):
        answer = self._act_at_once(self._charge, self._charge)
        self.assertEqual((answer, self._get_amounts()), ("done", [-100.0]))

    def test_without_the_lock_the_constraint_stops_the_second(self):
        """Two nets: what gets through the first is caught by the second."""
        tags = self.registry["aftersales.old.part"]
        everything = patch.object(
            tags, "try_lock_for_update", lambda records, **options: records
        )
        with everything:
            answer = self._act_at_once(self._charge, self._charge)
        self.assertIn("charged for this reason already", answer)
        self.assertEqual(self._get_amounts(), [-100.0])
