"""Card import from .xlsx against Model.load and against COPY of the same rows."""

import base64
import io
import random
import statistics
from datetime import date, timedelta

from odoo.addons.aftersales_import.tests.common import make_xlsx

from .suite import Clock, get_peak, interleave, median_ratio, reset_peak

SECTION = "Importing warranty cards"
HEADER = ["产品型号", "整机编号", "购机日期", "发票号", "用户姓名", "电话", "地址"]
HEADER += ["寄回日期", "作业小时", "经销商代码"]
MODELS = {
    "res.partner": "dealer_id IN %(dealers)s AND is_company IS NOT TRUE",
    "stock.lot": "product_id IN %(products)s",
    "aftersales.warranty.card": "dealer_id IN %(dealers)s",
    "aftersales.warranty.reading": "dealer_id IN %(dealers)s",
}
# Columns that differ by their nature: identity, time, who flushed, and the file.
IDENTITY = {"id", "name", "write_uid", "access_token", "import_job_id", "lot_id"}
IDENTITY |= {
    "partner_id",
    "card_id",
    "commercial_partner_id",
    "create_date",
    "write_date",
}


class Scene:
    """Machines, dealers and rows of a file."""

    def __init__(self, env):
        self.env = env
        category = env["product.category"].create({"name": "Benchmark machines"})
        machine = env.ref("aftersales_warranty.part_class_machine")
        env["aftersales.warranty.policy"].create(
            {
                "name": "Benchmark policy",
                "category_ids": [(6, 0, category.ids)],
                "term_ids": [(0, 0, {"part_class_id": machine.id, "months": 12})],
            }
        )
        self.products = env["product.product"].create(
            [
                {
                    "name": f"Benchmark machine {number}",
                    "default_code": f"BM-{number}",
                    "is_storable": True,
                    "tracking": "serial",
                    "is_machine": True,
                    "categ_id": category.id,
                }
                for number in range(10)
            ]
        )
        partners = env["res.partner"].create(
            [{"name": f"Benchmark dealer {n}", "is_company": True} for n in range(20)]
        )
        self.dealers = env["aftersales.dealer"].create(
            [
                {"partner_id": partner.id, "code": f"BD{number:02d}"}
                for number, partner in enumerate(partners)
            ]
        )
        env.cr.commit()

    def make_rows(self, count):
        """A machine a row, customers of their own, every second one with a meter."""
        chance = random.Random(count)
        rows = []
        for number in range(count):
            sold = date(2025, 1, 1) + timedelta(chance.randrange(500))
            returned = sold + timedelta(chance.randrange(40))
            rows.append(
                [
                    f"BM-{number % 10}",
                    f"SN{number:07d}",
                    sold,
                    f"INV-{number}",
                    f"客户{number:06d}",
                    f"138{number:08d}",
                    f"黑龙江省{number}号",
                    returned,
                    float(number % 90) if number % 2 else None,
                    f"BD{number % 20:02d}",
                ]
            )
        return rows

    def read(self):
        """All columns of all rows made, without those that differ by nature."""
        self.env.flush_all()
        found = {}
        for model, where in MODELS.items():
            self.env.cr.execute(*self._get_query("*", model, where))
            found[model] = sorted(
                tuple(sorted((k, repr(v)) for k, v in row.items() if k not in IDENTITY))
                for row in self.env.cr.dictfetchall()
            )
        self.env.cr.execute(
            "SELECT model, body, message_type, count(*) FROM mail_message "
            "WHERE model = ANY(%s) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [list(MODELS)],
        )
        found["messages"] = self.env.cr.fetchall()
        return found

    def _get_query(self, columns, model, where):
        table = self.env[model]._table
        values = {
            "dealers": tuple(self.dealers.ids),
            "products": tuple(self.products.ids),
        }
        return f'SELECT {columns} FROM "{table}" WHERE {where}', values


class Sides:
    """The ways to get the same rows into the database. Each ends with a rollback."""

    def __init__(self, scene, rows):
        self.scene = scene
        self.env = scene.env
        self.rows = rows
        self.found = {}
        self.dumps = []
        jobs = self.env["aftersales.import.job"]
        type(jobs)._background_rows = 10**9  # in this process, where it is measured
        self.job = jobs.create(
            {
                "kind": "card",
                "file": base64.b64encode(make_xlsx([HEADER, *rows])),
                "filename": "cards.xlsx",
            }
        )
        self.job.action_preview()
        self.env.cr.commit()

    def import_file(self):
        job = self.job
        with Clock() as clock:
            job.action_import()
            self.env.flush_all()
        assert (job.state, job.imported) == ("done", len(self.rows)), job.notices
        self.found["import"] = self.scene.read()
        self._dump()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return clock.seconds

    def preview_file(self):
        with Clock() as clock:
            self.job.action_preview()
            self.env.flush_all()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return clock.seconds

    def load(self):
        """Odoo's own import of the same customers, cards and readings."""
        env = self.env(su=True)
        customers = [[r[4], r[5], r[6], r[9]] for r in self.rows]
        cards = [
            [r[0], r[1], str(r[2]), r[3], r[4], str(r[7]), r[9], "submitted"]
            for r in self.rows
        ]
        readings = [
            [r[1], str(r[7]), str(r[8]), "import"]
            for r in self.rows
            if r[8] is not None
        ]
        with Clock() as clock:
            self._load(env, "res.partner", "name phone street dealer_id", customers)
            self._load(
                env,
                "aftersales.warranty.card",
                "product_id serial sale_date invoice_ref partner_id returned_on "
                "dealer_id state",
                cards,
            )
            columns = "card_id date value source"
            self._load(env, "aftersales.warranty.reading", columns, readings)
            env.flush_all()
        self.found["load"] = self.scene.read()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return clock.seconds

    def _load(self, env, model, columns, rows):
        result = env[model].load(columns.split(), rows)
        assert result["ids"] and not result["messages"], result["messages"][:3]

    def copy(self):
        """COPY of exactly the bytes that the import left, ids known."""
        with Clock() as clock:
            for statement, data in self.dumps:
                self.env.cr.execute("DISCARD PLANS")  # as the import does
                self.env.cr.copy_expert(statement, io.StringIO(data))
        self.found["copy"] = self.scene.read()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return clock.seconds

    def _dump(self):
        """Keep the rows of this import in COPY's format, parents first."""
        cr = self.env.cr
        self.dumps = []
        for model, where in MODELS.items():
            query, values = self.scene._get_query("*", model, where)
            self._dump_query(self.env[model]._table, cr.mogrify(query, values).decode())
        names = list(MODELS)
        ids = {}
        for model, where in MODELS.items():
            cr.execute(*self.scene._get_query("id", model, where))
            ids[model] = [row[0] for row in cr.fetchall()]
        for table, column in (
            ("mail_message", "model"),
            ("mail_followers", "res_model"),
        ):
            wheres = [
                cr.mogrify(
                    f"({column} = %s AND res_id = ANY(%s))", [n, ids[n]]
                ).decode()
                for n in names
            ]
            condition = " OR ".join(wheres)
            self._dump_query(table, f"SELECT * FROM {table} WHERE {condition}")
        self._dump_query(
            "mail_followers_mail_message_subtype_rel",
            "SELECT * FROM mail_followers_mail_message_subtype_rel WHERE "
            f"mail_followers_id IN (SELECT id FROM mail_followers WHERE {condition})",
        )

    def _dump_query(self, table, query):
        # generated columns and the order of columns: name them
        self.env.cr.execute(f"SELECT * FROM ({query}) t LIMIT 0")
        columns = ", ".join(f'"{c.name}"' for c in self.env.cr.description)
        buffer = io.StringIO()
        self.env.cr.copy_expert(f"COPY ({query}) TO STDOUT", buffer)
        statement = f'COPY "{table}" ({columns}) FROM STDIN'
        self.dumps.append((statement, buffer.getvalue()))


def run(env, report, options):
    scene = Scene(env)
    count, repeat = options["rows"], options["repeat"]
    sides = Sides(scene, scene.make_rows(count))
    ways = {"import": sides.import_file, "COPY": sides.copy, "Model.load": sides.load}
    times = interleave(repeat, ways)
    assert sides.found["import"] == sides.found["load"], _differ(sides, "load")
    assert sides.found["import"] == sides.found["copy"], _differ(sides, "copy")
    _report_ratios(report, count, times)
    _report_sizes(report, scene, sides, times["import"], options)


def _differ(sides, other):
    """The first difference of two sides, for the developer."""
    for key, left in sides.found["import"].items():
        right = sides.found[other][key]
        if left != right:
            pairs = zip(left, right, strict=False)
            first = next(((a, b) for a, b in pairs if a != b), None)
            if first and isinstance(first[0][0], tuple):
                first = sorted(set(first[0]) ^ set(first[1]))
            return f"{key}: {len(left)} and {len(right)} rows, {first}"
    return ""


def _report_ratios(report, count, times):
    faster = median_ratio(times["Model.load"], times["import"])
    turns = len(times["import"])
    seconds = statistics.median(times["import"])
    report.add(
        SECTION,
        f"Model.load / import, {count:,} rows, {turns} turns",
        f"{faster:.0f} × ({seconds:.2f} s, {count / seconds:,.0f} rows/s)",
        "≥ 15 ×, then ≥ 50 ×",
        faster >= 15,
    )
    slower = median_ratio(times["import"], times["COPY"])
    report.add(
        SECTION,
        f"import / COPY of the same rows, {count:,} rows, {turns} turns",
        f"{slower:.1f} × ({statistics.median(times['COPY']):.2f} s)",
        "≤ 4 ×",
        slower <= 4,
    )


def _report_sizes(report, scene, sides, times, options):
    count = options["rows"]
    before = reset_peak()
    sides.import_file()
    peaks = [get_peak() - before]
    preview = sides.preview_file()
    large = Sides(scene, scene.make_rows(6 * count))
    before = reset_peak()
    seconds = large.import_file()
    peaks.append(get_peak() - before)
    growth = seconds / statistics.median(times)
    report.add(
        SECTION,
        f"import of {6 * count:,} rows / of {count:,}",
        f"{growth:.1f} × ({seconds:.1f} s)",
        "≤ 6.6 ×",
        growth <= 6.6,
    )
    report.add(SECTION, f"preview, {count:,} rows", f"{preview:.2f} s")
    for rows, peak in zip((count, 6 * count), peaks, strict=True):
        report.add(
            SECTION,
            f"peak memory above the idle process, preview and import, {rows:,} rows",
            f"{peak:.0f} MB",
        )
