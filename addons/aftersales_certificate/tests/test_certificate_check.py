from datetime import date, timedelta

from odoo.tests import HttpCase, tagged

from .common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificateCheck(HttpCase, CertificateCommon):
    def _check(self, certificate):
        self.env.flush_all()
        return self.url_open(f"/aftersales/certificate/{certificate.access_token}")

    def test_public_learns_status_and_no_more(self):
        today = date.today()
        certificate = self._create_certificate(self.technician_a, today)
        answer = self._check(certificate)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(certificate.name, answer.text)
        self.assertIn(">Valid<", answer.text)
        self.assertIn(certificate.company_id.name, answer.text)
        for secret in (
            certificate.partner_id.name,
            self.dealer_a.name,
            self.scope.name,
            str(certificate.valid_to),
        ):
            self.assertNotIn(secret, answer.text)

    def test_expired_and_withdrawn(self):
        start = date.today() - timedelta(days=1000)
        expired = self._create_certificate(self.technician_a, start)
        self.assertIn(">Expired<", self._check(expired).text)
        withdrawn = self._create_certificate(self.technician_b, date.today())
        withdrawn.with_user(self.user_coordinator)._withdraw("Fraud")
        answer = self._check(withdrawn).text
        self.assertIn(">Withdrawn<", answer)
        self.assertNotIn("Fraud", answer)

    def test_unknown_code_is_not_found(self):
        answer = self.url_open("/aftersales/certificate/" + "0" * 32)
        self.assertEqual(answer.status_code, 404)
        self.assertIn("No certificate has this code", answer.text)
