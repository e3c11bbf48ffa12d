from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW
from odoo.addons.aftersales_training.tests.common import TrainingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTrainingPresence(TrainingCommon):
    """Who is at a training is not sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._create_session("2026-06-15 08:00:00")
        cls.enrolment = cls._enrol(cls.session, cls.technician_a)
        case = (
            cls.env["helpdesk.ticket"]
            .with_user(cls.user_agent_a)
            .create(
                {
                    "case_type_id": cls.env["aftersales.case.type"]
                    .create({"name": "Visit", "code": "TEST-VISIT"})
                    .id,
                    "partner_name": "Zhang",
                    "description": "Does not start",
                    "address": "Road 1",
                }
            )
        )
        cls.job = (
            cls.env["aftersales.dispatch"]
            .with_user(cls.user_agent_a)
            .create(
                {
                    "ticket_id": case.id,
                    "staff_id": cls.technician_a.id,
                    "date_start": cls.session.date_begin,
                    "date_end": cls.session.date_end,
                }
            )
        )

    def test_confirmed_training_is_an_absence(self):
        self.enrolment.action_confirm()
        with self.assertRaisesRegex(UserError, "Tech A cannot take job .*: at a train"):
            self.job.action_send()
        self.assertEqual(self.job.state, "draft")
        blocked = {
            candidate.staff: candidate.blocked
            for candidate in self.job._rank_candidates()
        }
        self.assertIn(self.session.course_id.name, blocked[self.technician_a][0])

    def test_invitation_alone_is_none(self):
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")

    def test_time_after_the_training_is_free(self):
        self.enrolment.action_confirm()
        self.job.write(
            {
                "date_start": self.session.date_end,
                "date_end": fields.Datetime.add(self.session.date_end, hours=1),
            }
        )
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")
