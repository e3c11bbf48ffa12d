from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import OnsiteCommon


@tagged("post_install", "-at_install")
class TestOnsiteTours(OnsiteCommon, HttpCase):
    """The technician's visit on his telephone, from accepting to leaving."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part.name = "Lift Pump HX9"
        start = fields.Datetime.add(fields.Datetime.now(), hours=2)
        cls.job = cls._create_job(
            date_start=start, date_end=fields.Datetime.add(start, hours=2)
        )
        cls.job.action_send()

    def test_technician_visits_and_the_customer_signs(self):
        self.start_tour("/odoo/on-site", "aftersales_onsite_visit", login="tech_a")
        self.env.invalidate_all()
        repair = self.job.repair_ids
        self.assertRecordValues(
            repair,
            [
                {
                    "state": "done",
                    "usage": 320.0,
                    "customer_rating": "5",
                    "signed_by": "Farmer Zhang",
                    "sign_method": "signature",
                    "labour_hours": 2.5,
                    "open_check_count": 0,
                    "open_photo_count": 0,
                }
            ],
        )
        self.assertTrue(repair.customer_signature)
        self.assertEqual(repair.answer_ids.mapped("answer"), ["yes", "no"])
        self.assertEqual(repair.answer_ids[1].remark, "Field work goes on")
        self.assertEqual(repair.photo_ids.mapped("has_image"), [True, False])
        self.assertRecordValues(
            repair.move_ids,
            [{"product_id": self.part.id, "quantity": 2.0, "state": "done"}],
        )
        self.assertRecordValues(
            self.job.stamp_ids.sorted("id"),
            [
                {"kind": "in", "latitude": 41.8057, "unplaced_reason": False},
                {"kind": "out", "latitude": 0.0, "unplaced_reason": "denied"},
            ],
        )
        self.assertEqual(self.job.state, "done")
        self.assertEqual(len(self.job.appointment_ids), 1)
