from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_import.tests.common import make_xlsx

from .common import MasterCommon

HEADER = ["零件号", "零件名称", "规格", "单价", "适用机型", "替代件号"]


@tagged("post_install", "-at_install")
class TestTours(HttpCase, MasterCommon):
    """The keeper's price list and what people look up in it, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.write({"name": "Tour Harvester", "default_code": "4LZ-6.0"})
        cls.old_belt = cls._create_part("Old Belt", 40.0, cls.class_wear)
        cls.old_belt.default_code = "B-70"
        cls.env["aftersales.part.fit"].create(
            {"part_id": cls.old_belt.id, "machine_id": cls.model.id, "quantity": 2}
        )

    def _put_price_list(self, *rows):
        """What lies on the keeper's disk, where the browser may fetch it."""
        self.env["ir.attachment"].create(
            {
                "name": "price list",
                "url": "/tour_price_list.xlsx",
                "raw": make_xlsx([HEADER, *rows]),
                "public": True,
            }
        )

    def test_keeper_imports_a_price_list(self):
        self._put_price_list(
            ["B-77", "V-belt", "B-2360", 85.5, "4LZ-6.0 x2", "B-70"],
            ["B-78", "Bolt", "M12", 1.2, None, None],
            ["B-79", "Blade", None, 12, "4LZ-99", None],
        )
        self.start_tour(
            "/odoo/part-imports",
            "aftersales_parts_master_import",
            login="aftersales_keeper",
        )
        parts = self.env["product.product"]
        belt = parts.search([("default_code", "=", "B-77")])
        self.assertRecordValues(
            belt, [{"name": "V-belt", "part_spec": "B-2360", "list_price": 85.5}]
        )
        self.assertRecordValues(
            belt.fit_ids, [{"machine_id": self.model.id, "quantity": 2}]
        )
        self.assertEqual(self.old_belt.superseded_by_id, belt)
        self.assertEqual(len(parts.search([("default_code", "=", "B-78")])), 1)
        self.assertFalse(parts.search([("default_code", "=", "B-79")]))

    def test_dealer_looks_up_a_part_by_machine_and_by_number(self):
        new_belt = self._create_part("V-belt", 45.0, self.class_wear)
        new_belt.default_code = "B-77"
        self._fit(new_belt, self.model, 2)
        self._supersede(self.old_belt, new_belt)
        self.start_tour(
            "/odoo/machine-parts",
            "aftersales_parts_master_look_up",
            login="agent_a",
        )
