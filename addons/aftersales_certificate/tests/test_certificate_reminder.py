from odoo.tests import freeze_time, tagged

from .common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificateReminder(CertificateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician_a.partner_id.email = "tech@a.example.com"
        cls.dealer_a.partner_id.email = "office@a.example.com"
        cls.certificate = cls._create_certificate(
            cls.technician_a, "2026-01-01", valid_to="2026-12-31"
        )

    def _remind_on(self, day):
        """Run the daily job on ``day``; return the mails it sent for the
        certificate."""
        Mail = self.env["mail.mail"].sudo()
        before = Mail.search([])
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref(
                "aftersales_certificate.ir_cron_remind"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return (Mail.search([]) - before).filtered(
            lambda mail: self.certificate.name in mail.subject
        )

    def test_three_reminders_each_once(self):
        sent = {
            day: len(self._remind_on(day))
            for day in (
                "2026-10-31",  # 61 days left
                "2026-11-01",  # 60
                "2026-11-02",
                "2026-12-01",  # 30
                "2026-12-02",
                "2026-12-24",  # 7
                "2026-12-25",
                "2027-01-01",  # expired
            )
        }
        self.assertEqual(list(sent.values()), [0, 1, 0, 1, 0, 1, 0, 0])

    def test_holder_and_dealer_are_told(self):
        mail = self._remind_on("2026-11-01")
        self.assertEqual(
            mail.recipient_ids, self.technician_a.partner_id | self.dealer_a.partner_id
        )

    def test_found_late_is_reminded_of_once(self):
        self.assertEqual(len(self._remind_on("2026-12-28")), 1)
        self.assertEqual(self.certificate.reminded_days, 7)
        self.assertFalse(self._remind_on("2026-12-29"))

    def test_renewed_or_withdrawn_needs_no_reminder(self):
        self._create_certificate(self.technician_a, "2027-01-01")
        self.assertFalse(self._remind_on("2026-12-01"))
        other = self._create_certificate(
            self.technician_b, "2026-01-01", valid_to="2026-12-31"
        )
        other.with_user(self.user_coordinator)._withdraw("Fraud")
        self.assertFalse(self._remind_on("2026-12-01"))
        self.assertEqual(other.reminded_days, 0)
