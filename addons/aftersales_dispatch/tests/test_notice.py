import vobject

from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW

from .common import DispatchCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNotice(DispatchCommon):
    """What reaches the technician's calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician_a.partner_id.email = "tech@example.com"
        cls.company.write({"name": "Maker", "email": "desk@example.com"})
        cls.job = cls._create_job(place="Field 7")

    def _get_mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", self.job._name), ("res_id", "=", self.job.id)], order="id"
        )

    def _get_events(self):
        """The calendars of all mails about the job, in order."""
        return [
            vobject.readOne(mail.attachment_ids.raw.decode())
            for mail in self._get_mails()
            if mail.attachment_ids
        ]

    def test_mail_carries_the_appointment(self):
        self.job.action_send()
        mail = self._get_mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.technician_a.partner_id)
        text = mail.attachment_ids.raw.decode()
        # in UTC, whatever zone the dispatcher is in
        self.assertIn("DTSTART:20260615T100000Z", text)
        self.assertIn("DTEND:20260615T120000Z", text)
        calendar = vobject.readOne(text)
        event = calendar.vevent
        self.assertEqual(calendar.method.value, "REQUEST")
        self.assertEqual(event.sequence.value, "0")
        self.assertEqual(event.status.value, "CONFIRMED")
        self.assertEqual(event.location.value, "Field 7")
        self.assertIn("Farmer Zhang", event.summary.value)
        self.assertIn("13900000001", event.description.value)
        self.assertEqual(event.attendee.value, "mailto:tech@example.com")
        self.assertEqual(event.organizer.value, "mailto:desk@example.com")

    def test_mail_program_recognizes_the_invitation(self):
        self.job.action_send()
        attachment = self._get_mails().attachment_ids
        message = self.env["ir.mail_server"]._build_email__(
            email_from="desk@example.com",
            email_to=["tech@example.com"],
            subject="Job",
            body="Job",
            attachments=[(attachment.name, attachment.raw, attachment.mimetype)],
        )
        part = next(message.iter_attachments())
        self.assertEqual(part.get_content_type(), "text/calendar")
        self.assertEqual(part.get_param("method").upper(), "REQUEST")
        self.assertTrue(part.get_filename().endswith(".ics"))

    def test_sent_again_it_is_the_same_event_with_a_higher_number(self):
        self.job.action_send()
        self.job.action_recall()
        self.job.date_end = "2026-06-15 13:00:00"
        self.job.action_send()
        events = self._get_events()
        self.assertEqual(
            [
                (calendar.method.value, calendar.vevent.sequence.value)
                for calendar in events
            ],
            [("REQUEST", "0"), ("CANCEL", "1"), ("REQUEST", "2")],
        )
        self.assertEqual(len({calendar.vevent.uid.value for calendar in events}), 1)
        self.assertEqual(events[2].vevent.dtend.value.hour, 13)

    def test_cancelled_job_leaves_the_calendar(self):
        self.job.action_send()
        self.job.action_cancel()
        request, cancel = self._get_events()
        self.assertEqual(cancel.method.value, "CANCEL")
        self.assertEqual(cancel.vevent.status.value, "CANCELLED")
        self.assertEqual(cancel.vevent.uid.value, request.vevent.uid.value)
        self.assertEqual(
            self._get_mails()[1].subject, f"Cancelled: job {self.job.name}"
        )

    def test_refused_job_leaves_the_calendar(self):
        self.job.action_send()
        self.job.with_user(self.user_tech_a)._refuse("Ill")
        self.assertEqual(self._get_events()[1].method.value, "CANCEL")

    def test_draft_is_cancelled_in_silence(self):
        self.job.action_cancel()
        self.assertFalse(self._get_mails())

    def test_jobs_have_different_events(self):
        self.job.action_send()
        uid = self._get_events()[0].vevent.uid.value
        other = self._create_job()
        self.assertNotEqual(other.sudo()._prepare_appointment().uid, uid)

    def test_calendar_is_in_the_technicians_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.technician_a.partner_id.lang = "zh_CN"
        self.job.parts_wanted = "Ladder"
        self.job.action_send()
        description = self._get_events()[0].vevent.description.value
        self.assertIn("携带", description)
        self.assertIn("派工单", self._get_mails().subject)
