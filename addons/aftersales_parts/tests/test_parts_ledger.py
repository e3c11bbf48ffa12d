from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from .common import PartsCommon
from .random_history import RandomHistory


@tagged("post_install", "-at_install")
class TestPartsLedger(PartsCommon):
    """Signed rows with a running balance that agrees with the stock."""

    def _get_rows(self, user, **leaves):
        ledger = self.env["aftersales.parts.ledger"].with_user(user)
        domain = [(name, "=", value) for name, value in leaves.items()]
        return ledger.search(domain, order="date, id")

    def test_receipt_and_repair_make_signed_rows_with_balance_and_document(self):
        receipt = self._receive(self.pump, 4)
        repair = self._create_repair(parts={self.pump: 3})
        self._finish(repair)
        rows = self._get_rows(
            self.user_agent_a, product_id=self.pump.id, location_id=self.place_a.id
        )
        self.assertRecordValues(
            rows,
            [
                {
                    "direction": "in",
                    "quantity": 4,
                    "balance": 4,
                    "receipt_id": receipt.id,
                    "repair_id": False,
                    "dealer_id": self.dealer_a.id,
                },
                {
                    "direction": "out",
                    "quantity": -3,
                    "balance": 1,
                    "receipt_id": False,
                    "repair_id": repair.id,
                    "dealer_id": self.dealer_a.id,
                },
            ],
        )
        self.assertEqual(rows[0].action_open_document()["res_id"], receipt.id)
        self.assertEqual(rows[1].action_open_document()["res_id"], repair.id)

    def test_purchase_shows_its_supplier(self):
        supplier = self.env["res.partner"].create({"name": "Pump Works"})
        order = self.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "order_line": [(0, 0, {"product_id": self.pump.id, "product_qty": 5})],
            }
        )
        order.button_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 5
        picking.move_ids.picked = True
        picking.button_validate()
        row = self._get_rows(self.user_keeper, picking_id=picking.id)
        self.assertRecordValues(
            row,
            [
                {
                    "quantity": 5,
                    "balance": 15,
                    "supplier_id": supplier.id,
                    "location_id": self.stock.id,
                }
            ],
        )

    def test_balance_equals_stock_over_a_random_history(self):
        """A thousand moves in random order, quantities and places, from one seed."""
        products = (
            self.pump | self.oil | self._create_part("Belt", 3.0, self.class_wear)
        )
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.stock.id}
        )
        places = self.stock | shelf | self.place_a | self.place_b
        self._put_into_stock(self.pump, 2000)
        self._put_into_stock(self.oil, 2000)
        self._put_into_stock(products - self.pump - self.oil, 2000)
        history = RandomHistory(20261122, products, places, self.stock, 2000)
        for batch in history.draw(1000, self.customers):
            history.post(self.env, batch)
        self.env.flush_all()
        self._assert_ledger_equals_stock(products, history.on_hand, places)
        ours = sum(history.on_hand[self.pump.id, p.id] for p in self.stock | shelf)
        self.assertEqual(self._get_stock_value(self.pump), 100 * ours)

    def _assert_ledger_equals_stock(self, products, on_hand, places):
        for product in products:
            for place in places:
                rows = self._get_rows(
                    self.user_keeper, product_id=product.id, location_id=place.id
                )
                expected = on_hand.get((product.id, place.id), 0.0)
                with self.subTest(product=product.name, place=place.name):
                    self.assertEqual(self._get_on_hand(product, place), expected)
                    self.assertEqual(sum(rows.mapped("quantity")), expected)
                    self.assertEqual(rows[-1:].balance, expected)
                    balance = 0.0
                    for row in rows:
                        balance += row.quantity
                        self.assertEqual(row.balance, balance)

    def test_dozens_count_in_pieces(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        move = self.env["stock.move"].create(
            {
                "product_id": self.oil.id,
                "product_uom": dozen.id,
                "product_uom_qty": 1,
                "location_id": self.customers.id,
                "location_dest_id": self.place_a.id,
            }
        )
        move._action_confirm()
        move.quantity = 1
        move.picked = True
        move._action_done()
        row = self._get_rows(self.user_agent_a, product_id=self.oil.id)
        self.assertRecordValues(row, [{"quantity": 12, "balance": 12}])

    def test_dealer_sees_his_own_rows_only(self):
        self._receive(self.pump, 2)
        self._receive(self.pump, 3, self.dealer_b)
        rows = self._get_rows(self.user_agent_a, product_id=self.pump.id)
        self.assertEqual(rows.dealer_id, self.dealer_a)
        self.assertEqual(rows.mapped("quantity"), [2])
        groups = (
            self.env["aftersales.parts.ledger"]
            .with_user(self.user_agent_a)
            ._read_group([], ["dealer_id"], ["quantity:sum"])
        )
        self.assertEqual([dealer for dealer, _sum in groups], [self.dealer_a])

    def test_dealer_reads_neither_supplier_nor_counterpart(self):
        self._receive(self.pump, 2)
        row = self._get_rows(self.user_agent_a, product_id=self.pump.id)
        for name in ("supplier_id", "counterpart_id", "picking_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                row.read([name])

    def _get_plan(self, domain, *without):
        """How PostgreSQL reads the newest page, were the tables long.

        :param without: further ways of reading that long tables make too dear
        """
        self.env.flush_all()
        ledger = self.env["aftersales.parts.ledger"].with_user(self.user_keeper)
        for method in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", *without):
            self.env.cr.execute(f"SET LOCAL enable_{method} = off")
        query = ledger._search(domain, order=ledger._order, limit=80)
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        return "\n".join(line for (line,) in rows)

    def test_newest_page_is_read_from_the_index_by_date(self):
        plan = self._get_plan([], "sort")
        self.assertIn("Merge Append", plan)
        self.assertEqual(plan.count("Backward using stock_move_line_ledger_date"), 2)

    def test_dealers_page_names_his_places(self):
        """Else a dealer who moves little would have the whole ledger read."""
        bag = self.env["stock.location"].create(
            {"name": "Van", "location_id": self.place_a.id, "usage": "internal"}
        )
        places = self.place_a | bag
        self._receive(self.pump, 2)
        ledger = self.env["aftersales.parts.ledger"]
        for user, domain in (
            (self.user_agent_a, []),
            (self.user_keeper, [("dealer_id", "=", self.dealer_a.id)]),
            (self.user_keeper, [("dealer_id", "in", self.dealer_a.ids)]),
        ):
            with self.subTest(user=user.login, domain=domain):
                named = ledger.with_user(user)._narrow(Domain(domain))
                found = {
                    place
                    for condition in named.iter_conditions()
                    if condition.field_expr == "location_id"
                    for place in condition.value
                }
                self.assertEqual(found, set(places.ids))
                rows = ledger.with_user(user).search(domain)
                self.assertEqual(rows.dealer_id, self.dealer_a)

    def test_nobody_writes_the_ledger(self):
        self._receive(self.pump, 2)
        row = self._get_rows(self.user_keeper, location_id=self.place_a.id)
        with self.assertRaises(AccessError):
            row.write({"quantity": 99})
