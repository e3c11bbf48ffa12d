from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PartsCommon


@tagged("post_install", "-at_install")
class TestOldPartReturn(PartsCommon):
    """A box is packed and shipped by the dealer and received by scanning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive(cls.pump, 5)
        repair = cls._create_repair(parts={cls.pump: 3})
        cls._finish(repair)
        cls.tags = repair.old_part_ids.sorted("name")

    def _create_box(self, **vals):
        boxes = self.env["aftersales.old.part.return"].with_user(self.user_agent_a)
        return boxes.create({"carrier": "SF Express", "waybill": "SF1001", **vals})

    def _create_shipped_box(self, tags):
        box = self._create_box(old_part_ids=[(6, 0, tags.ids)])
        box.action_ship()
        return box

    def _receive_box(self, box, scan):
        received = box.with_user(self.user_keeper)
        received.scan = scan
        received.action_receive()
        return received

    def test_form_packs_the_chosen_tags(self):
        boxes = self.env["aftersales.old.part.return"].with_user(self.user_agent_a)
        with Form(boxes) as form:
            form.carrier = "SF Express"
            form.waybill = "SF1001"
        box = form.record
        self.assertEqual(box.dealer_id, self.dealer_a)
        box.action_fill()
        self.assertEqual(box.old_part_ids, self.tags.with_user(self.user_agent_a))

    def test_scanning_packs_each_label_once(self):
        box = self._create_box(scan=f"{self.tags[0].name}\n{self.tags[0].name}\n")
        box.action_scan()
        self.assertEqual(box.old_part_ids.ids, self.tags[0].ids)
        self.assertFalse(box.scan)

    def test_unknown_label_is_refused_and_nothing_is_packed(self):
        box = self._create_box(scan=f"{self.tags[0].name}\nOP99999999")
        with self.assertRaisesRegex(UserError, "Not packed: OP99999999"):
            box.action_scan()
        self.assertFalse(self.tags.return_id)

    def test_shipping_marks_box_and_tags(self):
        box = self._create_shipped_box(self.tags)
        self.assertEqual(box.state, "shipped")
        self.assertTrue(box.shipped_on)
        self.assertEqual(self.tags.mapped("state"), ["shipped"] * 3)

    def test_empty_box_is_not_shipped(self):
        with self.assertRaisesRegex(UserError, "is empty"):
            self._create_box().action_ship()

    def test_box_without_waybill_is_not_shipped(self):
        box = self._create_box(waybill=False, old_part_ids=[(6, 0, self.tags.ids)])
        with self.assertRaisesRegex(UserError, "enter the carrier and the waybill"):
            box.action_ship()
        self.assertEqual(self.tags.mapped("state"), ["recovered"] * 3)

    def test_shipped_box_keeps_its_tags_and_is_not_deleted(self):
        box = self._create_shipped_box(self.tags)
        with self.assertRaisesRegex(UserError, "stays in its box"):
            self.tags[0].with_user(self.user_agent_a).return_id = False
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            box.unlink()
        self.assertEqual(self.tags.return_id, box)

    def test_full_box_is_received_by_scanning(self):
        box = self._create_shipped_box(self.tags)
        self._receive_box(box, "\n".join(self.tags.mapped("name")))
        self.assertRecordValues(
            box,
            [
                {
                    "state": "received",
                    "received_by": self.user_keeper.id,
                    "missing_count": 0,
                    "surplus_count": 0,
                    "to_inspect_count": 3,
                }
            ],
        )
        self.assertEqual(self.tags.mapped("state"), ["received"] * 3)

    def test_missing_piece_stays_shipped_and_may_arrive_later(self):
        box = self._create_shipped_box(self.tags)
        self._receive_box(box, " ".join(self.tags[:2].mapped("name")))
        self.assertEqual(self.tags.mapped("state"), ["received", "received", "shipped"])
        self.assertEqual(self.tags.mapped("is_missing"), [False, False, True])
        self.assertEqual(box.missing_count, 1)
        self.tags[2].with_user(self.user_inspector).action_receive()
        self.assertRecordValues(
            self.tags[2], [{"state": "received", "is_missing": False}]
        )

    def test_surplus_piece_of_the_dealer_is_taken_in(self):
        box = self._create_shipped_box(self.tags[:2])
        self._receive_box(box, "\n".join(self.tags.mapped("name")))
        self.assertRecordValues(
            self.tags[2],
            [{"state": "received", "is_surplus": True, "return_id": box.id}],
        )
        self.assertEqual(box.surplus_count, 1)

    def test_label_of_another_dealer_is_unknown_and_untouched(self):
        self._put_into_stock(self.pump, 5)
        repair_b = self._create_foreign_tag()
        box = self._create_shipped_box(self.tags)
        self._receive_box(box, f"{self.tags[0].name} {repair_b.name} 6901234567892")
        self.assertEqual(
            box.unknown_barcodes.split(), sorted([repair_b.name, "6901234567892"])
        )
        self.assertRecordValues(repair_b, [{"state": "recovered", "return_id": False}])

    def _create_foreign_tag(self):
        return self.env["aftersales.old.part"].create(
            {
                "repair_id": self.tags[0].repair_id.id,
                "dealer_id": self.dealer_b.id,
                "product_id": self.pump.id,
            }
        )

    def test_receiving_without_scanning_is_refused(self):
        box = self._create_shipped_box(self.tags)
        with self.assertRaisesRegex(UserError, "scan the labels"):
            box.with_user(self.user_keeper).action_receive()
        self.assertEqual(box.state, "shipped")
        self.assertEqual(self.tags.mapped("state"), ["shipped"] * 3)

    def test_dealer_cannot_receive_his_own_box(self):
        box = self._create_shipped_box(self.tags)
        box.scan = self.tags[0].name
        with self.assertRaisesRegex(AccessError, "Your role may not do this"):
            box.action_receive()
        self.assertEqual(box.state, "shipped")

    def test_other_dealer_neither_sees_the_box_nor_packs_foreign_tags(self):
        box = self._create_box()
        self.assertFalse(box.with_user(self.user_agent_b).search([("id", "=", box.id)]))
        boxes = self.env["aftersales.old.part.return"].with_user(self.user_agent_b)
        with self.assertRaises(AccessError):
            boxes.create({"old_part_ids": [(6, 0, self.tags.ids)]})
        self.assertFalse(self.tags.return_id)

    def test_inspector_decides_on_the_whole_box_at_once(self):
        box = self._create_shipped_box(self.tags)
        self._receive_box(box, "\n".join(self.tags.mapped("name")))
        action = box.with_user(self.user_inspector).action_inspect()
        form = Form.from_action(self.env(user=self.user_inspector), action)
        form.finding = "All three with the same casting fault"
        form.cause = "manufacturing"
        form.responsibility = "supplier"
        form.disposition = "supplier"
        form.save().action_apply()
        self.assertEqual(self.tags.mapped("state"), ["inspected"] * 3)
        self.assertEqual(self.tags.mapped("is_payable"), [True] * 3)
