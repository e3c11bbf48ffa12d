from odoo.fields import Command

from odoo.addons.aftersales_training.tests.common import TrainingCommon


class LessonsCommon(TrainingCommon):
    """A course with two online lessons that only its participants see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls._create_channel("Engines online")
        cls.lessons = cls.channel.slide_content_ids
        cls.course.channel_id = cls.channel

    @classmethod
    def _create_channel(cls, name):
        return cls.env["slide.channel"].create(
            {
                "name": name,
                "channel_type": "training",
                "enroll": "invite",
                "visibility": "members",
                "is_published": True,
                "slide_ids": [
                    Command.create(
                        {
                            "name": f"Lesson {number}",
                            "slide_category": "article",
                            "is_published": True,
                            "html_content": "<p>Bleed the pump.</p>",
                        }
                    )
                    for number in (1, 2)
                ],
            }
        )

    @classmethod
    def _get_member(cls, staff):
        return cls.env["slide.channel.partner"].search(
            [
                ("channel_id", "=", cls.channel.id),
                ("partner_id", "=", staff.partner_id.id),
            ]
        )

    @classmethod
    def _learn(cls, user, lessons):
        """Finish lessons as their reader does."""
        lessons.with_user(user).action_mark_completed()
