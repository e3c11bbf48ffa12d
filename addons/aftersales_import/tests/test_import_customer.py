import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ImportCommon, make_csv, make_xlsx

HEADER = ["客户姓名", "联系电话", "地址"]


@tagged("post_install", "-at_install")
class TestImportCustomer(ImportCommon):
    """The engine, by the smallest kind of list: a dealer's customers."""

    def _get_customers(self):
        return self.env["res.partner"].search(
            [("dealer_id", "=", self.dealer_a.id), ("import_job_id", "!=", False)]
        )

    def test_rows_are_imported_for_the_dealer_of_the_user(self):
        rows = [
            HEADER,
            ["张三", "13800138000", "哈尔滨"],
            ["李四", 13900139000.0, None],
        ]
        job = self._import(make_xlsx(rows), dealer_id=self.dealer_b.id)
        self.assertEqual(job.state, "done")
        self.assertAccount(job, 2, imported=2)
        customers = self._get_customers().sorted("phone")
        self.assertRecordValues(
            customers,
            [
                {"name": "张三", "phone": "13800138000", "street": "哈尔滨"},
                {"name": "李四", "phone": "13900139000", "street": False},
            ],
        )
        self.assertEqual(customers.import_job_id, job)
        self.assertEqual(job.result_count, 2)

    def test_preview_imports_nothing_and_shows_each_verdict(self):
        self._import(make_xlsx([HEADER, ["张三", "13800138000", ""]]))
        rows = [
            HEADER,
            ["张三", "13800138000", ""],
            ["李四", "13900139000", ""],
            ["", "13900139001", ""],
        ]
        job = self._create_job(make_xlsx(rows))
        job.action_preview()
        self.assertEqual(job.state, "previewed")
        self.assertAccount(job, 3, skipped=1, refused=1, ready=1)
        self.assertEqual(job.verdicts, {"duplicate": 1, "ok": 1, "refused": 1})
        for text in ("Duplicate", "To import", "Refused", "李四"):
            self.assertIn(text, job.preview)
        self.assertEqual(len(self._get_customers()), 1)

    def test_same_file_twice_changes_nothing(self):
        content = make_xlsx([HEADER, ["张三", "13800138000", ""], ["李四", None, ""]])
        self._import(content)
        before = self._get_customers()
        job = self._create_job(content)
        job.action_preview()
        self.assertAccount(job, 2, skipped=2)
        self.assertFalse(job.can_import)
        with self.assertRaises(UserError):
            job.action_import()
        self.assertEqual(self._get_customers(), before)

    def test_duplicate_in_file_names_the_first_row(self):
        rows = [HEADER, ["张三", "13800138000", ""], ["张三", "138 0013 8000", ""]]
        rows.append(["张三", "13800138000", "again"])
        job = self._import(make_xlsx(("Jan", rows)))
        self.assertAccount(job, 3, imported=2, skipped=1)
        self.assertRecordValues(
            job.line_ids,
            [{"sheet": "Jan", "row": 4, "column": "客户姓名", "verdict": "duplicate"}],
        )
        self.assertIn("Jan:2", job.line_ids.reason)

    def test_policy_all_imports_nothing_when_a_row_is_refused(self):
        rows = [HEADER, ["张三", "13800138000", ""], ["李四", "call me", ""]]
        job = self._create_job(make_xlsx(rows), policy="all")
        job.action_preview()
        self.assertFalse(job.can_import)
        with self.assertRaises(UserError):
            job.action_import()
        self.assertFalse(self._get_customers())
        self.assertRecordValues(
            job.line_ids,
            [
                {
                    "row": 3,
                    "column": "联系电话",
                    "value": "call me",
                    "verdict": "refused",
                }
            ],
        )
        job.policy = "good"
        job.action_import()
        self.assertEqual(self._get_customers().name, "张三")
        self.assertAccount(job, 2, imported=1, refused=1)

    def test_corrected_workbook_completes_the_import(self):
        rows = [HEADER, ["张三", "13800138000", "x"], ["李四", "call me", "=1+1"]]
        job = self._import(make_xlsx(rows))
        content = job._get_remaining_workbook()
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[0]
        self.assertEqual(
            [[cell.value for cell in row] for row in sheet.iter_rows()],
            [
                [*HEADER, "Verdict", "Reason"],
                ["李四", "call me", "=1+1", "Refused", "This is no phone number."],
            ],
        )
        sheet["B2"] = "13900139000"
        corrected = io.BytesIO()
        book.save(corrected)
        again = self._import(corrected.getvalue())
        self.assertAccount(again, 1, imported=1)
        self.assertEqual(set(self._get_customers().mapped("name")), {"张三", "李四"})

    def test_workbook_before_import_holds_all_rows(self):
        rows = [HEADER, ["张三", "13800138000", "x"], ["李四", "call me", "y"]]
        job = self._create_job(make_xlsx(rows))
        job.action_preview()
        book = openpyxl.load_workbook(io.BytesIO(job._get_remaining_workbook()))
        verdicts = [row[3].value for row in book.worksheets[0].iter_rows(min_row=2)]
        self.assertEqual(verdicts, ["To import", "Refused"])

    def test_unknown_header_is_mapped_once_and_remembered(self):
        rows = [["Wer", "Fon", "Wo"], ["Zhang", "13800138000", "Harbin"]]
        job = self._create_job(make_xlsx(rows))
        job.action_preview()
        self.assertFalse(job.is_complete)
        self.assertIn("Name", job.notices)
        keys = {"Wer": "name", "Fon": "phone"}
        for column in job.column_ids:
            column.field_id = self.env["aftersales.import.field"].search(
                [("kind", "=", "customer"), ("key", "=", keys.get(column.name))]
            )
        job.action_preview()
        job.action_import()
        self.assertEqual(self._get_customers().name, "Zhang")
        rows[1:] = [["Li", "13900139000", "Harbin"]]
        again = self._import(make_csv(rows, "gb18030"), filename="x.csv")
        self.assertAccount(again, 1, imported=1)
        other = self._create_job(make_xlsx(rows), self.user_agent_b)
        other.action_preview()
        self.assertFalse(other.is_complete)  # another dealer's memory is his own

    def test_title_rows_hidden_sheets_and_repeated_headers(self):
        rows = [["Customers of 2024"], [], HEADER, ["张三", "13800138000", "x"]]
        rows += [HEADER, ["李四", "13900139000", "x"], [None] * 5 + ["note"]]
        job = self._import(make_xlsx(("Data", rows), ("Notes", [["nothing here"]])))
        self.assertAccount(job, 2, imported=2)
        self.assertIn("Data", job.notices)
        self.assertIn("Notes", job.notices)

    def test_two_columns_cannot_fill_one_field(self):
        job = self._create_job(make_xlsx([["姓名", "Alias"], ["张三", "x"]]))
        job.action_preview()
        job.column_ids.field_id = job.column_ids.field_id
        job.column_ids[1].field_id = job.column_ids[0].field_id
        with self.assertRaisesRegex(UserError, "姓名.*Alias|Alias.*姓名"):
            job.action_preview()

    def test_unreadable_files_are_refused_in_words(self):
        for content, words in (
            (b"%PDF-1.4", "no table file"),
            (b"<html><table></table></html>", "web page"),
            (b"   ", "empty"),
            (b"PK\x03\x04garbage", "damaged"),
        ):
            job = self._create_job(content)
            with self.assertRaisesRegex(UserError, words):
                job.action_preview()
            self.assertEqual(job.state, "draft")

    def test_counters_cannot_be_written_by_hand(self):
        job = self._create_job(make_xlsx([HEADER, ["张三", "", ""]]))
        for vals in ({"imported": 5}, {"state": "done"}, {"position": 1}):
            with self.assertRaises(AccessError):
                job.write(vals)
        self.assertEqual((job.state, job.imported), ("draft", 0))

    def test_dealer_cannot_see_another_dealers_import(self):
        job = self._create_job(make_xlsx([HEADER, ["张三", "call me", ""]]))
        job.action_preview()
        self.assertEqual(len(job.line_ids), 1)
        for model, domain in (
            ("aftersales.import.job", [("id", "=", job.id)]),
            ("aftersales.import.line", [("job_id", "=", job.id)]),
            ("aftersales.import.column", [("job_id", "=", job.id)]),
        ):
            records = self.env[model].with_user(self.user_agent_b)
            self.assertFalse(records.search(domain))
            with self.assertRaises(AccessError):
                records.browse(self.env[model].search(domain).ids).read(["id"])
        with self.assertRaises(AccessError):
            job.with_user(self.user_agent_b).action_preview()
        with self.assertRaises(AccessError):
            job.with_user(self.user_agent_b)._get_remaining_workbook()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", job._name),
                ("res_id", "=", job.id),
                ("res_field", "=", "file"),
            ]
        )
        self.assertEqual(len(attachment), 1)
        with self.assertRaises(AccessError):
            attachment.with_user(self.user_agent_b).read(["datas"])

    def test_roles_without_imports_are_refused(self):
        content = make_xlsx([HEADER, ["张三", "", ""]])
        for user in (self.user_inspector, self.user_accountant, self.user_keeper):
            with self.assertRaises(AccessError):
                self._create_job(content, user)

    def test_mapping_memory_is_closed_to_dealers(self):
        self._import(make_xlsx([HEADER, ["张三", "", ""]]))
        for operation in ("read", "write", "create", "unlink"):
            with self.subTest(operation):
                mappings = self.env["aftersales.import.mapping"]
                self.assertFalse(
                    mappings.with_user(self.user_agent_a).has_access(operation)
                )

    def test_large_file_runs_in_the_background_and_reports(self):
        rows = [HEADER] + [[f"客户{i}", f"138{i:08d}", ""] for i in range(1200)]
        self.patch(type(self.env["aftersales.import.job"]), "_background_rows", 1000)
        job = self._create_job(make_xlsx(rows))
        job.action_preview()
        job.action_import()
        self.assertEqual(job.state, "queued")
        self.assertFalse(self._get_customers())
        with self.enter_registry_test_mode():
            cron = self.env.ref("aftersales_import.cron_import")
            cron.with_user(self.env.ref("base.user_root")).method_direct_trigger()
            self.assertEqual(job.progress, 100)
        job.invalidate_recordset()
        self.assertEqual(job.state, "done")
        self.assertAccount(job, 1200, imported=1200)
        self.assertEqual(len(self._get_customers()), 1200)
        self.assertEqual(self._get_customers().create_uid, self.user_agent_a)
        progress = self.env["aftersales.import.progress"].search([("job", "=", job.id)])
        self.assertRecordValues(progress, [{"done": 1200, "total": 1200}])

    def test_stopped_import_goes_on_where_it_stopped(self):
        rows = [HEADER] + [[f"客户{i}", f"138{i:08d}", ""] for i in range(1200)]
        job = self._create_job(make_xlsx(rows))
        job.action_preview()
        table = job._check_table(*job._get_layouts(job._read_sheets()))
        job._save({"total": 1200})
        job._write_batch(table, 0, 500)
        self.assertAccount(job, 1200, imported=500, ready=700)
        job.action_import()
        self.assertEqual(job.state, "done")
        self.assertAccount(job, 1200, imported=1200)
        self.assertEqual(len(self._get_customers()), 1200)

    def test_file_of_another_layout_is_mapped_anew(self):
        job = self._create_job(make_xlsx([HEADER, ["张三", "", ""]]))
        job.action_preview()
        job.action_reset()
        content = make_xlsx([["Customer Name", "Mobile"], ["Li", "13900139000"]])
        job.file = base64.b64encode(content)
        job.action_preview()
        self.assertEqual(job.column_ids.mapped("name"), ["Customer Name", "Mobile"])
        job.action_import()
        self.assertEqual(self._get_customers().name, "Li")
