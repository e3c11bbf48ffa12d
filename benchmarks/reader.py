"""The .xlsx reader against openpyxl's read-only mode, on the same file."""

import io
import statistics
from datetime import datetime, timedelta

import openpyxl
import xlsxwriter

from odoo.addons.aftersales_import.utils.tabular import read_table

from .suite import Clock, interleave, median_ratio

SECTION = "Reading .xlsx"


def make_file(rows):
    """Twelve columns of texts, dates and numbers, as Excel stores them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            day = datetime(2024, 1, 1) + timedelta(row % 300)
            texts = [f"text {column} {row % 500}" for column in range(7)]
            cells = [f"SN{row:07d}", *texts, day, day, row * 1.5, row]
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def run(_env, report, options):
    content = make_file(options["rows"])
    found = {}

    def read_own():
        with Clock() as clock:
            found["own"] = [cells for _number, cells in read_table(content)[0].rows]
        return clock.seconds

    def read_openpyxl():
        with Clock() as clock:
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True
            )
            rows = book.worksheets[0].iter_rows(values_only=True)
            found["openpyxl"] = [list(row) for row in rows]
        return clock.seconds

    ways = {"own reader": read_own, "openpyxl read_only": read_openpyxl}
    times = interleave(max(options["repeat"], 5), ways)
    assert found["own"] == found["openpyxl"], "the readers disagree"
    own, other = times.values()
    ratio = median_ratio(other, own)
    report.add(
        SECTION,
        f"openpyxl read_only / own reader, {options['rows']:,} rows × 12 columns",
        f"{ratio:.1f} × ({statistics.median(own):.2f} s)",
        "≥ 3 ×",
        ratio >= 3,
    )
