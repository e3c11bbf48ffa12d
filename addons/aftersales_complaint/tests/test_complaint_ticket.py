from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, ComplaintCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestComplaintTicket(ComplaintCommon):
    """A case of the type complaint becomes one by a button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_complaint = cls.env.ref("aftersales_service.case_type_complaint")

    def test_agent_registers_the_complaint_of_his_case(self):
        case = self._create_case(case_type_id=self.type_complaint.id)
        self.assertTrue(case.can_register_complaint)
        action = case.action_register_complaint()
        complaint = self.env["aftersales.complaint"].browse(action["res_id"])
        self.assertRecordValues(
            complaint,
            [
                {
                    "ticket_id": case.id,
                    "dealer_id": self.dealer_a.id,
                    "partner_id": case.partner_id.id,
                    "source": "customer",
                    "severity": "2",
                    "user_id": False,
                    "description": "The engine does not start",
                }
            ],
        )
        self.assertFalse(case.can_register_complaint)
        self.assertEqual(case.complaint_count, 1)

    def test_second_press_opens_the_first(self):
        case = self._create_case(case_type_id=self.type_complaint.id)
        first = case.action_register_complaint()["res_id"]
        self.assertEqual(case.action_register_complaint()["res_id"], first)
        self.assertEqual(case.complaint_count, 1)

    def test_repair_case_offers_none(self):
        self.assertFalse(self._create_case().can_register_complaint)

    def test_other_dealer_cannot_register(self):
        case = self._create_case(case_type_id=self.type_complaint.id)
        with self.assertRaises(AccessError):
            case.with_user(self.user_agent_b).action_register_complaint()
        self.assertFalse(case.complaint_count)

    def test_repair_counts_its_complaints(self):
        repair = self._close_repair()
        complaint = self._create_complaint(ticket_id=repair.ticket_id.id)
        self.assertEqual(complaint.repair_id, repair.with_user(self.user_support))
        self.assertEqual(repair.complaint_count, 1)
        action = repair.action_open_complaints()
        self.assertEqual(action["domain"], [("repair_id", "=", repair.id)])
