from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_training.models.aftersales_training_course import (
    AftersalesTrainingCourse as Course,
)


class AftersalesTrainingCourse(models.Model):
    """The online part of a course: lessons of eLearning."""

    _inherit = "aftersales.training.course"

    # lessons are material: they may come to a course that is released
    _always_editable_fields = (*Course._always_editable_fields, "channel_id")

    channel_id = fields.Many2one(
        "slide.channel",
        string="Online Lessons",
        ondelete="restrict",
        index="btree_not_null",
        groups="aftersales_dealer.group_training_coordinator",
        help="Participants become attendees when they are confirmed. In an online "
        "session the finished lessons are the attendance; in any other they come "
        "before the exam.",
    )

    def action_open_lessons(self):
        """Open the lessons of the course in eLearning.

        :raises UserError: the course has none
        """
        self.ensure_one()
        if not self.channel_id:
            raise UserError(
                self.env._(
                    "Course %(course)s has no online lessons. Choose them first.",
                    course=self.display_name,
                )
            )
        return self.channel_id.get_formview_action()
