from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.fence import FenceChecks, Fenced
from odoo.addons.aftersales_training.tests import fence

from .common import LessonsCommon

OPENED = {
    "slide.channel",
    "slide.slide",
    "slide.slide.resource",
    "slide.question",
}


@tagged("post_install", "-at_install")
class TestTrainingLessonsFence(FenceChecks, LessonsCommon):
    reference = {**FenceChecks.reference, **fence.REFERENCE}

    @classmethod
    def _create_fenced_rows(cls):
        session = cls._create_session(cls.env.cr.now())
        trainee = cls._create_staff(cls.user_agent_a, "technician")
        cls._enrol(session, trainee).action_confirm()
        foreign = cls._create_channel("Somebody else's")
        rows = {}
        for channel in (foreign, cls.channel):
            lesson = channel.slide_content_ids[0]
            question = cls.env["slide.question"].create(
                {
                    "slide_id": lesson.id,
                    "question": "Which way?",
                    "answer_ids": [
                        (0, 0, {"text_value": "Left", "is_correct": True}),
                        (0, 0, {"text_value": "Right"}),
                    ],
                }
            )
            resource = cls.env["slide.slide.resource"].create(
                {
                    "slide_id": lesson.id,
                    "name": "Sheet",
                    "resource_type": "url",
                    "link": "https://example.com/sheet",
                }
            )
            for record in (channel, lesson, resource, question):
                rows.setdefault(record._name, []).append(record.sudo(False))
        return {name: Fenced(*pair) for name, pair in rows.items()}

    def test_dealers_people_see_the_lessons_they_attend(self):
        for model, rows in self.fenced.items():
            with self.subTest(model=model):
                self.assert_fenced(self.user_agent_a, model, rows)
                # his own manager does not attend them either
                hidden = rows._replace(own=None)
                self.assert_fenced(self.user_manager_a, model, hidden)

    def test_open_models_of_this_addon_are_classified(self):
        opened = self._get_open_models(self.user_manager_a)
        ours = {name for name in opened if name.startswith("slide.")}
        self.assertEqual(ours, OPENED)
        self.assertEqual(set(self.fenced), OPENED)
