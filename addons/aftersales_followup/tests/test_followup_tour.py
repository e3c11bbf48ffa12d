from odoo.tests import HttpCase, tagged

from .common import FollowupCommon


@tagged("post_install", "-at_install")
class TestFollowupTour(HttpCase, FollowupCommon):
    """Who calls works with the keyboard alone."""

    def test_support_calls_the_queue_by_keyboard(self):
        first, second = self._plan_call(), self._plan_call()
        self.start_tour(
            "/odoo/calls-today",
            "aftersales_followup_calls",
            login="aftersales_support",
        )
        self.assertRecordValues(first, [{"state": "done", "score": "5"}])
        self.assertEqual(
            list(self._get_points(first).values()), ["4", "5", "5", "3", "4", "5"]
        )
        self.assertRecordValues(second, [{"state": "planned", "attempt_count": 1}])

    def test_support_calls_on_a_phone(self):
        self.browser_size = "390x844"
        followup = self._plan_call()
        self.start_tour(
            "/odoo/calls-today",
            "aftersales_followup_phone",
            login="aftersales_support",
        )
        self.assertRecordValues(followup, [{"state": "done", "score": "4"}])
