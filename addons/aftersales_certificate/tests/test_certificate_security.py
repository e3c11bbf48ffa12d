from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificateSecurity(CertificateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate_a = cls._create_certificate(cls.technician_a)
        cls.certificate_b = cls._create_certificate(cls.technician_b)

    def test_dealer_sees_own_people_only(self):
        Certificate = self.env["aftersales.certificate"].with_user(self.user_manager_a)
        self.assertEqual(Certificate.search([]), self.certificate_a)
        groups = Certificate._read_group([], ["dealer_id"], ["__count"])
        self.assertEqual(groups, [(self.dealer_a, 1)])
        with self.assertRaises(AccessError):
            self.certificate_b.with_user(self.user_manager_a).read(["valid_to"])

    def test_check_code_is_closed_to_dealers(self):
        with self.assertRaises(AccessError):
            self.certificate_a.with_user(self.user_manager_a).read(["access_token"])

    def test_dealer_cannot_issue_edit_or_withdraw(self):
        own = self.certificate_a.with_user(self.user_manager_a)
        with self.assertRaises(AccessError):
            own._withdraw("Because")
        with self.assertRaises(AccessError):
            own.note = "Changed"
        with self.assertRaises(AccessError):
            own.copy({"valid_from": "2030-01-01"})
        self.assertEqual(self.certificate_a.state, "active")

    def test_support_reads_and_cannot_issue(self):
        Certificate = self.env["aftersales.certificate"].with_user(self.user_support)
        self.assertIn(self.certificate_b, Certificate.search([]))
        with self.assertRaises(AccessError):
            Certificate.create(
                {
                    "partner_id": self.technician_a.partner_id.id,
                    "scope_id": self.scope.id,
                    "valid_from": "2040-01-01",
                }
            )

    def test_coordinator_cannot_delete(self):
        with self.assertRaises(AccessError):
            self.certificate_a.with_user(self.user_coordinator).unlink()

    def test_certificate_follows_its_holder_to_another_dealer(self):
        self.technician_a.user_id = False
        self.technician_a.dealer_id = self.dealer_b
        self.env.flush_all()
        Certificate = self.env["aftersales.certificate"]
        self.assertFalse(Certificate.with_user(self.user_manager_a).search([]))
        self.assertIn(
            self.certificate_a, Certificate.with_user(self.user_manager_b).search([])
        )
