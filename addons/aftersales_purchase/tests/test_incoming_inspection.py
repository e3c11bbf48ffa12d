from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestIncomingInspection(PurchaseCommon):
    """Sixty pumps come: the plan wants twenty inspected and accepts one bad one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env.ref("aftersales_purchase.sampling_plan_aql_2_5")
        plan.product_ids = cls.pump
        cls.order = cls._confirm(quantity=60)
        cls.picking = cls.order.picking_ids
        cls.place = cls.company._get_rejected_location()

    def _ask(self):
        action = self._validate(self.picking)
        inspection = self.picking.incoming_inspection_ids
        self.assertEqual(action["res_id"], inspection.id)
        return inspection

    def _get_places(self):
        self.env.invalidate_all()
        return [self._get_on_hand(self.pump, p) for p in (self.stock, self.place)]

    def test_validating_asks_for_the_inspection(self):
        inspection = self._ask()
        self.assertRecordValues(
            inspection,
            [
                {
                    "state": "pending",
                    "partner_id": self.foundry.id,
                    "product_id": self.pump.id,
                    "lot_size": 60.0,
                    "sample_size": 20,
                    "accept_number": 1,
                    "reject_number": 2,
                    "counted_by": self.user_keeper.id,
                    "verdict": "open",
                }
            ],
        )
        self.assertEqual(self.picking.state, "assigned")
        self.assertEqual(self._get_places(), [10, 0])

    def test_asking_twice_makes_one(self):
        inspection = self._ask()
        self.assertEqual(self._ask(), inspection)

    def test_nothing_gets_around_the_inspection(self):
        self._ask()
        self.picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "has to be inspected first"):
            self.picking.with_user(self.user_keeper).move_ids._action_done()
        self.assertEqual(self._get_places(), [10, 0])

    def test_accepted_lot_becomes_stock(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=1)
        self.assertTrue(inspection.can_accept)
        self.assertFalse(inspection.can_reject)
        inspection.action_accept()
        self.assertEqual(inspection.decided_by, self.user_inspector)
        self.assertIs(self._validate(self.picking), True)
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self._get_places(), [70, 0])
        self.assertFalse(inspection.return_picking_id)

    def test_buttons_follow_the_findings_before_they_are_saved(self):
        inspection = self._ask().with_user(self.user_inspector)
        with Form(inspection) as form:
            self.assertFalse(form.can_accept or form.can_reject)
            form.inspected = 20
            self.assertTrue(form.can_accept)
            with form.defect_ids.new() as defect:
                defect.description = "Crack in the casting"
                defect.quantity = 2
            self.assertTrue(form.can_reject)
            self.assertFalse(form.can_accept)

    def test_rejected_lot_goes_back_to_the_supplier(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=2)
        inspection.action_reject()
        self._validate(self.picking)
        self.assertEqual(self._get_places(), [10, 60])
        back = inspection.sudo().return_picking_id
        self.assertEqual(back.state, "assigned")
        self.assertEqual(back.location_id, self.place)
        self.assertEqual(back.location_dest_id.usage, "supplier")
        self.assertEqual(back.move_ids.product_uom_qty, 60)
        self.assertFalse(self.order.order_line.delivered_on)
        self._validate(back)
        self.assertEqual(self._get_places(), [10, 0])
        self.assertEqual(self.order.order_line.qty_received, 0)

    def test_value_of_a_rejected_lot_leaves_again(self):
        value = self._get_stock_value(self.pump)
        self._fill_inspection(self._ask(), 20, bad=2).action_reject()
        self._validate(self.picking)
        back = self.picking.incoming_inspection_ids.return_picking_id
        self._validate(back)
        self.assertEqual(self._get_stock_value(self.pump), value)

    def test_incomplete_sample_is_not_accepted(self):
        inspection = self._fill_inspection(self._ask(), 19)
        with self.assertRaisesRegex(UserError, "19 of 20"):
            inspection.action_accept()
        self.assertEqual(inspection.state, "pending")

    def test_bad_lot_is_not_accepted(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=2)
        with self.assertRaises(UserError):
            inspection.action_accept()
        self.assertEqual(inspection.state, "pending")

    def test_good_lot_is_not_rejected(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=1)
        with self.assertRaises(UserError):
            inspection.action_reject()
        self.assertEqual(inspection.state, "pending")

    def test_one_critical_defect_rejects(self):
        inspection = self._fill_inspection(self._ask(), 3, 1, "critical")
        self.assertEqual(inspection.verdict, "fail")
        inspection.action_reject()
        self.assertEqual(inspection.state, "rejected")

    def test_manager_concedes_with_a_reason(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=2)
        manager = inspection.with_user(self.user_manager)
        with self.assertRaises(AccessError):
            inspection.action_concede()
        with self.assertRaisesRegex(UserError, "Concession Reason"):
            manager.action_concede()
        manager.concession_reason = "Harvest has begun, cracks are cosmetic"
        manager.action_concede()
        self._validate(self.picking)
        self.assertEqual(self._get_places(), [70, 0])
        self.assertEqual(inspection.state, "conceded")

    def test_other_quantity_than_inspected_is_refused(self):
        self._fill_inspection(self._ask(), 20).action_accept()
        self.picking.move_ids.quantity = 55
        with self.assertRaisesRegex(UserError, "60 pieces were inspected"):
            self._validate(self.picking)
        self.assertEqual(self.picking.state, "assigned")

    def test_keeper_counts_anew(self):
        inspection = self._ask()
        inspection.with_user(self.user_keeper).action_cancel()
        self.picking.move_ids.quantity = 40
        self._validate(self.picking)
        anew = self.picking.incoming_inspection_ids - inspection
        self.assertEqual(anew.lot_size, 40)
        self.assertEqual(anew.sample_size, 5)

    def test_backorder_is_a_lot_of_its_own(self):
        self.picking.move_ids.quantity = 40
        self._fill_inspection(self._ask(), 5).action_accept()
        self._validate(self.picking)
        rest = self.order.picking_ids - self.picking
        self._validate(rest)
        self.assertEqual(rest.incoming_inspection_ids.lot_size, 20)
        self.assertEqual(self._get_places(), [50, 0])

    def test_keeper_decides_nothing(self):
        inspection = self._fill_inspection(self._ask(), 20)
        with self.assertRaises(AccessError):
            inspection.with_user(self.user_keeper).action_accept()
        self.assertEqual(inspection.state, "pending")

    def test_decision_stands_once_booked(self):
        inspection = self._fill_inspection(self._ask(), 20)
        inspection.action_accept()
        self._validate(self.picking)
        with self.assertRaises(UserError):
            inspection.with_user(self.user_manager).action_annul()
        self.assertEqual(inspection.state, "accepted")

    def test_findings_stand_once_decided(self):
        inspection = self._fill_inspection(self._ask(), 20, bad=1)
        inspection.action_accept()
        with self.assertRaises(UserError):
            inspection.defect_ids.quantity = 5
        with self.assertRaises(UserError):
            inspection.inspected = 3
        self.assertEqual(inspection.nonconforming, 1)

    def test_more_bad_than_inspected_is_refused(self):
        inspection = self._ask()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._fill_inspection(inspection, 1, bad=2)
        self.assertFalse(inspection.defect_ids)

    def test_lot_is_not_written_by_hand(self):
        inspection = self._ask().with_user(self.user_inspector)
        for vals in ({"sample_size": 1}, {"lot_size": 1}, {"state": "accepted"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                inspection.write(vals)

    def test_cancelled_receipt_cancels_its_inspection(self):
        inspection = self._ask()
        self.picking.with_user(self.user_keeper).action_cancel()
        self.assertEqual(inspection.state, "cancelled")

    def test_part_without_plan_is_received_at_once(self):
        self.env.ref("aftersales_purchase.sampling_plan_aql_2_5").product_ids = self.oil
        self.assertIs(self._validate(self.picking), True)
        self.assertEqual(self._get_places(), [70, 0])
