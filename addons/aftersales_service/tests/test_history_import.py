import base64
import csv
import io
from collections import Counter
from datetime import datetime
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.common import AftersalesCommon

HEADER = [
    "id",
    "product_category",
    "brand",
    "year_of_manufacture",
    "product_age",
    "repair_status",
    "group_identifier",
    "event_date",
    "problem",
]
# The public data set, when it lies beside the repository.
DATA = Path(__file__).parents[4] / "shared" / "data" / "open_repair_restart_202204.csv"


@tagged("post_install", "-at_install")
class TestHistoryImport(AftersalesCommon):
    """Past repairs from a file of another system."""

    def _create_job(self, rows, user=None, **vals):
        buffer = io.StringIO()
        csv.writer(buffer).writerows([HEADER, *rows])
        return self._create_file_job(buffer.getvalue().encode(), user, **vals)

    def _create_file_job(self, content, user=None, **vals):
        return (
            self.env["aftersales.import.job"]
            .with_user(user or self.user_manager)
            .create(
                {
                    "kind": "history",
                    "file": base64.b64encode(content),
                    "filename": "history.csv",
                    **vals,
                }
            )
        )

    @staticmethod
    def _row(reference, **cells):
        values = {
            "id": reference,
            "product_category": "Toaster",
            "brand": "Acme",
            "year_of_manufacture": "2015",
            "product_age": "3",
            "repair_status": "Fixed",
            "group_identifier": "Repair Café Nord",
            "event_date": "2018-05-06",
            "problem": 'Says "no",\nthen nothing',
            **cells,
        }
        return [values[name] for name in HEADER]

    def _import(self, rows, **vals):
        job = self._create_job(rows, **vals)
        job.action_preview()
        job.action_import()
        return job

    def _get_repairs(self, job):
        return self.env["repair.order"].search(
            [("import_job_id", "=", job.id)], order="history_ref"
        )

    def test_rows_become_closed_repairs_without_moves(self):
        moves = self.env["stock.move"].search_count([])
        job = self._import(
            [
                self._row("r1"),
                self._row("r2", repair_status="End of life", brand=""),
                self._row("r3", repair_status="Repairable", product_age=""),
                self._row("r4", repair_status="Unknown", event_date="2019-12-31"),
            ]
        )
        self.assertEqual((job.state, job.total, job.imported), ("done", 4, 4))
        repairs = self._get_repairs(job)
        dealer = self.env["aftersales.dealer"].search(
            [("name", "=", "Repair Café Nord")]
        )
        self.assertEqual(dealer.code, "REPAIR-CAF-NORD")
        common = {"dealer_id": dealer.id, "state": "done", "is_history": True}
        self.assertRecordValues(
            repairs,
            [
                {
                    **common,
                    "result": result,
                    "history_result": result,
                    "lot_id": False,
                    "staff_id": False,
                    "move_id": False,
                }
                for result in ("fixed", "end_of_life", "repairable", "unknown")
            ],
        )
        self.assertEqual(repairs[0].history_problem, 'Says "no",\nthen nothing')
        self.assertEqual(repairs[0].finished_at, datetime(2018, 5, 6, 12))
        self.assertEqual(repairs[3].schedule_date, datetime(2019, 12, 31, 12))
        self.assertEqual(repairs.product_id.name, "Toaster")
        self.assertEqual(len(set(repairs.mapped("name"))), 4)
        self.assertEqual(self.env["stock.move"].search_count([]), moves)

    def test_every_row_is_accounted_for(self):
        job = self._import(
            [
                self._row("r1"),
                self._row("r1"),
                self._row("r2", event_date=""),
                self._row("r3", event_date="2999-01-01"),
                self._row("r4", repair_status="Sold"),
                self._row("r5", group_identifier=""),
                self._row("r6", product_category=""),
                self._row("r7", year_of_manufacture="17"),
                self._row(""),
                self._row(""),
            ]
        )
        self.assertEqual(
            (job.total, job.imported, job.skipped, job.refused), (10, 2, 2, 6)
        )
        self.assertEqual(
            [(line.row, line.column) for line in job.line_ids],
            [
                (3, "id"),
                (4, "event_date"),
                (5, "event_date"),
                (6, "repair_status"),
                (7, "group_identifier"),
                (8, "product_category"),
                (9, "year_of_manufacture"),
                (11, "id"),
            ],
        )
        self.assertEqual(len(self._get_repairs(job)), 2)

    def test_same_file_twice_changes_nothing(self):
        rows = [self._row("r1"), self._row(""), self._row("", problem="")]
        first = self._import(rows)
        again = self._create_job(rows)
        again.action_preview()
        self.assertEqual((again.total, again.skipped), (3, 3))
        with self.assertRaises(UserError):
            again.action_import()
        history = [("is_history", "=", True)]
        repairs = self.env["repair.order"].search(history)
        self.assertEqual(repairs & self._get_repairs(first), self._get_repairs(first))
        self.assertFalse(self._get_repairs(again))

    def test_missing_dealers_are_refused_unless_wanted(self):
        rows = [self._row("r1"), self._row("r2", group_identifier="A01")]
        job = self._import(rows, create_dealers=False)
        self.assertEqual((job.imported, job.refused), (1, 1))
        self.assertEqual(self._get_repairs(job).dealer_id, self.dealer_a)
        self.assertFalse(
            self.env["aftersales.dealer"].search([("name", "=", "Repair Café Nord")])
        )

    def test_imported_record_equals_created_one(self):
        job = self._import([self._row(f"r{number}") for number in range(3)])
        repairs = self._get_repairs(job)
        table = job._check_table(*job._get_layouts(job._read_sheets()))
        vals = job._get_kind()._prepare_vals(job, table, repairs.dealer_id.id, 0)
        vals["product_id"] = repairs.product_id.id
        vals["history_ref"] = "by hand"
        made = self.env["repair.order"].with_user(self.user_manager).sudo().create(vals)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM repair_order WHERE id IN %s ORDER BY id",
            [(repairs[2].id, made.id)],
        )
        own = {"id", "name", "history_ref", "write_uid"}
        left, right = (
            {name: value for name, value in row.items() if name not in own}
            for row in self.env.cr.dictfetchall()
        )
        self.assertEqual(left, right)
        self.assertEqual(repairs[2].reference_ids.mapped("name"), [repairs[2].name])
        self.assertEqual(
            repairs[2].message_ids.mapped("body"), made.message_ids.mapped("body")
        )

    def test_only_the_manager_imports_history(self):
        for user in (self.user_support, self.user_agent_a, self.user_manager_a):
            with self.assertRaises(AccessError):
                self._create_job([self._row("r1")], user)

    def test_dealer_sees_the_history_of_his_own_dealer_only(self):
        job = self._import(
            [
                self._row("r1", group_identifier="A01"),
                self._row("r2", group_identifier="B01"),
            ]
        )
        seen = self.env["repair.order"].with_user(self.user_agent_a)
        self.assertEqual(
            seen.search([("id", "in", self._get_repairs(job).ids)]).history_ref, "r1"
        )

    def test_public_data_set_is_accounted_for_to_the_row(self):
        if not DATA.exists():
            self.skipTest("optional data: ../shared/data is not beside the repository")
        content = DATA.read_bytes()
        with open(DATA, encoding="utf-8", newline="") as handle:
            expected = Counter()
            references = set()
            for row in csv.DictReader(handle):
                if row["id"] not in references:
                    references.add(row["id"])
                    result = row["repair_status"].lower().replace(" ", "_")
                    group = " ".join(row["group_identifier"].split())
                    expected[group, row["event_date"][:7], result] += 1
        self.patch(type(self.env["aftersales.import.job"]), "_background_rows", 10**6)
        job = self._create_file_job(content)
        job.action_preview()
        job.action_import()
        self.assertEqual(
            (job.total, job.imported, job.skipped, job.refused), (23940, 23940, 0, 0)
        )
        groups = self.env["repair.order"].formatted_read_group(
            [("import_job_id", "=", job.id)],
            ["dealer_id", "finished_at:month", "result"],
            ["__count"],
        )
        dealers = self.env["aftersales.dealer"].search([])
        names = {dealer.id: dealer.name for dealer in dealers}
        counted = {
            (
                names[group["dealer_id"][0]],
                group["finished_at:month"][0][:7],
                group["result"],
            ): group["__count"]
            for group in groups
        }
        self.assertEqual(counted, dict(expected))
        again = self._create_file_job(content)
        again.action_preview()
        self.assertEqual((again.total, again.skipped), (23940, 23940))
