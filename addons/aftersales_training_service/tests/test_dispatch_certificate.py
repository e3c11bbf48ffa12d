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

    def _plan_operation(self, name):
        operation = self.env["aftersales.operation"].create(
            {"name": name, "code": name.upper(), "hours": 1}
        )
        self.job.operation_ids |= operation
        return operation

    def test_qualification_for_operations_is_asked_for_those_alone(self):
        pump = self._plan_operation("Pump")
        self.scope.operation_ids = self.env["aftersales.operation"].create(
            {"name": "Gearbox", "code": "GEAR", "hours": 3}
        )
        self.assertFalse(self.job.certificate_warning)
        self.scope.operation_ids |= pump
        self.job.invalidate_recordset()
        self.assertIn("Harvester repair", self.job.certificate_warning)
        with self.assertRaisesRegex(UserError, "Harvester repair"):
            self.job.action_send()
        self.assertEqual(self.job.state, "draft")
        self._certify("2026-06-15")
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")

    def test_other_product_family_asks_for_nothing(self):
        self.scope.categ_ids = self.env["product.category"].create({"name": "Oils"})
        self.assertFalse(self.job.certificate_warning)
        self.scope.categ_ids |= self.job.product_id.categ_id
        self.job.invalidate_recordset()
        self.assertIn("Harvester repair", self.job.certificate_warning)

    def test_unplanned_work_asks_for_no_operation(self):
        self.scope.operation_ids = self.env["aftersales.operation"].create(
            {"name": "Gearbox", "code": "GEAR", "hours": 3}
        )
        self.assertFalse(self.job.operation_ids)
        self.job.action_send()
        self.assertEqual(self.job.state, "sent")

    def test_visit_after_the_companys_midnight_wants_a_valid_certificate(self):
        """In Shanghai the 16th begins at 16:00 UTC on the 15th."""
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._certify("2026-06-15")
        for start, warned in (
            ("2026-06-15 15:30:00", False),
            ("2026-06-15 16:30:00", True),
        ):
            with self.subTest(start=start):
                self.job.write({"date_start": start, "date_end": "2026-06-15 18:00:00"})
                self.assertEqual(bool(self.job.certificate_warning), warned)

    def test_course_covers_what_its_qualification_does(self):
        pump = self._plan_operation("Pump")
        self.scope.operation_ids = pump
        topic = self.env["aftersales.training.topic"].create(
            {"name": "Pumps", "code": "TP", "content": "repair"}
        )
        course = self.env["aftersales.training.course"].create(
            {
                "name": "Pumps",
                "code": "P1",
                "topic_id": topic.id,
                "scope_id": self.scope.id,
            }
        )
        self.assertEqual(course.operation_ids, pump)

    def test_certificate_names_its_operations(self):
        self.scope.operation_ids = self._plan_operation("Pump")
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_certificate.report_certificate", self._certify(False).ids
        )
        self.assertIn("Operations: <span>Pump</span>", html.decode())

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
