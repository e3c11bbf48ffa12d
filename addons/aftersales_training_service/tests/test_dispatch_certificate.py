from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDispatchCertificate(ServiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scope = cls.env["aftersales.certificate.scope"].create(
            {"name": "Harvester repair", "code": "HR", "requirement": "required"}
        )
        cls.job = cls._create_job(place="Field 1", task="Look at the engine")

    def _certify(self, valid_to):
        return self.env["aftersales.certificate"].create(
            {
                "partner_id": self.technician_a.partner_id.id,
                "scope_id": self.scope.id,
                "valid_from": "2026-01-01",
                "valid_to": valid_to,
            }
        )

    def test_required_certificate_is_demanded(self):
        with self.assertRaisesRegex(UserError, "Harvester repair"):
            self.job.action_send()
        self.assertEqual(self.job.state, "draft")

    def test_certified_technician_is_sent(self):
        self._certify("2026-06-15")
        self.assertFalse(self.job.certificate_warning)
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")

    def test_certificate_expired_on_the_day_of_the_visit(self):
        self._certify("2026-06-14")
        self.assertIn("Harvester repair", self.job.certificate_warning)
        with self.assertRaisesRegex(UserError, "no valid certificate"):
            self.job.action_send()

    def test_preferred_certificate_only_warns(self):
        self.scope.requirement = "preferred"
        self.assertIn("Harvester repair", self.job.certificate_warning)
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")
