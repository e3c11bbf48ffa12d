from datetime import date

from odoo.tests import Form, freeze_time, tagged

from .common import TrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingStory(TrainingCommon):
    """From the need of a technician to his certificate, and to its end."""

    def test_from_need_to_certificate(self):
        with freeze_time("2026-05-04 08:00:00"):
            need = self._report_need()
            plan = self._plan_and_approve(need)
        with freeze_time("2026-05-05 08:00:00"):
            session = self._hold_session(plan)
        enrolment = self._confirm_by_dealer(session)
        with freeze_time("2026-06-01 08:10:00"):
            enrolment.with_user(self.user_coordinator).action_sign_in()
            self._fail_first_attempt(enrolment)
        with freeze_time("2026-06-08 09:00:00"):
            certificate = self._pass_resit(enrolment)
        self.assertEqual(need.state, "met")
        with freeze_time("2026-06-09"):
            missing = self.technician_a._get_missing_scopes(self.product_engine)
            self.assertFalse(missing[self.technician_a])
        with freeze_time("2028-06-08"):
            certificate.invalidate_recordset()
            self.assertEqual(certificate.status, "expired")
            missing = self.technician_a._get_missing_scopes(self.product_engine)
            self.assertEqual(missing[self.technician_a], self.scope)
        with freeze_time("2026-06-01 18:00:00"):
            session.action_finish()
        self.assertRecordValues(
            plan,
            [
                {
                    "planned_sessions": 1,
                    "held_sessions": 1,
                    "planned_seats": 1,
                    "attended_count": 1,
                    "budget": 3000,
                    "cost": 2750,
                }
            ],
        )

    def _report_need(self):
        """The dealer's manager says what he saw in an interview."""
        with Form(
            self.env["aftersales.training.need"].with_user(self.user_manager_a)
        ) as form:
            form.staff_id = self.technician_a
            form.course_id = self.course
            form.source = "interview"
            form.weight = 80
        return form.record

    def _plan_and_approve(self, need):
        plan = (
            self.env["aftersales.training.plan"]
            .with_user(self.user_coordinator)
            .create({"year": 2026, "month": "6"})
        )
        plan.action_gather_needs()
        self.assertEqual(need.state, "planned")
        plan.line_ids.budget = 3000
        plan.action_submit()
        plan.with_user(self.user_manager).action_approve()
        self.assertEqual(plan.approved_by_id, self.user_manager)
        return plan

    def _hold_session(self, plan):
        action = plan.line_ids.action_create_session()
        Session = self.env[action["res_model"]].with_user(self.user_coordinator)
        with Form(Session.with_context(**action["context"])) as form:
            form.date_begin = "2026-06-01 08:00:00"
            form.examiner_ids.add(self.user_examiner)
            form.cost = 2750
        session = form.record
        self.assertEqual(str(session.date_end), "2026-06-01 16:00:00")
        session.action_open()
        session.action_invite_needed()
        return session

    def _confirm_by_dealer(self, session):
        enrolment = self.env["aftersales.training.enrolment"].search(
            [("session_id", "=", session.id)]
        )
        self.assertRecordValues(
            enrolment, [{"staff_id": self.technician_a.id, "state": "invited"}]
        )
        enrolment.with_user(self.user_manager_a).action_confirm()
        self.assertEqual(enrolment.state, "confirmed")
        return enrolment

    def _fail_first_attempt(self, enrolment):
        exam = self._open_exam(enrolment)
        self._answer(exam, True, True)
        self.assertEqual(exam.state, "open")
        self._mark(exam, 8, 10)
        self.assertRecordValues(
            exam, [{"state": "failed", "score": 61.6, "attempt": 1}]
        )
        self.assertEqual(enrolment.result, "failed")
        self.assertFalse(enrolment.certificate_ids)

    def _pass_resit(self, enrolment):
        exam = self._open_exam(enrolment)
        theory = exam.part_ids.filtered(lambda part: part.kind == "theory")
        self.assertRecordValues(theory, [{"state": "graded", "score": 100}])
        self._mark(exam, 15, 25)
        self.assertRecordValues(exam, [{"state": "passed", "score": 88, "attempt": 2}])
        self.assertEqual(
            enrolment.exam_ids.sorted("attempt").mapped("state"), ["failed", "passed"]
        )
        certificate = enrolment.certificate_ids
        self.assertRecordValues(
            certificate,
            [
                {
                    "partner_id": self.technician_a.partner_id.id,
                    "dealer_id": self.dealer_a.id,
                    "scope_id": self.scope.id,
                    "valid_from": date(2026, 6, 8),
                    "valid_to": date(2028, 6, 7),
                    "hours": 8,
                    "score": 88,
                }
            ],
        )
        return certificate
