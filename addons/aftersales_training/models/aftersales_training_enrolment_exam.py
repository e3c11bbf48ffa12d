# pylint: disable=consider-merging-classes-inherited
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class AftersalesTrainingEnrolment(models.Model):
    """What follows attendance: the exam with its attempts, and the certificate."""

    _inherit = "aftersales.training.enrolment"

    exam_ids = fields.One2many("aftersales.training.exam", "enrolment_id")
    exam_count = fields.Integer(compute="_compute_exam_count", string="Attempts")
    certificate_ids = fields.One2many("aftersales.certificate", "enrolment_id")
    can_open_exam = fields.Boolean(compute="_compute_can_open_exam")

    @api.depends("exam_ids")
    def _compute_exam_count(self):
        for enrolment in self:
            enrolment.exam_count = len(enrolment.exam_ids)

    @api.depends_context("uid")
    @api.depends("state", "result", "exam_ids.state")
    def _compute_can_open_exam(self):
        may = self.env["aftersales.training.exam"].has_access("create")
        for enrolment in self:
            enrolment.can_open_exam = (
                may
                and enrolment.state == "attended"
                and enrolment.result != "passed"
                and bool(enrolment.course_id.assessment_ids)
                and "open" not in enrolment.exam_ids.mapped("state")
            )

    def action_open_exam(self):
        """Open the first attempt, or a re-sit after a failed one.

        :raises UserError: not attended, passed already, an attempt is open, no exam
            in the course, or all attempts used
        """
        Exam = self.env["aftersales.training.exam"]
        if not Exam.has_access("create"):
            raise AccessError(
                self.env._("Only the training coordinator and examiners open exams.")
            )
        exams = Exam
        for enrolment in self:
            enrolment._check_exam_possible()
            # the index on open attempts must see the last one closed
            enrolment.exam_ids.flush_recordset(["state"])
            # sudo: attempt numbers and parts are closed to users; the right was checked
            exams |= Exam.sudo().create(enrolment._prepare_exam_vals()).sudo(False)
        return exams._get_open_action()

    def _check_exam_possible(self):
        self.ensure_one()
        if self.state != "attended":
            raise UserError(
                self.env._(
                    "%(person)s has not attended session %(session)s. Sign him in "
                    "before the exam.",
                    person=self.partner_id.name,
                    session=self.session_id.display_name,
                )
            )
        if self.result == "passed":
            raise UserError(
                self.env._(
                    "%(person)s has passed already.", person=self.partner_id.name
                )
            )
        if not self.course_id.assessment_ids:
            raise UserError(
                self.env._("Course %(course)s has no exam.", course=self.course_id.name)
            )
        if self.exam_ids.filtered(lambda exam: exam.state == "open"):
            raise UserError(
                self.env._(
                    "An attempt of %(person)s is still open. Finish it first.",
                    person=self.partner_id.name,
                )
            )
        self._check_attempts_left()

    def _check_attempts_left(self):
        limit = self.course_id.max_attempts
        used = self.exam_ids.filtered(lambda exam: exam.state != "void")
        if limit and len(used) >= limit:
            raise UserError(
                self.env._(
                    "%(person)s has used all %(limit)s attempts and must take the "
                    "course again. Enrol him in another session.",
                    person=self.partner_id.name,
                    limit=limit,
                )
            )

    def _prepare_exam_vals(self):
        self.ensure_one()
        return {
            "enrolment_id": self.id,
            "attempt": max(self.exam_ids.mapped("attempt"), default=0) + 1,
        }

    def _record_result(self, passed, score):
        """Take over the result of an attempt; who passes has his need met."""
        self.ensure_one()
        # sudo: results come from exams only
        self.sudo().write({"result": "passed" if passed else "failed", "score": score})
        if passed:
            self._meet_needs()
            self._issue_certificate()

    def _meet_needs(self):
        """The needs that these courses serve are met.

        A need for another course of the topic stays; one without a course is met by any
        course of its topic.
        """
        # sudo: whoever closes the exam, the trainee's needs are met
        Need = self.env["aftersales.training.need"].sudo()
        for enrolment in self.filtered("staff_id"):
            course = enrolment.course_id
            Need.search(
                Domain("staff_id", "=", enrolment.staff_id.id)
                & Domain("topic_id", "=", course.topic_id.id)
                & Domain("state", "in", ("open", "planned"))
                & (
                    Domain("course_id", "=", False)
                    | Domain("course_id.code", "=", course.code)
                    | Domain("plan_line_id.course_id.code", "=", course.code)
                )
            )._meet()

    def _issue_certificate(self):
        """Issue the certificate of the course, or renew the one about to expire."""
        self.ensure_one()
        vals = self._prepare_certificate_vals()
        if vals:
            # sudo: the exam's result issues it, not the right of whoever closed the
            # exam
            self.env["aftersales.certificate"].sudo().create(vals)

    def _prepare_certificate_vals(self):
        """Values of the certificate; empty when none is due.

        A certificate that is still valid is renewed only in its last days
        (``renewal_days`` of the course); the new one begins when it ends.
        """
        self.ensure_one()
        course = self.course_id
        today = self.session_id.company_id._get_local_day()
        if not course.scope_id:
            return {}
        # sudo: whoever closed the exam, the holder's certificates decide
        Certificate = self.env["aftersales.certificate"].sudo()
        current = Certificate.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("scope_id", "=", course.scope_id.id),
                ("state", "=", "active"),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ],
            order="valid_to desc",
            limit=1,
        )
        if current and (
            not current.valid_to
            or (current.valid_to - today).days > course.renewal_days
        ):
            return {}
        start = fields.Date.add(current.valid_to, days=1) if current else today
        return {
            "partner_id": self.partner_id.id,
            "scope_id": course.scope_id.id,
            "enrolment_id": self.id,
            "valid_from": start,
            "hours": course.hours,
            "score": self.score,
            "company_id": self.session_id.company_id.id,
        }
