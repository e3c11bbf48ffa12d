from odoo.tests import HttpCase, tagged

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionTours(RequisitionCommon, HttpCase):
    """Both people at their screens, and what stands in the stock afterwards."""

    def test_technician_requisitions_and_returns(self):
        self.start_tour(
            f"/odoo/action-aftersales_service.repair_order_action/{self.repair.id}",
            "aftersales_requisition_technician_asks",
            login=self.user_tech_a.login,
        )
        requisition = self.repair.requisition_ids
        self.assertRecordValues(
            requisition,
            [
                {
                    "state": "approved",
                    "value": 400,
                    "requested_by": self.user_tech_a.id,
                    "staff_id": self.technician_a.id,
                }
            ],
        )
        requisition.with_user(self.user_agent_a).action_issue_all()
        self.start_tour(
            f"/odoo/parts-requisitions/{requisition.id}",
            "aftersales_requisition_technician_returns",
            login=self.user_tech_a.login,
        )
        self.assertRecordValues(
            requisition.line_ids, [{"issued": 2, "used": 1, "returned": 1}]
        )
        self.assertEqual(self.repair.move_ids.product_uom_qty, 1)
        self._assert_stock(4, 1)

    def test_keeper_issues_by_barcode(self):
        requisition = self._create_requisition()
        self._approve(requisition)
        self.start_tour(
            f"/odoo/parts-requisitions/{requisition.id}",
            "aftersales_requisition_keeper_issues",
            login=self.user_keeper.login,
        )
        self.assertRecordValues(requisition.line_ids, [{"issued": 3, "used": 3}])
        self.assertEqual(requisition.issued_by, self.user_keeper)
        self._assert_stock(2, 3)
