from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("theory", "Theory"),
    ("practice", "Practice"),
    ("performance", "Performance in Class"),
]


class AftersalesTrainingAssessment(models.Model):
    """One part of a course's exam: theory by survey, the others by marking sheet."""

    _name = "aftersales.training.assessment"
    _description = "Exam Part of a Course"
    _order = "course_id, sequence, id"

    course_id = fields.Many2one(
        "aftersales.training.course", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(selection=KINDS, required=True, default="theory")
    weight = fields.Float(default=100, required=True, help="Share in percent.")
    pass_mark = fields.Float(
        default=60, help="Needed in this part alone, 0 to 100. 0: no own pass mark."
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questions",
        ondelete="restrict",
        groups="aftersales_dealer.group_training_coordinator",
    )
    rubric_id = fields.Many2one(
        "aftersales.training.rubric", string="Marking Sheet", ondelete="restrict"
    )

    _kind_uniq = models.Constraint(
        "UNIQUE (course_id, kind)", "A course has each kind of exam part once."
    )
    _scale = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100 AND pass_mark >= 0 AND pass_mark <= 100)",
        "Weight and pass mark lie between 0 and 100, the weight above 0.",
    )

    @api.constrains("kind", "survey_id", "rubric_id")
    def _check_means(self):
        # sudo: questions are hidden from others than the coordinator
        for assessment in self.sudo():
            if assessment.kind == "theory":
                assessment._check_survey()
            elif not assessment.rubric_id:
                raise ValidationError(
                    self.env._(
                        "Practice and performance need a marking sheet. Choose one."
                    )
                )

    def _check_survey(self):
        self.ensure_one()
        if not self.survey_id:
            raise ValidationError(
                self.env._("A theory part needs its questions. Choose a survey.")
            )
        if self.survey_id.scoring_type == "no_scoring":
            raise ValidationError(
                self.env._(
                    "The survey “%(survey)s” has no scoring. Set its scoring, so that "
                    "answers give a result.",
                    survey=self.survey_id.title,
                )
            )
