from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import ServiceCommon
from odoo.addons.aftersales_training.tests.common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingDispatchStory(TrainingCommon, ServiceCommon):
    """A technician who may not be sent is trained, is sent, and later warned about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scope.categ_ids = cls.card.product_id.categ_id
        cls.course.categ_ids = cls.scope.categ_ids
        with freeze_time("2026-05-04 07:00:00"):
            cls.rule = cls.env["aftersales.training.rule"].create(
                {
                    "name": "Repeats",
                    "kind": "repeat_repair",
                    "course_id": cls.course.id,
                    "min_repeats": 1,
                    "days": 30,
                    "weight": 90,
                }
            )
            cls._fail_a_repair()

    @classmethod
    def _fail_a_repair(cls):
        repair = cls.env["repair.order"].create(
            {
                "product_id": cls.card.product_id.id,
                "dealer_id": cls.dealer_a.id,
                "staff_id": cls.technician_a.id,
            }
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE repair_order SET state = 'done', finished_at = '2026-05-02',"
            " first_time_fix = FALSE WHERE id = %s",
            [repair.id],
        )
        repair.invalidate_recordset()

    def _plan_visit(self, day):
        return self._create_job(
            place="Field 1",
            task="Look at the engine",
            date_start=f"{day} 09:00:00",
            date_end=f"{day} 11:00:00",
        ).with_user(self.user_manager_a)

    def test_from_need_to_dispatch_and_to_the_end_of_the_certificate(self):
        with freeze_time("2026-05-04 08:00:00"):
            job = self._plan_visit("2026-06-10")
            self.assertIn("Engine repair", job.certificate_warning)
            with self.assertRaisesRegex(UserError, "no valid certificate"):
                job.action_send()
            session = self._plan_training()
        with freeze_time("2026-06-01 08:10:00"):
            enrolment = session.enrolment_ids
            enrolment.with_user(self.user_coordinator).action_sign_in()
            exam = self._open_exam(enrolment)
            self._answer(exam, True, True)
            self._mark(exam, 2, 3)
            self.assertEqual((exam.state, enrolment.result), ("failed", "failed"))
            job.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "no valid certificate"):
                job.action_send()
        with freeze_time("2026-06-08 09:00:00"):
            self._mark(self._open_exam(enrolment), 20, 30)
            certificate = enrolment.certificate_ids
            self.assertEqual(certificate.valid_to, date(2028, 6, 7))
            job.invalidate_recordset()
            self.assertFalse(job.certificate_warning)
            job.action_send()
            self.assertEqual(job.state, "sent")
        with freeze_time("2028-06-07 08:00:00"):
            self._send_once_expired()

    def _plan_training(self):
        """From the need that the rule finds to the seat that the dealer confirms."""
        need = self.rule.with_user(self.user_coordinator)._find_needs()
        self.assertRecordValues(
            need, [{"staff_id": self.technician_a.id, "weight": 90, "state": "open"}]
        )
        plan = (
            self.env["aftersales.training.plan"]
            .with_user(self.user_coordinator)
            .create({"year": 2026, "month": "6"})
        )
        plan.action_gather_needs()
        plan.action_submit()
        plan.with_user(self.user_manager).action_approve()
        session = self._create_session(
            plan_line_id=plan.line_ids.id,
            examiner_ids=[Command.set(self.user_examiner.ids)],
        )
        session.action_invite_needed()
        session.enrolment_ids.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(session.enrolment_ids.state, "confirmed")
        return session

    def _send_once_expired(self):
        """The last day counts, the day after it does not; preferred only warns."""
        last, after = self._plan_visit("2028-06-07"), self._plan_visit("2028-06-08")
        self.assertFalse(last.certificate_warning)
        last.action_send()
        self.assertIn("Engine repair", after.certificate_warning)
        with self.assertRaisesRegex(UserError, "no valid certificate"):
            after.action_send()
        self.scope.requirement = "preferred"
        after.invalidate_recordset()
        self.assertIn("Engine repair", after.certificate_warning)
        after.action_send()
        self.assertEqual((last.state, after.state), ("sent", "sent"))
