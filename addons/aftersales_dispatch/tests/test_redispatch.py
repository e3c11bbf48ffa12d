from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRedispatch(DispatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tool = cls.env["aftersales.tool"].create({"name": "Tester"})
        cls.job = cls._create_job(
            place="Field 7",
            tool_ids=[Command.set(tool.ids)],
            part_ids=[Command.create({"product_id": cls.part.id, "quantity": 2})],
        )
        cls.case = cls.job.ticket_id

    def _refuse(self):
        self.job.action_send()
        self.job.with_user(self.user_tech_a)._refuse("Ill")

    def test_refused_job_goes_to_somebody_else_in_one_click(self):
        self._refuse()
        action = self.job.action_redispatch()
        new = self.job.next_ids
        self.assertRecordValues(
            self.job,
            [{"state": "cancelled", "cancel_reason": "Refused by Tech A: Ill"}],
        )
        self.assertRecordValues(
            new,
            [
                {
                    "state": "draft",
                    "previous_id": self.job.id,
                    "ticket_id": self.case.id,
                    "staff_id": False,
                    "place": "Field 7",
                    "task": "The engine does not start",
                    "date_start": datetime(2026, 6, 15, 10),
                }
            ],
        )
        self.assertEqual(new.tool_ids.name, "Tester")
        self.assertEqual(new.part_ids.mapped("quantity"), [2.0])
        suggestion = self.env[action["res_model"]].browse(action["res_id"])
        last = suggestion.line_ids[-1]
        self.assertEqual(last.staff_id, self.technician_a)
        self.assertEqual(last.blocked, "has refused this job")
        suggestion.line_ids[0].with_user(self.user_agent_a).action_choose_and_send()
        self.assertRecordValues(new, [{"state": "sent", "staff_id": self.bao.id}])

    def test_refusals_are_carried_on(self):
        self._refuse()
        self.job.action_redispatch()
        second = self.job.next_ids
        second.staff_id = self.bao
        second.action_send()
        second._refuse("Too far")
        second.action_redispatch()
        blocked = [c.blocked for c in second.next_ids._rank_candidates()]
        self.assertEqual(blocked, [("has refused this job",)] * 2)

    def test_unanswered_job_goes_to_somebody_else(self):
        self.job.action_send()
        self.job.action_redispatch()
        self.assertRecordValues(
            self.job,
            [
                {
                    "state": "cancelled",
                    "cancel_reason": "Not answered by Tech A since 2026-06-15 08:00",
                }
            ],
        )
        self.assertFalse(self.case.arranged_at)

    def test_accepted_job_can_be_taken_away(self):
        self.job.action_send()
        self.job.with_user(self.user_tech_a).action_accept()
        self.job.action_redispatch()
        self.assertEqual(self.job.cancel_reason, "Taken from Tech A after he accepted")

    def test_time_that_has_passed_is_not_kept(self):
        self.job.action_send()
        with freeze_time("2026-06-15 10:30:00"):
            self.job.action_redispatch()
        self.assertFalse(self.job.next_ids.date_start)

    def test_case_tells_who_was_asked(self):
        self._refuse()
        self.job.action_redispatch()
        body = self.case.message_ids[0].body
        self.assertIn(self.job.name, body)
        self.assertIn(self.job.next_ids.name, body)
        self.assertIn("Refused by Tech A: Ill", body)

    def test_job_that_is_begun_or_over_is_not_replaced(self):
        with self.assertRaisesRegex(UserError, "cannot be given to somebody else"):
            self.job.action_redispatch()
        self.job.action_send()
        job = self.job.with_user(self.user_tech_a)
        job.action_accept()
        job.action_arrive()
        with self.assertRaisesRegex(UserError, "cannot be given to somebody else"):
            self.job.action_redispatch()
        self.assertFalse(self.job.next_ids)
        self.assertEqual(self.job.state, "on_site")

    def test_links_and_reasons_are_closed_to_direct_writes(self):
        other = self._create_job()
        for vals in (
            {"previous_id": other.id},
            {"cancel_reason": "x"},
            {"refused_staff_ids": [Command.link(self.bao.id)]},
            {"sent_by_id": self.user_agent_a.id},
            {"urged_at": NOW},
            {"ics_sequence": 7},
        ):
            refusal = self.assertRaisesRegex(AccessError, "cannot be set by hand")
            with self.subTest(vals=vals), refusal:
                self.job.write(vals)

    def test_stranger_cannot_replace_a_job(self):
        self.job.action_send()
        with self.assertRaises(AccessError):
            self.job.with_user(self.user_agent_b).action_redispatch()
        self.assertEqual(self.job.state, "sent")
        self.assertFalse(self.job.next_ids)
