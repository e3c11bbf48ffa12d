from odoo.tests import Form, freeze_time, tagged

from .common import NOW, FollowupCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowupViews(FollowupCommon):
    """The screens as the lowest role uses them."""

    def test_phone_form_is_filled_in(self):
        followup = self._plan_call()
        with Form(followup) as form:
            for index in range(len(followup.answer_ids)):
                with form.answer_ids.edit(index) as line:
                    line.score = "4"
            form.score = "5"
        followup.action_finish()
        self.assertEqual(set(followup.answer_ids.mapped("score")), {"4"})
        self.assertEqual(followup.state, "done")

    def test_support_plans_by_hand(self):
        case = self._close_question()
        followups = self.env["aftersales.followup"].with_user(self.user_support)
        form = Form(followups.with_context(default_ticket_id=case.id))
        form.planned_on = "2026-06-20"
        followup = form.save()
        self.assertRecordValues(
            followup, [{"state": "planned", "reached": False, "asked_on": False}]
        )
        self.assertEqual(len(followup.answer_ids), 3)

    def test_every_screen_opens_for_every_role(self):
        for user in (self.user_agent_a, self.user_support, self.user_quality):
            for model, kinds in (
                (
                    "aftersales.followup",
                    ("list", "form", "search", "pivot", "calendar", "kanban"),
                ),
                ("aftersales.followup.report", ("pivot", "graph", "list", "search")),
                ("aftersales.followup.rule", ("list", "form", "search")),
            ):
                views = [(False, kind) for kind in kinds]
                result = self.env[model].with_user(user).get_views(views)
                self.assertEqual(set(result["views"]), set(kinds))
