from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MasterCommon


@tagged("post_install", "-at_install")
class TestAbc(MasterCommon):
    """Value issued: 9 pumps of 100, 18 oils of 5, 1 bolt of 10 – 900, 90 and 10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt = cls._create_part("Bolt", 10.0, cls.class_main)
        cls._put_into_stock(cls.oil, 20)
        cls._put_into_stock(cls.bolt, 2)
        for part, quantity in ((cls.pump, 9), (cls.oil, 18), (cls.bolt, 1)):
            cls._deliver(part, quantity)

    def _classify(self):
        self.env["product.product"].with_user(self.user_keeper).action_compute_abc()
        return [p.abc_class for p in (self.pump, self.oil, self.bolt, self.new_pump)]

    def test_classes_by_share_of_value(self):
        # 0 % before the pump, 90 % before the oil, 99 % before the bolt
        self.assertEqual(self._classify(), ["a", "b", "c", False])
        self.assertEqual(self.pump.abc_value, 900.0)

    def test_borders_are_a_setting(self):
        self.env.company.write(
            {"aftersales_abc_share_a": 95.0, "aftersales_abc_share_b": 99.5}
        )
        self.assertEqual(self._classify(), ["a", "a", "b", False])

    def test_what_came_back_does_not_count(self):
        picking = self.env["stock.picking"].search(
            [("move_ids.product_id", "=", self.pump.id)], limit=1
        )
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 9
        back = wizard._create_return()
        back.move_ids.picked = True
        back.button_validate()
        # 90 and 10 are left: 0 % before the oil, 90 % before the bolt
        self.assertEqual(self._classify(), [False, "a", "b", False])

    def test_a_year_later_nothing_is_left(self):
        self._classify()
        with freeze_time("2028-01-01 08:00:00"):
            self.assertEqual(self._classify(), [False] * 4)

    def test_dealer_sees_the_class_and_not_the_value(self):
        self._classify()
        pump = self.pump.with_user(self.user_manager_a)
        self.assertEqual(pump.abc_class, "a")
        with self.assertRaises(AccessError):
            pump.read(["abc_value"])
        with self.assertRaises(AccessError):
            pump.action_compute_abc()
