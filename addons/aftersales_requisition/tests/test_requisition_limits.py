from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RequisitionCommon


@tagged("post_install", "-at_install")
class TestRequisitionLimits(RequisitionCommon):
    """Who approves which value: 500 the agent, 5,000 his manager, 20,000 the keeper."""

    def test_within_the_askers_limit_it_is_approved_at_once(self):
        requisition = self._create_requisition({self.pump: 2})
        requisition.action_submit()
        self.assertRecordValues(
            requisition,
            [
                {
                    "value": 400,
                    "state": "approved",
                    "approved_by": self.user_tech_a.id,
                }
            ],
        )

    def test_above_it_the_dealers_manager_gets_a_task_and_approves(self):
        requisition = self._create_requisition()
        requisition.action_submit()
        self.assertEqual(requisition.state, "submitted")
        task = requisition.sudo().activity_ids
        self.assertEqual(task.user_id, self.user_manager_a)
        requisition.with_user(self.user_manager_a).action_approve()
        self.assertEqual(requisition.state, "approved")
        self.assertFalse(task.exists())

    def test_technician_cannot_approve(self):
        requisition = self._create_requisition()
        requisition.action_submit()
        with self.assertRaises(AccessError):
            requisition.action_approve()
        self.assertEqual(requisition.state, "submitted")

    def test_above_the_dealers_manager_the_company_approves(self):
        requisition = self._create_requisition({self.pump: 26})
        requisition.action_submit()
        with self.assertRaisesRegex(UserError, "5,200.00; you may approve up to"):
            requisition.with_user(self.user_manager_a).action_approve()
        requisition.with_user(self.user_keeper).action_approve()
        self.assertEqual(requisition.approved_by, self.user_keeper)

    def test_above_the_keeper_the_after_sales_manager_approves(self):
        requisition = self._create_requisition({self.pump: 101})
        requisition.action_submit()
        with self.assertRaisesRegex(UserError, "20,200.00; you may approve up to"):
            requisition.with_user(self.user_keeper).action_approve()
        requisition.with_user(self.user_manager).action_approve()
        self.assertEqual(requisition.state, "approved")

    def test_limit_of_the_dealers_grade_goes_first(self):
        grade = self.env["aftersales.dealer.grade"].create(
            {"name": "Gold", "code": "GOLD"}
        )
        self.dealer_a.grade_id = grade
        self.env["aftersales.parts.requisition.limit"].with_user(
            self.user_manager
        ).create({"role": "agent", "grade_id": grade.id, "amount": 600})
        requisition = self._create_requisition()
        requisition.action_submit()
        self.assertEqual(requisition.state, "approved")

    def test_without_a_limit_nothing_is_approved(self):
        self.env.ref(
            "aftersales_requisition.aftersales_parts_requisition_limit_agent"
        ).active = False
        requisition = self._create_requisition({self.pump: 1})
        requisition.action_submit()
        self.assertEqual(requisition.state, "submitted")

    def test_sent_back_with_a_reason_and_asked_again(self):
        requisition = self._create_requisition()
        requisition.action_submit()
        action = requisition.with_user(self.user_manager_a).action_refuse()
        self.env[action["res_model"]].with_user(self.user_manager_a).with_context(
            **action["context"]
        ).create({"reason": "One is enough"}).action_apply()
        self.assertRecordValues(
            requisition, [{"state": "draft", "refuse_reason": "One is enough"}]
        )
        requisition.line_ids.quantity = 1
        requisition.action_submit()
        self.assertRecordValues(
            requisition, [{"state": "approved", "refuse_reason": False}]
        )

    def test_dealers_price_list_values_the_requisition(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Dealers",
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 25,
                        },
                    )
                ],
            }
        )
        self.dealer_a.partner_id.property_product_pricelist = pricelist
        requisition = self._create_requisition()
        self.assertRecordValues(
            requisition.line_ids, [{"price_unit": 150, "value": 450}]
        )

    def test_limits_are_the_managers(self):
        limit = self.env.ref(
            "aftersales_requisition.aftersales_parts_requisition_limit_agent"
        )
        for user in (self.user_manager_a, self.user_keeper):
            with self.assertRaises(AccessError):
                limit.with_user(user).amount = 1
        self.assertEqual(limit.amount, 500)
