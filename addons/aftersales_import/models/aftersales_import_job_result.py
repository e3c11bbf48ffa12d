from collections import Counter, defaultdict

from markupsafe import Markup

from odoo import fields, models
from odoo.tools.misc import format_date

from ..utils.bulk import copy_rows
from ..utils.workbook import write_workbook

PREVIEW_ROWS = 20
LINE_COLUMNS = (
    "job_id",
    "row_index",
    "sheet",
    "row",
    "column",
    "value",
    "verdict",
    "reason",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
)
BADGES = {"refused": "text-bg-danger", "duplicate": "text-bg-secondary"}


class AftersalesImportJob(models.Model):
    """Showing: counters, preview, problems, and the workbook of rows left over."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.import.job"

    def _get_empty_account(self):
        return {
            "position": 0,
            "total": 0,
            "ready": 0,
            "imported": 0,
            "skipped": 0,
            "refused": 0,
        }

    def _prepare_preview_vals(self, table):
        missing = self._get_missing_columns()
        notices = list(table.notices)
        if missing:
            notices.insert(
                0,
                self.env._(
                    "No column fills: %(fields)s. Map the columns below.",
                    fields=", ".join(missing),
                ),
            )
        if not len(table):
            notices.append(self.env._("The file has no rows below its headers."))
        verdicts = Counter(table.verdicts)
        return {
            **self._get_empty_account(),
            "total": len(table),
            "ready": 0 if missing else len(table.get_importable()),
            "skipped": verdicts["duplicate"],
            "refused": verdicts["refused"],
            "verdicts": dict(verdicts),
            "notices": "\n".join(notices),
            "is_complete": not missing,
            "preview": self._render_preview(table),
        }

    def _render_preview(self, table):
        """The first rows as they were understood, each with its verdict."""
        keys = [key for key in table.values if key in table.headers]
        labels = self._get_kind().get_verdict_labels()
        reasons = defaultdict(list)
        for index, _key, _verdict, text in table.problems:
            if index < PREVIEW_ROWS:
                reasons[index].append(text)
        head = Markup("").join(
            Markup("<th>%s</th>") % text
            for text in (
                self.env._("Row"),
                self.env._("Verdict"),
                *(table.headers[key] for key in keys),
            )
        )
        rows = Markup("").join(
            self._render_row(table, index, keys, labels, reasons[index])
            for index in range(min(len(table), PREVIEW_ROWS))
        )
        return Markup(
            '<table class="table table-sm table-striped mb-0">'
            "<thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, rows)

    def _render_row(self, table, index, keys, labels, reasons):
        verdict = table.verdicts[index]
        cells = [
            Markup('<td class="text-muted">%s</td>') % table.get_label(index),
            Markup('<td><span class="badge %s">%s</span> <small>%s</small></td>')
            % (
                BADGES.get(verdict, "text-bg-success"),
                labels.get(verdict, verdict),
                " ".join(reasons),
            ),
        ]
        for key in keys:
            value, raw = table.values[key][index], table.raw[key][index]
            wrong = value is None and raw is not None
            cells.append(
                Markup('<td class="text-danger">%s</td>' if wrong else "<td>%s</td>")
                % self._format_value(raw if wrong else value)
            )
        return Markup("<tr>%s</tr>") % Markup("").join(cells)

    def _format_value(self, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, float):
            return f"{value:g}" if abs(value) < 1e6 else str(value)
        if hasattr(value, "isoformat") and not hasattr(value, "hour"):
            return format_date(self.env, value)
        return str(value)[:80]

    def _clear_lines(self):
        """Forget the problems; nothing else refers to them."""
        self.env["aftersales.import.line"].flush_model()
        self.env.cr.execute(
            "DELETE FROM aftersales_import_line WHERE job_id = %s", [self.id]
        )
        self.env["aftersales.import.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])

    def _write_lines(self, table, start, stop):
        """Keep the problems of the rows ``start``…``stop``; there may be many."""
        if not start:
            self._clear_lines()
        now = fields.Datetime.now()
        stamp = (self.env.uid, self.env.uid, now, now)
        copy_rows(
            self.env.cr,
            "aftersales_import_line",
            LINE_COLUMNS,
            [
                (self.id, index, *self._describe_problem(table, index, key), *rest)
                for index, key, *rest in (
                    (index, key, verdict, text, *stamp)
                    for index, key, verdict, text in table.problems
                    if start <= index < stop
                )
            ],
        )
        self.env["aftersales.import.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])

    def _describe_problem(self, table, index, key):
        """(sheet, row, column, value) of a problem."""
        raw = table.raw[key][index] if key in table.raw else None
        value = None if raw is None else str(raw)[:200]
        return (*table.places[index], table.headers.get(key), value)

    def _get_remaining_workbook(self):
        """The rows that are not in the database, as a workbook to correct and resend.

        Before the import these are all rows, after it the refused ones; each says its
        verdict and what is wrong, and the wrong cells are marked.

        :return: bytes of an .xlsx file
        """
        self.ensure_one()
        layouts, others = self._get_layouts(self._read_sheets())
        labels = self._get_kind().get_verdict_labels()
        if self.state == "done":
            verdicts, problems = self._get_kept_problems()
        else:
            verdicts, problems = self._get_fresh_problems(layouts, others)
        sheets = []
        for sheet, index in layouts:
            header = [str(cell or "") for cell in sheet.rows[index][1]]
            rows = []
            for number, cells in sheet.rows[index + 1 :]:
                verdict = verdicts.get((sheet.name, number))
                if verdict:
                    found = problems[sheet.name, number]
                    reason = " ".join(dict.fromkeys(text for _column, text in found))
                    wrong = {header.index(c) for c, _text in found if c in header}
                    label = labels.get(verdict, verdict)
                    rows.append((cells, label, reason, wrong))
            sheets.append((sheet.name, header, rows))
        titles = (self.env._("Verdict"), self.env._("Reason"))
        return write_workbook(sheets, titles)

    def _get_kept_problems(self):
        """Refused rows of a finished import."""
        verdicts, problems = {}, defaultdict(list)
        for line in self.line_ids.filtered(lambda line: line.verdict == "refused"):
            place = (line.sheet or "", line.row)
            verdicts[place] = line.verdict
            problems[place].append((line.column, line.reason))
        return verdicts, problems

    def _get_fresh_problems(self, layouts, others):
        """All rows, checked now."""
        table = self._check_table(layouts, others)
        verdicts = dict(zip(table.places, table.verdicts, strict=True))
        problems = defaultdict(list)
        for index, key, _verdict, text in table.problems:
            problems[table.places[index]].append((table.headers.get(key), text))
        return verdicts, problems
