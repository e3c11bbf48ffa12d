from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import NOW, ChargeCommon


@tagged("post_install", "-at_install")
class TestDelivery(ChargeCommon):
    """The machine goes back to its owner: explained, paid, signed for."""

    def _deliver_paid(self):
        repair, quotation = self._finish_charged()
        quotation._bill("FP-001", "2026-06-15", 576.58, "2026-06-15")
        delivery = self._create_delivery(repair)
        delivery.action_deliver()
        return delivery

    def test_agent_hands_a_paid_machine_over(self):
        delivery = self._deliver_paid()
        self.assertRecordValues(
            delivery,
            [
                {
                    "state": "delivered",
                    "delivered_at": Datetime.to_datetime(NOW),
                    "delivered_by_id": self.user_agent_a.id,
                    "amount_total": 576.58,
                    "amount_due": 0.0,
                    "covered_total": 0.0,
                }
            ],
        )

    def test_cost_sheet_shows_what_was_used_and_the_old_parts(self):
        delivery = self._deliver_paid()
        self.assertRecordValues(
            delivery.line_ids.sorted("kind"),
            [
                {"kind": "labour", "charged": 250.25, "old_part": False},
                {"kind": "part", "charged": 200.0, "old_part": "returned"},
                {"kind": "travel", "charged": 60.0, "old_part": False},
            ],
        )

    def test_covered_repair_shows_what_the_warranty_bears(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        delivery = self._create_delivery(repair)
        self.assertRecordValues(
            delivery.line_ids.sorted("kind"),
            [
                {"kind": "labour", "charged": 0.0, "covered_total": 282.78},
                {"kind": "part", "charged": 0.0, "covered_total": 452.0},
            ],
        )
        self.assertEqual(delivery.covered_total, 734.78)
        part = delivery.line_ids.filtered(lambda line: line.kind == "part")
        self.assertEqual(part.old_part, "kept")
        delivery.action_deliver()
        self.assertEqual(delivery.state, "delivered")

    def test_unpaid_machine_stays(self):
        repair, _quotation = self._finish_charged()
        delivery = self._create_delivery(repair)
        self.assertIn("576.58", delivery.blockers)
        with self.assertRefused(UserError, "576.58.* are still to be paid"):
            delivery.action_deliver()
        self.assertEqual(delivery.state, "draft")
        self.assertFalse(delivery.delivered_at)

    def test_dealers_manager_lets_his_machine_go_unpaid(self):
        repair, _quotation = self._finish_charged()
        delivery = self._create_delivery(repair)
        with self.assertRefused(AccessError, "Only the manager may let"):
            delivery.action_allow("Harvest")
        managers = delivery.with_user(self.user_manager_a)
        self.env["aftersales.charge.reason"].with_user(self.user_manager_a).create(
            {"delivery_id": managers.id, "step": "allow", "reason": "Harvest"}
        ).action_apply()
        delivery.action_deliver()
        self.assertRecordValues(
            delivery,
            [
                {
                    "state": "delivered",
                    "allow_reason": "Harvest",
                    "allowed_by_id": self.user_manager_a.id,
                }
            ],
        )

    def test_the_companys_money_is_the_after_sales_managers(self):
        repair, _quotation = self._finish_own()
        delivery = self._create_delivery(repair, self.user_support)
        with self.assertRefused(AccessError, "Only the manager may let"):
            delivery.action_allow("Old friend")
        delivery.with_user(self.user_manager).action_allow("Old friend")
        delivery.action_deliver()
        self.assertEqual(delivery.state, "delivered")

    def test_delivery_waits_for_explanation_test_and_signature(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        delivery = self._create_delivery(repair)
        for vals, pattern in (
            ({"is_explained": False}, "explain work and cost"),
            ({"is_explained": True, "is_tested": False}, "that the machine works"),
            ({"is_tested": True, "signature": False}, "let the customer sign"),
        ):
            delivery.write(vals)
            with self.subTest(vals=vals), self.assertRefused(UserError, pattern):
                delivery.action_deliver()
        self.assertEqual(delivery.state, "draft")

    def test_blockers_of_the_repair_stop_the_delivery(self):
        repair = self._create_repair(**self._prepare_work_vals())
        repair.action_finish()
        delivery = self._create_delivery(repair)
        self.patch(
            type(self.env["repair.order"]),
            "_get_delivery_blockers",
            lambda repair: ["it is not checked."],
        )
        with self.assertRefused(UserError, "it is not checked"):
            delivery.action_deliver()
        self.assertEqual(delivery.state, "draft")

    def test_unfinished_repair_is_not_delivered(self):
        repair = self._create_repair(**self._prepare_work_vals())
        with self.assertRefused(UserError, "is not finished"):
            repair.with_user(self.user_agent_a).action_deliver()

    def test_repair_has_one_delivery(self):
        delivery = self._deliver_paid()
        action = delivery.repair_id.action_deliver()
        self.assertEqual(action["res_id"], delivery.id)

    def test_cost_sheet_is_counted_not_typed(self):
        repair, _quotation = self._finish_charged()
        delivery = self._create_delivery(repair)
        line = delivery.line_ids[0]
        line.old_part = "none"
        with self.assertRefused(AccessError, "counted from the repair"):
            line.charged = 1.0
        with self.assertRefused(AccessError, "counted from the repair"):
            line.copy()

    def test_delivered_sheet_is_frozen(self):
        delivery = self._deliver_paid()
        with self.assertRefused(UserError, "can no longer be edited"):
            delivery.received_by = "Li Si"
        with self.assertRefused(UserError, "can no longer be edited"):
            delivery.line_ids[0].old_part = "none"

    def test_next_service_cannot_lie_in_the_past(self):
        repair, _quotation = self._finish_charged()
        delivery = self._create_delivery(repair)
        with self.assertRefused(UserError, "must lie in the future"):
            delivery.next_service_date = date(2026, 6, 15)

    def test_charge_accepted_after_the_repair_gets_onto_the_sheet(self):
        # finished while nothing was published, then published and quoted
        self.rates.search([]).unlink()
        self.part.list_price = 0.0
        repair = self._create_old_repair()
        repair.action_finish()
        self.part.list_price = 200.0
        self.assertTrue(repair.with_user(self.user_agent_a).can_quote)
        delivery = self._create_delivery(repair)
        with self.assertRefused(UserError, "has not accepted the charge"):
            delivery.action_deliver()
        quotation = self._quote_accepted(repair)
        self.assertEqual(quotation.used_total, 226.0)
        quotation._bill("FP-002", "2026-06-15", 226.0, "2026-06-15")
        delivery.action_deliver()
        self.assertEqual(delivery.amount_total, 226.0)
