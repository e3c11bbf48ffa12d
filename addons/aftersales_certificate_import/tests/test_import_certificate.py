import doctest
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_certificate.tests.common import CertificateCommon
from odoo.addons.aftersales_import.tests.common import ImportCommon, make_xlsx

from ..models import aftersales_import_kind_certificate

HEADER = ["证书编号", "姓名", "单位", "课程", "成绩", "发证日", "有效期"]


@tagged("post_install", "-at_install")
class TestImportCertificate(ImportCommon, CertificateCommon):
    def _run(self, *rows):
        content = make_xlsx([HEADER, *rows])
        return self._import(content, self.user_coordinator, kind="certificate")

    def _get_row(self, staff, **changes):
        row = {
            "number": "HG-0815",
            "name": staff.name,
            "dealer": staff.dealer_id.code,
            "scope": "eng",
            "score": 92,
            "valid_from": date(2026, 1, 10),
            "valid_to": None,
            **changes,
        }
        return list(row.values())

    def test_paper_certificates_are_taken_over(self):
        end = date(2026, 12, 31)
        job = self._run(
            self._get_row(self.technician_a),
            self._get_row(self.technician_b, dealer="Southern Machinery", valid_to=end),
        )
        self.assertAccount(job, 2, imported=2)
        certificates = self.env["aftersales.certificate"].search(
            [("import_job_id", "=", job.id)]
        )
        self.assertRecordValues(
            certificates.sorted("dealer_id"),
            [
                {
                    "staff_id": self.technician_a.id,
                    "scope_id": self.scope.id,
                    "paper_number": "HG-0815",
                    "score": 92,
                    "valid_from": date(2026, 1, 10),
                    "valid_to": date(2028, 1, 9),
                },
                {
                    "staff_id": self.technician_b.id,
                    "scope_id": self.scope.id,
                    "paper_number": "HG-0815",
                    "score": 92,
                    "valid_from": date(2026, 1, 10),
                    "valid_to": end,
                },
            ],
        )

    def test_same_list_twice_changes_nothing(self):
        self._run(self._get_row(self.technician_a))
        content = make_xlsx([HEADER, self._get_row(self.technician_a)])
        job = self._create_job(content, self.user_coordinator, kind="certificate")
        job.action_preview()
        self.assertAccount(job, 1, skipped=1)

    def test_second_for_the_same_time_in_the_file_is_skipped(self):
        row = self._get_row(self.technician_a)
        again = self._get_row(self.technician_a, valid_from=date(2027, 1, 1))
        self.assertAccount(self._run(row, again), 2, imported=1, skipped=1)

    def test_what_cannot_be_told_is_refused_with_its_reason(self):
        job = self._run(
            self._get_row(self.technician_b),
            self._get_row(self.technician_a, name="Nobody"),
            self._get_row(self.technician_a, dealer="B01"),
            self._get_row(self.technician_a, scope="Flying"),
            self._get_row(self.technician_a, score=101),
            self._get_row(self.technician_a, valid_to=date(2025, 1, 1)),
        )
        self.assertAccount(job, 6, imported=1, refused=5)
        self.assertEqual(
            job.line_ids.sorted("row").mapped("column"),
            ["姓名", "姓名", "课程", "成绩", "有效期"],
        )

    def test_namesakes_are_told_apart_by_phone(self):
        twin = self.env["aftersales.staff"].create(
            {"name": self.technician_a.name, "dealer_id": self.dealer_a.id}
        )
        twin.partner_id.phone = "13800138000"
        content = make_xlsx([HEADER, self._get_row(self.technician_a)])
        job = self._create_job(content, self.user_coordinator, kind="certificate")
        job.action_preview()
        self.assertAccount(job, 1, refused=1)
        content = make_xlsx(
            [[*HEADER, "电话"], [*self._get_row(self.technician_a), "13800138000"]]
        )
        job = self._import(content, self.user_coordinator, kind="certificate")
        self.assertAccount(job, 1, imported=1)
        self.assertEqual(twin.certificate_ids.import_job_id, job)

    def test_dealer_and_support_cannot_import_certificates(self):
        content = make_xlsx([HEADER, self._get_row(self.technician_a)])
        for user in (self.user_manager_a, self.user_support):
            with self.assertRaises(AccessError):
                self._create_job(content, user, kind="certificate")

    def test_coordinator_sees_no_other_lists(self):
        rows = [["姓名", "电话"], ["张三", "13800138000"]]
        job = self._create_job(make_xlsx(rows), self.user_support)
        self.assertFalse(
            job.with_user(self.user_coordinator).search([("id", "=", job.id)])
        )
        self.assertEqual(job.with_user(self.user_manager).search_count([]), 1)

    def test_doctests(self):
        failed, tried = doctest.testmod(aftersales_import_kind_certificate)
        self.assertEqual((failed, tried), (0, 2))
