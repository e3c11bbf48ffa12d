from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAssessmentDispatch(AssessmentCommon):
    """Nobody is sent before the case is assessed."""

    def test_job_of_an_unassessed_case_is_not_sent(self):
        job = self._create_job()
        refusal = self.assertRaisesRegex(
            UserError, f"{job.name} is not sent: case .* is not assessed yet"
        )
        with refusal:
            job.action_send()
        self.assertRecordValues(job, [{"state": "draft", "sent_at": False}])
        self.assertFalse(job.ticket_id.arranged_at)
        job.ticket_id.assessment_id.action_assess()
        job.action_send()
        self.assertEqual(job.state, "sent")

    def test_assessment_taken_up_again_holds_the_next_job(self):
        case = self._create_case()
        case.assessment_id.action_assess()
        case.assessment_id.with_user(self.user_support).action_revise()
        job = self._create_job(case)
        with self.assertRaisesRegex(UserError, "not assessed yet"):
            job.action_send()
        self.assertEqual(job.state, "draft")

    def test_case_whose_type_needs_none_is_not_held_up(self):
        case = self._create_case()
        self.type_repair.needs_assessment = False
        job = self._create_job(case)
        job.action_send()
        self.assertEqual(job.state, "sent")

    def test_shipped_types_need_an_assessment(self):
        for name in ("repair", "return", "incident"):
            shipped = self.env.ref(f"aftersales_service.case_type_{name}")
            with self.subTest(name=name):
                self.assertTrue(shipped.needs_assessment)
