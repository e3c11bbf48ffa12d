import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

COLUMNS = (
    "default_code",
    "product_id",
    "location_id",
    "uom_id",
    "opening",
    "incoming",
    "outgoing",
    "closing",
    "later",
    "on_hand",
    "difference",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PartsPeriodController(http.Controller):
    @http.route(
        "/aftersales/parts-period/<int:period_id>.xlsx", type="http", auth="user"
    )
    def aftersales_parts_period_xlsx(self, period_id):
        """The figures of a period that the user may read, as a workbook."""
        period = request.env["aftersales.parts.period"].browse(period_id).exists()
        if not period or not period.has_access("read"):
            return request.not_found()
        return request.make_response(
            self._aftersales_write_period(period),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{period.name}.xlsx")),
            ],
        )

    def _aftersales_write_period(self, period):
        buffer = io.BytesIO()
        workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        # sudo: the period may be read; the full name of a place names those above it
        lines = period.sudo().line_ids
        labels = lines.fields_get(COLUMNS, ["string"])
        sheet.write_row(0, 0, [period.name], bold)
        sheet.write_row(2, 0, [labels[name]["string"] for name in COLUMNS], bold)
        for number, line in enumerate(lines, start=3):
            cells = [self._aftersales_cell(line, name) for name in COLUMNS]
            sheet.write_row(number, 0, cells)
        sheet.set_column(1, 2, 36)
        workbook.close()
        return buffer.getvalue()

    def _aftersales_cell(self, line, name):
        value = line[name]
        if line._fields[name].type == "many2one":
            return value.display_name or ""
        return value if isinstance(value, float) else value or ""
