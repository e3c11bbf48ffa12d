# pylint: disable=consider-merging-classes-inherited
from datetime import timedelta

from odoo import fields, models


class SurveyUserInput(models.Model):
    """What a questionnaire says about those who answered it."""

    _inherit = "survey.user_input"

    def _mark_done(self):
        result = super()._mark_done()
        self._report_training_needs()
        return result

    def _report_training_needs(self):
        """Turn badly answered topics of a questionnaire into needs.

        The weight is what is missing to full points, in percent. Whoever is no service
        staff has no needs here; test entries have none either.
        """
        # sudo: whoever answers may read neither surveys nor others' staff records
        Staff = self.env["aftersales.staff"].sudo()
        for answer in self.sudo():
            survey = answer.survey_id
            if not survey.is_training_questionnaire or answer.test_entry:
                continue
            staff = Staff.search([("partner_id", "=", answer.partner_id.id)], limit=1)
            if not staff:
                continue
            rows = [
                answer._prepare_need_row(staff, topic, share)
                for topic, share in answer._get_topic_shares().items()
                if share < survey.need_threshold
            ]
            self.env["aftersales.training.need"]._report_needs("questionnaire", rows)

    def _get_topic_shares(self):
        """Points reached per topic, in percent of the full points.

        Questions that were skipped or never shown say nothing and do not count.
        """
        self.ensure_one()
        reached, full = {}, {}
        lines = self.user_input_line_ids.filtered(lambda line: not line.skipped)
        for question, given in lines.grouped("question_id").items():
            topic, points = question.training_topic_id, question._get_full_points()
            if not topic or not points:
                continue
            got = sum(given.mapped("answer_score"))
            if question.question_type == "scale":
                got = given[:1].value_scale - question.scale_min
            reached[topic] = reached.get(topic, 0) + max(got, 0)
            full[topic] = full.get(topic, 0) + points
        return {topic: 100 * reached[topic] / full[topic] for topic in full}

    def _prepare_need_row(self, staff, topic, share):
        self.ensure_one()
        survey = self.survey_id
        return {
            "staff_id": staff.id,
            "topic_id": topic.id,
            "weight": round(100 - share),
            "due_date": fields.Date.context_today(self)
            + timedelta(days=survey.need_days),
            "note": self.env._(
                "%(survey)s: %(share)d%% of the points",
                survey=survey.title,
                share=round(share),
            ),
        }
