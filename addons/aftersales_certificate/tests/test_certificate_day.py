from datetime import date

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import CertificateCommon

# 30 June 2026 ends at this moment in Shanghai, eight hours before it does in UTC.
LAST_HOUR, NEXT_DAY = "2026-06-30 15:30:00", "2026-06-30 16:30:00"


@tagged("post_install", "-at_install")
class TestCertificateDay(CertificateCommon):
    """A certificate ends with its last day where the company is, for everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.certificate = cls._create_certificate(
            cls.technician_a, valid_from="2026-01-01", valid_to="2026-06-30"
        )
        cls.abroad = cls._create_user(
            "abroad", "aftersales_dealer.group_training_coordinator"
        )
        cls.abroad.tz = "America/New_York"

    def _ask(self, user):
        """What the user is told: status, days left, found as valid, staff certified."""
        certificate = self.certificate.with_user(user).with_context(tz=user.tz)
        certificate.invalidate_recordset()
        staff = self.technician_a.with_user(user).with_context(tz=user.tz)
        staff.invalidate_recordset()
        found = certificate.search(
            [("status", "=", "valid"), ("id", "=", certificate.id)]
        )
        status, days_left = certificate.status, certificate.days_left
        return status, days_left, bool(found), staff.is_certified

    def _ask_everybody(self):
        users = (self.env.user, self.user_manager_a, self.abroad)
        return {self._ask(user) for user in users}

    def test_valid_until_midnight_of_the_company(self):
        with freeze_time(LAST_HOUR):
            self.assertEqual(self._ask_everybody(), {("valid", 0, True, True)})
        with freeze_time(NEXT_DAY):
            self.assertEqual(self._ask_everybody(), {("expired", 0, False, False)})

    def test_scope_is_missing_from_the_companys_midnight_on(self):
        for moment, missing in ((LAST_HOUR, False), (NEXT_DAY, True)):
            with self.subTest(moment=moment), freeze_time(moment):
                scopes = self.technician_a._get_missing_scopes(self.product_engine)
                self.assertEqual(bool(scopes[self.technician_a]), missing)

    def test_public_page_tells_the_companys_day(self):
        """The public has no time zone of its own."""
        public = self.env.ref("base.public_user")
        for moment, status in ((LAST_HOUR, "valid"), (NEXT_DAY, "expired")):
            with self.subTest(moment=moment), freeze_time(moment):
                certificate = self.certificate.with_user(public).sudo()
                certificate.invalidate_recordset()
                self.assertEqual(certificate.status, status)

    def test_new_one_begins_and_withdrawal_counts_on_the_companys_day(self):
        with freeze_time(NEXT_DAY):
            certificate = (
                self.env["aftersales.certificate"]
                .with_user(self.abroad)
                .with_context(tz=self.abroad.tz)
                .create(
                    {
                        "partner_id": self.technician_b.partner_id.id,
                        "scope_id": self.scope.id,
                    }
                )
            )
            self.assertEqual(certificate.valid_from, date(2026, 7, 1))
            self.assertEqual(certificate.status, "valid")
            certificate._withdraw("Fraud")
            self.assertEqual(certificate.withdrawn_on, date(2026, 7, 1))

    def test_reminder_goes_out_on_the_companys_day(self):
        """Seven days before the last day, which is the 23rd from 16:00 UTC on."""
        own = Domain("id", "=", self.certificate.id)
        self.certificate.reminded_days = 30
        for moment, due in (
            ("2026-06-22 15:30:00", False),
            ("2026-06-22 16:30:00", True),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                due_now = own & self.certificate._get_reminder_domain()
                found = self.certificate.search(due_now)
                self.assertEqual(bool(found), due)
