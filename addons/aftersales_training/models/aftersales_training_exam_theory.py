# pylint: disable=consider-merging-classes-inherited
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingExamPart(models.Model):
    """Theory is a survey answer of its own per attempt, with a deadline."""

    _inherit = "aftersales.training.exam.part"

    survey_id = fields.Many2one("survey.survey", readonly=True, groups=COORDINATOR)
    user_input_id = fields.Many2one(
        "survey.user_input",
        string="Answers",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=COORDINATOR,
    )
    deadline = fields.Datetime(readonly=True, copy=False)
    can_take = fields.Boolean(compute="_compute_can_take")

    @api.depends_context("uid")
    @api.depends("state", "kind", "partner_id")
    def _compute_can_take(self):
        for part in self:
            part.can_take = part._is_taken_by(self.env.user.partner_id)

    def _is_taken_by(self, partner):
        self.ensure_one()
        return (
            self.kind == "theory"
            and self.state == "open"
            and self.partner_id == partner
        )

    def _open_theory(self):
        """Give the trainee his own copy of the questions, drawn anew each time."""
        # sudo: trainees and examiners may not read surveys
        for part in self.sudo().filtered(lambda p: p.kind == "theory"):
            if part.state != "open":
                continue
            part.deadline = fields.Datetime.now() + timedelta(
                days=part.course_id.exam_days
            )
            part.user_input_id = part.survey_id._create_answer(
                partner=part.partner_id,
                check_attempts=False,
                deadline=part.deadline,
                invite_token=part.survey_id.user_input_ids._generate_invite_token(),
            )

    def action_take_theory(self):
        """The trainee goes to his questions.

        :raises UserError: somebody else tries to, or the part is closed
        """
        self.ensure_one()
        if not self._is_taken_by(self.env.user.partner_id):
            raise UserError(
                self.env._(
                    "Only %(person)s can answer these questions, and only while they "
                    "are open.",
                    person=self.partner_id.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": self._get_theory_url(),
            "target": "self",
        }

    def _get_theory_url(self):
        self.ensure_one()
        # sudo: callers have shown that the trainee himself asks
        return self.sudo().user_input_id.get_start_url()

    def action_close_theory(self):
        """Close questions whose time is over, with what was answered in time.

        :raises UserError: the trainee still has time
        """
        self.check_access("write")
        early = self.filtered(lambda part: not part._is_time_over())
        if early:
            raise UserError(
                self.env._(
                    "%(part)s: the trainee may still answer until %(deadline)s.",
                    part=early[0].display_name,
                    deadline=early[0].deadline,
                )
            )
        self._close_theory()

    def _is_time_over(self):
        self.ensure_one()
        # sudo: see above
        answer = self.sudo().user_input_id
        return bool(
            answer.state == "done"
            or (self.deadline and self.deadline < fields.Datetime.now())
            or answer._is_late_for_exam()
        )

    def _close_theory(self):
        """Take the score of the answers over and close the part."""
        # sudo: the survey grades, nobody's right is asked
        for part in self.sudo().filtered(lambda p: p.state == "open"):
            answer = part.user_input_id
            if answer.state != "done":
                answer.write({"state": "done", "end_datetime": fields.Datetime.now()})
            score = min(answer.scoring_percentage, 100)
            part._transition("grade", part._prepare_grade_vals(score))
        self.sudo().exam_id._conclude()

    @api.model
    def _cron_close_theory(self):
        """Close the questions that nobody can answer any more."""
        open_parts = self.search(
            Domain("kind", "=", "theory")
            & Domain("state", "=", "open")
            & Domain("exam_id.state", "=", "open")
            & (
                Domain("deadline", "<", fields.Datetime.now())
                | Domain("user_input_id.state", "=", "in_progress")
            )
        )
        open_parts.filtered(lambda part: part._is_time_over())._close_theory()
