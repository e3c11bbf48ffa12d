from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MasterCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestSupersession(MasterCommon):
    """A new number follows an old one."""

    def test_old_pieces_are_used_up(self):
        self._supersede(self.pump, self.new_pump)
        self.assertEqual(self.pump.superseded_by_id, self.new_pump)
        repair = self._create_repair(parts={self.pump: 1})
        self.assertEqual(repair.move_ids.product_id, self.pump)

    def test_stopped_number_is_refused_and_the_valid_one_named(self):
        last = self._create_part("Pump III", 120.0, self.class_main)
        self._supersede(self.pump, self.new_pump, use_up=False)
        self._supersede(self.new_pump, last)
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self._create_repair(parts={self.pump: 1})
        self.assertIn("Take Pump III instead", str(caught.exception))

    def test_number_is_valid_until_its_day(self):
        self._supersede(self.pump, self.new_pump, date="2026-06-16", use_up=False)
        self.assertEqual(self.pump.current_part_id, self.pump)
        self.assertFalse(self.pump._get_part_blockers(self.machine, 1))
        with freeze_time("2026-06-16 08:00:00"):
            self.pump.invalidate_recordset()
            self.assertEqual(self.pump.current_part_id, self.new_pump)
            self.assertTrue(self.pump._get_part_blockers(self.machine, 1))

    def test_circle_is_refused_with_its_chain(self):
        last = self._create_part("Pump III", 120.0, self.class_main)
        self._supersede(self.pump, self.new_pump)
        self._supersede(self.new_pump, last)
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self._supersede(last, self.pump)
        self.assertIn("circle", str(caught.exception))
        self.assertFalse(last.superseded_by_id)

    def test_superseded_numbers_can_be_searched(self):
        self._supersede(self.pump, self.new_pump)
        products = self.env["product.product"].with_user(self.user_agent_a)
        pumps = [("id", "in", (self.pump | self.new_pump).ids)]
        for value, expected in ((False, self.new_pump), (self.new_pump.id, self.pump)):
            found = products.search([("superseded_by_id", "=", value), *pumps])
            self.assertEqual(found.ids, expected.ids)

    def test_dealer_does_not_supersede(self):
        with self.assertRaises(AccessError):
            self.env["aftersales.part.supersession"].with_user(
                self.user_manager_a
            ).create({"old_id": self.pump.id, "new_id": self.new_pump.id})
