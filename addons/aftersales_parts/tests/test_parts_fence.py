from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced

from .common import PartsCommon

# Models of stock and purchase that a dealer's user has no business in at all.
CLOSED = (
    "purchase.order",
    "purchase.order.line",
    "product.supplierinfo",
    "product.value",
    "stock.move.line",
    "stock.package",
    "stock.picking",
    "stock.picking.type",
    "stock.putaway.rule",
    "stock.reference",
    "stock.warehouse",
    "report.stock.quantity",
)


@tagged("post_install", "-at_install")
class TestPartsFence(FenceChecks, PartsCommon):
    """What a dealer's user may see of parts: his own, and no money."""

    @classmethod
    def _create_fenced_rows(cls):
        cls._put_into_stock(cls.pump, 10)
        receipt_a = cls._receive(cls.pump, 2).sudo()
        receipt_b = cls._receive(cls.pump, 2, cls.dealer_b).sudo()
        repair = cls._create_repair(parts={cls.pump: 1})
        cls._finish(repair)
        own = repair.sudo().old_part_ids
        foreign = own.copy({"dealer_id": cls.dealer_b.id, "move_id": False})
        boxes = cls.env["aftersales.old.part.return"]
        quants = cls.env["stock.quant"]
        ledger = cls.env["aftersales.parts.ledger"]
        cls.env.flush_all()
        return {
            "aftersales.parts.receipt": Fenced(receipt_b, receipt_a),
            "aftersales.parts.receipt.line": Fenced(
                receipt_b.line_ids, receipt_a.line_ids
            ),
            "aftersales.old.part": Fenced(foreign, own),
            "aftersales.old.part.return": Fenced(
                boxes.create({"dealer_id": cls.dealer_b.id}),
                boxes.create({"dealer_id": cls.dealer_a.id}),
            ),
            "aftersales.parts.ledger": Fenced(
                ledger.search([("dealer_id", "=", cls.dealer_b.id)]),
                ledger.search([("dealer_id", "=", cls.dealer_a.id)]),
            ),
            "stock.quant": Fenced(
                quants.search([("location_id", "in", (cls.place_b | cls.stock).ids)]),
                quants.search([("location_id", "=", cls.place_a.id)]),
            ),
            "aftersales.receipt.claim": cls._create_claims(receipt_a, receipt_b),
            **cls._create_periods(),
            "aftersales.old.part.reminder": cls._create_reminders(),
            "stock.location": Fenced(cls.place_b | cls.stock, cls.place_a),
        }

    @classmethod
    def _create_claims(cls, *receipts):
        own, foreign = cls.env["aftersales.receipt.claim"].create(
            [
                {"line_id": receipt.line_ids.id, "kind": "short", "quantity": 1}
                for receipt in receipts
            ]
        )
        return Fenced(foreign, own)

    @classmethod
    def _create_periods(cls):
        own, foreign, company = cls.env["aftersales.parts.period"].create(
            [
                {
                    "dealer_id": dealer.id,
                    "date_from": "2020-01-01",
                    "date_to": "2099-12-31",
                }
                for dealer in (cls.dealer_a, cls.dealer_b, cls.dealer_a.browse())
            ]
        )
        (own | foreign | company).action_refresh()
        return {
            "aftersales.parts.period": Fenced(foreign | company, own),
            "aftersales.parts.period.line": Fenced(
                (foreign | company).line_ids, own.line_ids
            ),
        }

    @classmethod
    def _create_reminders(cls):
        own, foreign = cls.env["aftersales.old.part.reminder"].create(
            [
                {"dealer_id": dealer.id, "due_date": "2026-06-30", "days": 30}
                for dealer in (cls.dealer_a, cls.dealer_b)
            ]
        )
        return Fenced(foreign, own)

    def test_dealers_people_reach_no_row_of_another_dealer_or_of_hq(self):
        for user in (self.user_agent_a, self.user_manager_a):
            for model, rows in self.fenced.items():
                with self.subTest(user=user.login, model=model):
                    if model.startswith("aftersales."):
                        self.assert_fenced(user, model, rows)
                    else:
                        self.assert_core_rows_hidden(user, model, rows)

    def assert_core_rows_hidden(self, user, model, rows):
        """As ``assert_fenced``, without copy and unlink, which core refuses to all."""
        by_id = [("id", "in", rows.foreign.ids)]
        records = self.env[model].with_user(user)
        self.assertFalse(records.search(by_id))
        self.assertEqual(records.search_count(by_id), 0)
        self.assertEqual(records._read_group(by_id, [], ["__count"]), [(0,)])
        self.assertEqual(records.search([("id", "in", rows.own.ids)]).ids, rows.own.ids)
        for record in rows.foreign.with_user(user):
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            with self.assertRaises(AccessError):
                record.export_data(["display_name"])

    def test_stock_and_purchase_of_the_company_are_closed(self):
        for model in CLOSED:
            with self.subTest(model=model):
                records = self.env[model].with_user(self.user_manager_a)
                try:
                    found = records.search([], limit=1)
                except AccessError:
                    continue
                self.assertFalse(found)

    def test_dealer_writes_no_stock(self):
        quant = self.fenced["stock.quant"].own[:1].with_user(self.user_manager_a)
        for call in (
            lambda: quant.write({"inventory_quantity": 99}),
            lambda: quant.with_context(inventory_mode=True).write(
                {"inventory_quantity_auto_apply": 99}
            ),
            lambda: quant.action_apply_inventory(),
            lambda: self.place_a.with_user(self.user_manager_a).write({"name": "X"}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self._get_on_hand(self.pump, self.place_a), 1)

    def test_costs_and_values_are_hidden(self):
        for model, names in (
            ("stock.move", ("value", "standard_price", "price_unit")),
            ("stock.quant", ("value",)),
            ("product.product", ("standard_price", "avg_cost", "total_value")),
        ):
            record = self.env[model].sudo().search([], limit=1)
            for name in names:
                with (
                    self.subTest(model=model, field=name),
                    self.assertRaises(AccessError),
                ):
                    record.with_user(self.user_manager_a).read([name])

    def test_quantities_of_hq_are_not_told_by_the_product_either(self):
        product = self.pump.with_user(self.user_manager_a)
        try:
            on_hand = product.qty_available
        except AccessError:
            return
        self.assertEqual(on_hand, 0)

    def test_company_keeper_sees_all_dealers_stock(self):
        quants = self.env["stock.quant"].with_user(self.user_keeper)
        found = quants.search([("dealer_id", "!=", False)]).dealer_id
        self.assertLessEqual(self.dealer_a | self.dealer_b, found)
