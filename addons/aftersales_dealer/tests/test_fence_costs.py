from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestFenceCosts(AftersalesCommon):
    """What the company pays stays its own, whichever way a dealer's user asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        supplier = cls.env["res.partner"].create({"name": "Supplier"})
        cls.product = cls.env["product.product"].create(
            {
                "name": "Gearbox",
                "list_price": 900.0,
                "standard_price": 612.34,
                "seller_ids": [
                    (0, 0, {"partner_id": supplier.id, "price": 612.34}),
                ],
            }
        )
        cls.seen = cls.product.with_user(cls.user_manager_a)

    def test_price_is_seen(self):
        self.assertEqual(self.seen.read(["list_price"])[0]["list_price"], 900.0)

    def test_cost_is_refused_to_every_way_of_asking(self):
        for model in (self.seen, self.seen.product_tmpl_id):
            for name, ask in (
                ("read", lambda m: m.read(["standard_price"])),
                ("web_read", lambda m: m.web_read({"standard_price": {}})),
                ("search", lambda m: m.search([("standard_price", ">", 600)])),
                ("order", lambda m: m.search([], order="standard_price")),
                ("export", lambda m: m.export_data(["standard_price"])),
                (
                    "read_group",
                    lambda m: m.formatted_read_group([], [], ["standard_price:sum"]),
                ),
                (
                    "search_by_path",
                    lambda m: m.search(
                        [("product_variant_ids.standard_price", ">", 1)]
                    ),
                ),
                ("write", lambda m: m.write({"standard_price": 1})),
            ):
                with self.subTest(model=model._name, ask=name):
                    self._assert_refused(ask, model)
        self.assertEqual(self.product.standard_price, 612.34)

    def _assert_refused(self, ask, model):
        export = self.env.ref("base.group_allow_export")
        self.user_manager_a.write({"group_ids": [(4, export.id)]})
        with self.assertRaises(AccessError):
            ask(model)

    def test_reading_all_columns_leaves_the_costs_out(self):
        fields = self.seen.fields_get(attributes=["store", "type"])
        self.assertNotIn("standard_price", fields)
        columns = [
            name
            for name, field in fields.items()
            if field["store"] and not field["type"].endswith("2many")
        ]
        values = self.seen.read([*columns, "list_price", "seller_ids"])[0]
        self.assertEqual(values["list_price"], 900.0)
        self.assertEqual(values["seller_ids"], [])

    def test_suppliers_and_price_lists_are_closed(self):
        for model in ("product.supplierinfo", "product.pricelist"):
            with self.subTest(model):
                self.assertTrue(self.env[model].search([]) or "pricelist" in model)
                self.assertFalse(
                    self.env[model].with_user(self.user_manager_a).search([])
                )
