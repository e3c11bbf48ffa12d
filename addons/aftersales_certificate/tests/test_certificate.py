from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import CertificateCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestCertificate(CertificateCommon):
    def test_validity_follows_qualification(self):
        Certificate = self.env["aftersales.certificate"].with_user(
            self.user_coordinator
        )
        with Form(Certificate) as form:
            form.partner_id = self.technician_a.partner_id
            form.scope_id = self.scope
            form.valid_from = date(2026, 3, 1)
        certificate = form.record
        self.assertRecordValues(
            certificate,
            [
                {
                    "staff_id": self.technician_a.id,
                    "dealer_id": self.dealer_a.id,
                    "valid_to": date(2028, 2, 29),
                    "status": "valid",
                    "days_left": 638,
                }
            ],
        )
        self.assertTrue(certificate.name.startswith("TC2026"))

    def test_without_end_when_validity_is_zero(self):
        self.scope.validity_months = 0
        certificate = self._create_certificate(self.technician_a)
        self.assertFalse(certificate.valid_to)
        self.assertEqual(certificate.status, "valid")

    def test_status_and_its_search_agree(self):
        expired = self._create_certificate(self.technician_a, "2020-01-01")
        valid = self._create_certificate(self.technician_a, "2026-01-01")
        upcoming = self._create_certificate(self.technician_a, "2028-01-01")
        withdrawn = self._create_certificate(self.technician_b)
        withdrawn.with_user(self.user_coordinator)._withdraw("Wrong person")
        Certificate = self.env["aftersales.certificate"]
        for record, status in (
            (expired, "expired"),
            (valid, "valid"),
            (upcoming, "upcoming"),
            (withdrawn, "withdrawn"),
        ):
            self.assertEqual(record.status, status)
            found = Certificate.search(
                [("status", "=", status), ("scope_id", "=", self.scope.id)]
            )
            self.assertEqual(found, record)

    def test_second_certificate_for_the_same_time_names_the_first(self):
        first = self._create_certificate(self.technician_a)
        with (
            self.assertRaisesRegex(ValidationError, first.name),
            self.env.cr.savepoint(),
        ):
            self._create_certificate(self.technician_a, "2027-12-31")
        self.env.invalidate_all()
        self.assertEqual(self.technician_a.certificate_ids, first)

    def test_renewal_begins_the_day_after(self):
        first = self._create_certificate(self.technician_a)
        self.assertEqual(first.valid_to, date(2027, 12, 31))
        second = self._create_certificate(self.technician_a, "2028-01-01")
        self.assertTrue(first.is_renewed)
        self.assertFalse(second.is_renewed)

    def test_database_refuses_what_another_transaction_hides(self):
        """The check in Python is blind to uncommitted rows; the database is not."""
        self._create_certificate(self.technician_a)
        Certificate = self.env.registry["aftersales.certificate"]
        empty = self.env["aftersales.certificate"]
        with (
            mute_logger("odoo.sql_db"),
            patch.object(Certificate, "_get_overlapping", lambda self: empty),
            self.assertRaises(IntegrityError) as refusal,
            self.env.cr.savepoint(),
        ):
            self._create_certificate(self.technician_a, "2026-05-01")
        self.assertEqual(
            refusal.exception.diag.constraint_name, "aftersales_certificate_no_overlap"
        )

    def test_withdrawal_needs_reason_and_ends_validity(self):
        certificate = self._create_certificate(self.technician_a)
        action = certificate.with_user(self.user_coordinator).action_withdraw()
        wizard = Form.from_action(self.env(user=self.user_coordinator), action)
        wizard.reason = "Unsafe work on high-voltage parts"
        wizard.save().action_confirm()
        self.assertRecordValues(
            certificate,
            [
                {
                    "state": "withdrawn",
                    "status": "withdrawn",
                    "withdrawn_on": date(2026, 6, 1),
                    "withdrawn_by_id": self.user_coordinator.id,
                    "withdraw_reason": "Unsafe work on high-voltage parts",
                }
            ],
        )
        self.assertFalse(self.technician_a.is_certified)

    def test_certificate_withdrawn_later_was_valid_before(self):
        certificate = self._create_certificate(self.technician_a)
        certificate.with_user(self.user_coordinator)._withdraw("Fraud")
        staff = self.technician_a
        self.assertEqual(staff._get_valid_scopes(date(2026, 5, 31))[staff], self.scope)
        self.assertFalse(staff._get_valid_scopes(date(2026, 6, 1))[staff])

    def test_withdrawn_twice_is_refused(self):
        certificate = self._create_certificate(self.technician_a)
        certificate.with_user(self.user_coordinator)._withdraw("Fraud")
        with self.assertRaisesRegex(UserError, "Withdrawn"):
            certificate.with_user(self.user_coordinator).action_withdraw()

    def test_issued_certificate_cannot_be_edited(self):
        certificate = self._create_certificate(self.technician_a)
        with self.assertRaises(UserError):
            certificate.with_user(self.user_coordinator).valid_to = "2030-01-01"
        with self.assertRaises(AccessError):
            certificate.with_user(self.user_coordinator).state = "withdrawn"
        self.assertEqual(certificate.valid_to, date(2027, 12, 31))

    def test_result_outside_the_scale_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create_certificate(self.technician_a, score=100.5)

    def test_missing_qualification_of_a_product_family(self):
        staff = self.technician_a | self.technician_b
        self._create_certificate(self.technician_a)
        missing = staff._get_missing_scopes(self.product_engine, date(2026, 6, 1))
        self.assertFalse(missing[self.technician_a])
        self.assertEqual(missing[self.technician_b], self.scope)
        other = self.env["product.product"].create({"name": "Bicycle"})
        missing = staff._get_missing_scopes(other, date(2026, 6, 1))
        self.assertFalse(missing[self.technician_b])

    def test_customer_engineer_holds_without_dealer(self):
        engineer = self.env["res.partner"].create({"name": "Customer's Engineer"})
        certificate = self.env["aftersales.certificate"].create(
            {"partner_id": engineer.id, "scope_id": self.scope.id}
        )
        self.assertFalse(certificate.dealer_id)
        self.assertEqual(certificate.status, "valid")
        staff = self.env["aftersales.staff"].create({"partner_id": engineer.id})
        self.assertEqual(certificate.staff_id, staff)

    def test_own_employee_gets_resume_line_and_skill(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "is_certification": True,
                "skill_level_ids": [
                    (0, 0, {"name": "Licensed", "level_progress": 100})
                ],
                "skill_ids": [(0, 0, {"name": "Engines"})],
            }
        )
        self.scope.write(
            {
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": skill_type.skill_level_ids.id,
            }
        )
        employee = self.env["hr.employee"].create({"name": "Own Trainer"})
        staff = self.env["aftersales.staff"].create(
            {
                "partner_id": employee.work_contact_id.id,
                "employee_id": employee.id,
                "role": "trainer",
            }
        )
        certificate = (
            self.env["aftersales.certificate"]
            .with_user(self.user_coordinator)
            .create(
                {
                    "partner_id": staff.partner_id.id,
                    "scope_id": self.scope.id,
                    "valid_from": "2026-01-01",
                }
            )
        )
        self.assertRecordValues(
            employee.resume_line_ids.filtered(
                lambda line: certificate.name in line.name
            ),
            [{"date_start": date(2026, 1, 1), "date_end": date(2027, 12, 31)}],
        )
        self.assertEqual(employee.employee_skill_ids.skill_id, self.scope.skill_id)
        certificate._withdraw("Left")
        self.assertEqual(certificate.sudo().resume_line_id.date_end, date(2026, 6, 1))
        self.assertEqual(employee.employee_skill_ids.valid_to, date(2026, 6, 1))

    def test_printed_certificate_carries_number_and_qr(self):
        certificate = self._create_certificate(self.technician_a)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "aftersales_certificate.report_certificate", certificate.ids
            )[0]
            .decode()
        )
        self.assertIn(certificate.name, html)
        self.assertIn("data:image/png;base64,", html)
        self.assertIn(self.technician_a.name, html)
