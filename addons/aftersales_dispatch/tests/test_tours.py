from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DispatchCommon


@tagged("post_install", "-at_install")
class TestDispatchTours(HttpCase, DispatchCommon):
    """What a dispatcher and a technician do in their browsers."""

    def test_dispatcher_suggests_chooses_and_sends(self):
        self._only("skill")
        self.bao.skill_ids = self.skill
        self.env["aftersales.skill.need"].create({"skill_id": self.skill.id})
        case = self._create_case(partner_name="Tour Caller", address="Road 1")
        self.start_tour("/odoo", "aftersales_dispatch_suggest", login="agent_a")
        self.assertRecordValues(
            case.dispatch_ids, [{"state": "sent", "staff_id": self.bao.id}]
        )

    def test_dispatcher_gives_a_refused_job_to_somebody_else(self):
        job = self._create_soon()
        job.action_send()
        job.with_user(self.user_tech_a)._refuse("Ill")
        self.start_tour(
            f"/odoo/dispatch/{job.id}", "aftersales_dispatch_again", login="agent_a"
        )
        self.assertEqual(job.state, "cancelled")
        self.assertRecordValues(
            job.next_ids, [{"state": "sent", "staff_id": self.bao.id}]
        )

    def test_technician_accepts_and_arrives_on_a_phone(self):
        self.browser_size = "390x844"
        self.touch_enabled = True
        job = self._create_soon()
        job.action_send()
        self.start_tour("/odoo/my-day", "aftersales_dispatch_my_day", login="tech_a")
        self.assertEqual(job.state, "on_site")
        self.assertTrue(job.accepted_at)
        self.assertTrue(job.arrived_at)

    def _create_soon(self):
        start = fields.Datetime.now() + timedelta(minutes=5)
        return self._create_job(
            date_start=start, date_end=start + timedelta(hours=1), place="Field 7"
        )
