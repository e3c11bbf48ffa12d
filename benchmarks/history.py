"""History import against a bare batched repair.order.create of as many rows."""

import base64
import csv
import io
import statistics
from pathlib import Path

from .suite import Clock, interleave, median_ratio

SECTION = "Importing service history"
DATA = (
    Path(__file__).resolve().parents[2]
    / "shared"
    / "data"
    / "open_repair_restart_202204.csv"
)
BATCH = 500
# Columns that differ by nature: identity, time, who flushed, and the file.
IDENTITY = {"id", "name", "write_uid", "import_job_id", "create_date", "write_date"}


def get_content(limit):
    """The public data set when it is beside the repository, else rows of our own."""
    if DATA.exists():
        with open(DATA, encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))[: limit + 1 if limit else None]
    else:
        rows = [["id", "product_category", "repair_status", "group_identifier"]]
        rows[0] += ["event_date", "problem"]
        for number in range(limit or 20_000):
            group, day = (
                f"Group {number % 150}",
                f"20{10 + number % 14}-0{1 + number % 9}",
            )
            status = ("Fixed", "Repairable", "End of life")[number % 3]
            problem = f"Problem {number}"
            cells = [f"r{number}", f"Thing {number % 40}", status, group, f"{day}-11"]
            rows.append([*cells, problem])
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(), len(rows) - 1


class Sides:
    def __init__(self, env, content):
        self.env = env
        self.found = {}
        jobs = env["aftersales.import.job"]
        type(jobs)._background_rows = 10**9  # in this process, where it is measured
        self.job = jobs.create(
            {
                "kind": "history",
                "file": base64.b64encode(content),
                "filename": "history.csv",
            }
        )
        self.job.action_preview()
        self._create_masters()
        env.cr.commit()

    def _create_masters(self):
        """Dealers and machines first: both ways measure repairs only."""
        handler = self.job._get_kind()
        table = self.job._check_table(*self.job._get_layouts(self.job._read_sheets()))
        indexes = table.get_importable()
        handler._create_missing_dealers(table, indexes)
        handler._create_missing_products(table, indexes)
        for dealer in self.env["aftersales.dealer"].search([]):
            dealer._get_stock_location()
        self.vals_list = [
            handler._prepare_vals(
                self.job, table, table.values["dealer_id"][index], index
            )
            for index in indexes
        ]

    def import_file(self):
        with Clock() as clock:
            self.job.action_import()
            self.env.flush_all()
        assert self.job.state == "done", self.job.notices
        return self._finish("import", clock)

    def create(self):
        repairs = self.env["repair.order"].sudo()
        vals_list = [dict(vals) for vals in self.vals_list]
        with Clock() as clock:
            for start in range(0, len(vals_list), BATCH):
                repairs.create(vals_list[start : start + BATCH])
                self.env.flush_all()
        return self._finish("create", clock)

    def _finish(self, name, clock):
        self.env.cr.execute(
            "SELECT * FROM repair_order WHERE import_job_id = %s", [self.job.id]
        )
        self.found[name] = sorted(
            sorted((k, repr(v)) for k, v in row.items() if k not in IDENTITY)
            for row in self.env.cr.dictfetchall()
        )
        self.env.cr.execute(
            "WITH r AS (SELECT id, name FROM repair_order WHERE import_job_id = %s) "
            "SELECT (SELECT count(*) FROM mail_message m JOIN r ON m.res_id = r.id "
            "WHERE m.model = 'repair.order'), "
            "(SELECT count(*) FROM mail_followers f JOIN r ON f.res_id = r.id "
            "WHERE f.res_model = 'repair.order'), "
            "(SELECT count(*) FROM stock_reference_repair_rel x "
            "JOIN r ON x.repair_id = r.id "
            "JOIN stock_reference s ON s.id = x.reference_id AND s.name = r.name)",
            [self.job.id],
        )
        self.found[name].append(self.env.cr.fetchone())
        self.env.cr.rollback()
        self.env.invalidate_all()
        return clock.seconds


def run(env, report, options):
    limit = 0 if options["rows"] >= 10_000 else options["rows"]
    content, count = get_content(limit)
    sides = Sides(env, content)
    ways = {"import": sides.import_file, "bare create": sides.create}
    times = interleave(options["repeat"], ways)
    assert sides.found["import"] == sides.found["create"], "the sides differ"
    ratio = median_ratio(times["import"], times["bare create"])
    source = "public data set" if DATA.exists() else "generated rows"
    seconds = statistics.median(times["import"])
    report.add(
        SECTION,
        f"import / bare create in batches of {BATCH}, {count:,} rows ({source}), "
        f"{options['repeat']} turns",
        f"{ratio:.2f} × ({seconds:.1f} s, {count / seconds:,.0f} rows/s)",
        "≤ 1.3 ×",
        ratio <= 1.3,
    )
