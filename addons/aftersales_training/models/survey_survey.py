from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SurveySurvey(models.Model):
    """A questionnaire shows who should learn what."""

    _inherit = "survey.survey"

    is_training_questionnaire = fields.Boolean(
        string="Finds Training Needs",
        help="Answers below the threshold become needs of those who gave them, for the "
        "topics of the questions.",
    )
    need_threshold = fields.Float(
        string="Need Below (%)",
        default=60,
        help="A topic answered with less than this share of its full points is a need.",
    )
    need_days = fields.Integer(
        string="Needed Within (days)",
        default=90,
        help="Due date of the needs, counted from the answer.",
    )

    _need_threshold_scale = models.Constraint(
        "CHECK (need_threshold >= 0 AND need_threshold <= 100)",
        "The threshold of a questionnaire lies between 0 and 100.",
    )
    _need_days_positive = models.Constraint(
        "CHECK (need_days > 0)", "The needs of a questionnaire are due after a day."
    )

    @api.onchange("is_training_questionnaire")
    def _onchange_is_training_questionnaire(self):
        if self.is_training_questionnaire:
            self.users_login_required = True

    @api.constrains("is_training_questionnaire", "users_login_required", "access_mode")
    def _check_training_questionnaire(self):
        for survey in self.filtered("is_training_questionnaire"):
            if not survey.users_login_required and survey.access_mode == "public":
                raise ValidationError(
                    self.env._(
                        "Questionnaire “%(survey)s” finds the needs of those who "
                        "answer: require a login, or let only invited people answer.",
                        survey=survey.title,
                    )
                )
