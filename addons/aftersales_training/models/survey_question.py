from odoo import fields, models


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    training_topic_id = fields.Many2one(
        "aftersales.training.topic",
        ondelete="set null",
        index="btree_not_null",
        help="In a questionnaire that finds training needs: what somebody needs who "
        "answers this badly.",
    )

    def _get_full_points(self):
        """Points of the best answer; 0 when the question is not scored.

        A scale is a self-assessment: its span counts.
        """
        self.ensure_one()
        if self.question_type == "scale":
            return self.scale_max - self.scale_min
        scores = [
            score
            for score in self.suggested_answer_ids.mapped("answer_score")
            if score > 0
        ]
        if self.question_type == "simple_choice":
            return max(scores, default=0)
        if self.question_type == "multiple_choice":
            return sum(scores)
        return self.answer_score if self.is_scored_question else 0
