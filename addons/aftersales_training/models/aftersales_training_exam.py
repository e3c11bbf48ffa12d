from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

MANAGER = "aftersales_dealer.group_manager"


class AftersalesTrainingExam(models.Model):
    """One attempt at a course's exam. It is concluded by its last part, and kept."""

    _name = "aftersales.training.exam"
    _description = "Exam Attempt"
    _inherit = ["aftersales.dealer.mixin", "aftersales.transition.mixin", "mail.thread"]
    _order = "opened_on desc, id desc"

    _transitions = {
        "pass": Transition(("open",), "passed"),
        "fail": Transition(("open",), "failed"),
        "void": Transition(("open",), "void", "aftersales_training.group_examiner"),
    }
    _protected_fields = ("attempt", "enrolment_id", "score", "concluded_on", "part_ids")
    _editable_states = ("open",)

    enrolment_id = fields.Many2one(
        "aftersales.training.enrolment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    attempt = fields.Integer(required=True, readonly=True, aggregator=None)
    partner_id = fields.Many2one(
        related="enrolment_id.partner_id", store=True, index=True, string="Trainee"
    )
    staff_id = fields.Many2one(related="enrolment_id.staff_id", store=True)
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    session_id = fields.Many2one(related="enrolment_id.session_id", store=True)
    course_id = fields.Many2one(related="enrolment_id.course_id", store=True)
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("passed", "Passed"),
            ("failed", "Failed"),
            ("void", "Void"),
        ],
        default="open",
        required=True,
        tracking=True,
    )
    opened_on = fields.Date(default=fields.Date.context_today, readonly=True)
    concluded_on = fields.Datetime(readonly=True)
    score = fields.Float(
        readonly=True, digits=(5, 2), aggregator="avg", help="Weighted, 0 to 100."
    )
    part_ids = fields.One2many(
        "aftersales.training.exam.part", "exam_id", readonly=True
    )
    can_void = fields.Boolean(compute="_compute_can")

    _attempt_uniq = models.Constraint(
        "UNIQUE (enrolment_id, attempt)", "Somebody has opened this attempt just now."
    )
    _open_uniq = models.UniqueIndex(
        "(enrolment_id) WHERE state = 'open'",
        "An attempt of this person is still open.",
    )
    _score_scale = models.Constraint(
        "CHECK (score >= 0 AND score <= 100)", "A result lies between 0 and 100."
    )

    @api.depends("enrolment_id")
    def _compute_dealer_id(self):
        for exam in self:
            # sudo: the source may be hidden; the record rules see what comes out
            exam.dealer_id = exam.sudo().enrolment_id.dealer_id

    @api.depends("partner_id", "course_id", "attempt")
    def _compute_display_name(self):
        for exam in self:
            exam.display_name = self.env._(
                "%(person)s, %(course)s, attempt %(number)s",
                person=exam.partner_id.name,
                course=exam.course_id.name,
                number=exam.attempt,
            )

    @api.model_create_multi
    def create(self, vals_list):
        exams = super().create(vals_list)
        for exam in exams:
            exam.part_ids = [
                Command.create(exam._prepare_part_vals(assessment))
                for assessment in exam.course_id.assessment_ids
            ]
            exam.part_ids._open_theory()
        return exams

    def _prepare_part_vals(self, assessment):
        """Values of a part; one passed in the attempt before is carried over."""
        self.ensure_one()
        examiners = self.session_id.examiner_ids.filtered(
            lambda user: user.partner_id != self.partner_id
        )
        vals = {
            "kind": assessment.kind,
            "sequence": assessment.sequence,
            "weight": assessment.weight,
            "pass_mark": assessment.pass_mark,
            "survey_id": assessment.survey_id.id,
            "examiner_id": examiners[:1].id if assessment.kind != "theory" else False,
        }
        earlier = self._get_carried_part(assessment.kind)
        if earlier:
            origin = earlier.carried_from_id or earlier
            carried = {"carried_from_id": origin.id, "score": earlier.score}
            return {**vals, **carried, "passed": True, "state": "graded"}
        if assessment.rubric_id:
            vals["mark_ids"] = [
                Command.create(mark)
                for mark in assessment.rubric_id._prepare_mark_vals()
            ]
        return vals

    def _get_carried_part(self, kind):
        """The same part of the last failed attempt, if it was passed there."""
        self.ensure_one()
        failed = self.enrolment_id.exam_ids.filtered(
            lambda exam: exam.state == "failed"
        )
        last = failed.sorted("attempt")[-1:]
        if last.part_ids and all(last.part_ids.mapped("passed")):
            # every part reached its own mark, the total did not: all is sat again
            return last.part_ids.browse()
        return last.part_ids.filtered(lambda part: part.kind == kind and part.passed)

    def _conclude(self):
        """Close the attempts whose parts are all graded, passed or failed."""
        # sudo: the last part closes the attempt, whoever graded it
        for exam in self.sudo().filtered(lambda e: e.state == "open"):
            parts = exam.part_ids
            if not parts or "open" in parts.mapped("state"):
                continue
            score = sum(part.score * part.weight for part in parts) / 100
            passed = all(parts.mapped("passed")) and score >= exam.course_id.pass_mark
            exam._transition(
                "pass" if passed else "fail",
                {"score": score, "concluded_on": fields.Datetime.now()},
            )
            exam.enrolment_id._record_result(passed, score)

    def action_void(self):
        """Drop an open attempt, e.g. after a power cut; it does not count as failed."""
        self._transition("void", {"concluded_on": fields.Datetime.now()})

    def _get_open_action(self):
        """Open one attempt as a form, several as a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_exam_action"
        )
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)]}
