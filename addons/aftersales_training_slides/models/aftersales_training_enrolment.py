from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_training.models.aftersales_training_enrolment import (
    AftersalesTrainingEnrolment as Enrolment,
)

# Who is on the list of a session and may take its lessons.
LEARNING_STATES = ("confirmed", "attended")


class AftersalesTrainingEnrolment(models.Model):
    """Confirmed participants are attendees of the course's online lessons."""

    _inherit = "aftersales.training.enrolment"

    _protected_fields = (*Enrolment._protected_fields, "lessons_done_on")

    signed_in_by = fields.Selection(selection_add=[("online", "Online Lessons")])
    has_lessons = fields.Boolean(compute="_compute_lesson_completion")
    lesson_completion = fields.Integer(
        compute="_compute_lesson_completion",
        string="Lessons (%)",
        help="Online lessons finished, in percent.",
    )
    lessons_done_on = fields.Date(readonly=True, copy=False)

    @api.depends("course_id", "partner_id", "state", "lessons_done_on")
    def _compute_lesson_completion(self):
        # sudo: lessons and attendees are closed to dealers; a share is told
        enrolments = self.sudo()
        members = self.env["slide.channel.partner"].sudo()
        found = members.search(
            [
                ("channel_id", "in", enrolments.course_id.channel_id.ids),
                ("partner_id", "in", enrolments.partner_id.ids),
            ]
        )
        share = {(m.channel_id, m.partner_id): m.completion for m in found}
        for enrolment in enrolments:
            key = enrolment.course_id.channel_id, enrolment.partner_id
            enrolment.has_lessons = bool(key[0])
            enrolment.lesson_completion = (
                100 if enrolment.lessons_done_on else share.get(key, 0)
            )

    def _transition(self, name, vals=None):
        result = super()._transition(name, vals)
        self._sync_lessons()
        return result

    def _sync_lessons(self):
        """Give the lessons to those who are confirmed, take them from who left."""
        # sudo: dealers' managers confirm and decline; attendees are eLearning's
        with_lessons = self.sudo().filtered("course_id.channel_id")
        learning = with_lessons.filtered(lambda e: e.state in LEARNING_STATES)
        for channel, enrolments in learning.grouped(
            lambda e: e.course_id.channel_id
        ).items():
            channel._action_add_members(enrolments.partner_id)
            members = channel.channel_partner_ids.filtered(
                lambda m, people=enrolments.partner_id: m.partner_id in people
            )
            self.sudo()._take_lessons(
                members.filtered(lambda m: m.member_status == "completed")
            )
        left = with_lessons.filtered(lambda e: e.state in ("declined", "cancelled"))
        left._leave_lessons()

    def _leave_lessons(self):
        """Close the lessons to who gave his seat back and has no other."""
        for enrolment in self:
            channel = enrolment.course_id.channel_id
            other = self.search_count(
                [
                    ("partner_id", "=", enrolment.partner_id.id),
                    ("course_id.channel_id", "=", channel.id),
                    ("state", "in", LEARNING_STATES),
                ],
                limit=1,
            )
            if not other:
                channel._remove_membership(enrolment.partner_id.ids)

    @api.model
    def _take_lessons(self, members):
        """Count finished lessons as attendance of the online part.

        :param members: ``slide.channel.partner`` who have finished
        """
        today = fields.Date.context_today(self)
        for member in members:
            enrolments = self.search(
                [
                    ("partner_id", "=", member.partner_id.id),
                    ("course_id.channel_id", "=", member.channel_id.id),
                    ("state", "in", LEARNING_STATES),
                    ("lessons_done_on", "=", False),
                ]
            )
            enrolments.lessons_done_on = today
            enrolments.filtered(
                lambda e: e.session_id.form == "online" and e.state == "confirmed"
            )._transition(
                "sign_in",
                {"signed_in_at": fields.Datetime.now(), "signed_in_by": "online"},
            )

    def _lacks_lessons(self):
        self.ensure_one()
        return self.has_lessons and not self.lessons_done_on

    @api.depends("lessons_done_on")
    def _compute_can_open_exam(self):
        result = super()._compute_can_open_exam()
        for enrolment in self.filtered("can_open_exam"):
            enrolment.can_open_exam = not enrolment._lacks_lessons()
        return result

    def _check_exam_possible(self):
        result = super()._check_exam_possible()
        if self._lacks_lessons():
            raise UserError(
                self.env._(
                    "%(person)s has finished %(share)s %% of the online lessons. The "
                    "exam follows when all of them are finished.",
                    person=self.partner_id.name,
                    share=self.lesson_completion,
                )
            )
        return result

    def _get_lessons_url(self):
        """Address of the lessons for the participant's page; False without lessons."""
        self.ensure_one()
        if self.state not in LEARNING_STATES:
            return False
        # sudo: the page shows an address only; eLearning lets attendees in
        return self.sudo().course_id.channel_id.website_absolute_url or False
