from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.aftersales_parts.tests.common import SIGNATURE

from .common import StoryCommon


@tagged("post_install", "-at_install")
class TestShippedDemands(StoryCommon):
    """What a repair case of a new database asks for, in the order it is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipped = cls.env.ref("aftersales_service.case_type_repair")
        cls._register_card()
        cls.case = cls._take_call()
        cls.case.case_type_id = cls.shipped

    def assert_refused(self, act, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            act()

    def _create_job(self):
        return (
            self.env["aftersales.dispatch"]
            .with_user(self.user_agent_a)
            .create(
                {
                    "ticket_id": self.case.id,
                    "staff_id": self.technician_a.id,
                    "date_start": datetime(2026, 6, 15, 9),
                    "date_end": datetime(2026, 6, 15, 12),
                }
            )
        )

    def _visit(self):
        """The charged, unproved, unsigned repair of a technician on site."""
        self.case.assessment_id.action_assess()
        job = self._create_job()
        job.action_send()
        job = job.with_user(self.user_tech_a)
        job.action_accept()
        job.action_check_in({"unplaced": "timeout"})
        job.action_onsite_repair()
        repair = job.repair_ids
        labour = {"operation_id": self.operation.id}
        part = {"product_id": self.pump.id, "product_uom_qty": 2}
        repair.write(
            {"move_ids": [(0, 0, part)], "labour_ids": [(0, 0, labour)], "usage": 320}
        )
        repair.move_ids.covered = False
        return repair

    def _sign(self, repair):
        repair.write({"customer_signature": SIGNATURE, "signed_by": "Farmer Zhang"})

    def _pass_check(self, repair, user):
        checks = repair.sudo().quality_check_ids
        check = checks.filtered(lambda one: one.state == "open").with_user(user)
        check.item_ids.action_good()
        check.action_pass()

    def _let_accept(self, repair):
        repair = repair.with_user(self.user_agent_a)
        action = repair.action_quote()
        quotation = self.env["aftersales.quotation"].browse(action["res_id"])
        quotation = quotation.with_user(self.user_agent_a)
        quotation.action_send()
        quotation._accept("phone", "Farmer Zhang")

    def test_technician_is_not_sent_before_the_assessment(self):
        job = self._create_job()
        self.assert_refused(job.action_send, "not assessed yet")
        self.assertEqual(job.state, "draft")

    def test_repair_is_finished_when_everything_asked_for_is_there(self):
        repair = self._visit()
        self.assertEqual(
            repair.sudo().quality_check_ids.mapped("level"), ["self", "leader"]
        )
        self._let_accept(repair)
        self._sign(repair)
        self.assert_refused(repair.action_finish, "take the photos|answer|check")
        repair.answer_ids.filtered("required").action_yes()
        repair.photo_ids.filtered("required").image = SIGNATURE
        self.assert_refused(repair.action_finish, "quality check is not passed")
        self._pass_check(repair, self.user_tech_a)
        self._pass_check(repair, self.user_manager_a)
        self.assertFalse([text for lacks, text in repair._get_missing() if lacks])
        repair.action_finish()
        self.assertEqual(repair.state, "done")
        self.assertTrue(self.case.resolved_at)

    def test_charged_work_waits_for_the_customers_word(self):
        repair = self._visit()
        self._sign(repair)
        repair.answer_ids.filtered("required").action_yes()
        repair.photo_ids.filtered("required").image = SIGNATURE
        self._pass_check(repair, self.user_tech_a)
        self._pass_check(repair, self.user_manager_a)
        self.assert_refused(repair.action_finish, "accept a quotation first")
        self.assertNotEqual(repair.state, "done")
        self._let_accept(repair)
        repair.action_finish()
        self.assertEqual(repair.state, "done")
