from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# Core's own allowance for the way of the last answer from the browser to the server.
GRACE = timedelta(seconds=10)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    exam_part_ids = fields.One2many("aftersales.training.exam.part", "user_input_id")

    def _is_late_for_exam(self):
        """Whether the time limit of the exam has passed since the trainee began."""
        self.ensure_one()
        survey, start = self.survey_id, self.start_datetime
        if not start or not survey.is_time_limited:
            return False
        limit = start + timedelta(minutes=survey.time_limit) + GRACE
        return fields.Datetime.now() > limit

    def _save_lines(self, question, answer, comment=None, overwrite_existing=True):
        if self.exam_part_ids:
            self._check_exam_open()
        return super()._save_lines(
            question, answer, comment=comment, overwrite_existing=overwrite_existing
        )

    def _check_exam_open(self):
        """Refuse answers to an exam that is over.

        :raises UserError: the time limit, the deadline or the attempt itself is over
        """
        closed = self.exam_part_ids.filtered(
            lambda part: part.state != "open" or part.exam_id.state != "open"
        )
        if closed or self.state == "done" or self.exam_part_ids[:1]._is_time_over():
            raise UserError(
                self.env._(
                    "The time of this exam is over; this answer does not count. What "
                    "you answered before does. Ask your coordinator about a re-sit."
                )
            )

    def _mark_done(self):
        result = super()._mark_done()
        # sudo: the trainee's last answer closes the exam part
        self.sudo().exam_part_ids._close_theory()
        return result
