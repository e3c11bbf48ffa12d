from odoo.tests import HttpCase, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestPartsTours(PartsCommon, HttpCase):
    def test_inspector_decides_on_a_box_of_thirty_old_parts(self):
        self._put_into_stock(self.pump, 30)
        self._receive(self.pump, 30)
        repair = self._create_repair(parts={self.pump: 30})
        self._finish(repair)
        box = (
            self.env["aftersales.old.part.return"]
            .with_user(self.user_agent_a)
            .create({"carrier": "Express", "waybill": "W-30"})
        )
        box.action_fill()
        box.action_ship()
        received = box.with_user(self.user_keeper)
        received.scan = "\n".join(box.old_part_ids.mapped("name"))
        received.action_scan()
        received.action_receive()
        self.start_tour(
            f"/odoo/old-parts-returns/{box.id}",
            "aftersales_parts_inspector_box",
            login=self.user_inspector.login,
        )
        tags = box.sudo().old_part_ids
        self.assertEqual(len(tags), 30)
        self.assertEqual(set(tags.mapped("state")), {"inspected"})
        self.assertEqual(set(tags.mapped("disposition")), {"supplier"})
        self.assertEqual(set(tags.mapped("is_payable")), {True})
        self.assertEqual(tags.inspected_by, self.user_inspector)
