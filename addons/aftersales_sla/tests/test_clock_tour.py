from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ClockCommon


@tagged("post_install", "-at_install")
class TestClockTour(ClockCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_support.password = "support-tour-1"
        cls.case = cls._create_case(
            name="Tour machine",
            reported_at=fields.Datetime.now() - timedelta(minutes=90),
        )

    def test_dispatcher_pauses_and_resumes_a_late_case(self):
        self.start_tour(
            "/odoo/late-cases",
            "aftersales_sla_dispatcher",
            login=self.user_support.login,
        )
        pause = self.case.pause_ids
        self.assertEqual(pause.note, "Gate locked")
        self.assertTrue(pause.end_at)
        self.assertFalse(self.case.is_paused)

    def test_wall_opens_the_most_urgent_case(self):
        self.start_tour(
            "/odoo/clock-wall", "aftersales_sla_wall", login=self.user_support.login
        )

    def test_wall_on_a_phone(self):
        self.browser_size = "390x844"
        self.start_tour(
            "/odoo/clock-wall", "aftersales_sla_wall", login=self.user_support.login
        )
