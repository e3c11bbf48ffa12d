import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

COLUMNS = (
    "product_id",
    "part_class_id",
    "uom_id",
    "need",
    "on_hand",
    "on_order",
    "proposed",
    "quantity",
    "dealer_reason",
    "approved_quantity",
    "price_unit",
    "value",
    "ordered",
    "received",
    "used",
    "cover",
    "arithmetic",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StockingPlanController(http.Controller):
    @http.route(
        "/aftersales/stocking-plan/<int:plan_id>.xlsx", type="http", auth="user"
    )
    def aftersales_stocking_plan_xlsx(self, plan_id):
        """A plan that the user may read, as a workbook."""
        plan = request.env["aftersales.stocking.plan"].browse(plan_id).exists()
        if not plan or not plan.has_access("read"):
            return request.not_found()
        return request.make_response(
            self._aftersales_write_plan(plan),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{plan.name}.xlsx")),
            ],
        )

    def _aftersales_write_plan(self, plan):
        buffer = io.BytesIO()
        # a part's name that begins like a formula stays text
        options = {"in_memory": True, "strings_to_formulas": False}
        workbook = xlsxwriter.Workbook(buffer, options)
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        lines = plan.line_ids
        labels = lines.fields_get(COLUMNS, ["string"])
        title = [plan.name, plan.dealer_id.name, plan.season_id.name]
        sheet.write_row(0, 0, [*title, str(plan.year)], bold)
        sheet.write_row(2, 0, [labels[name]["string"] for name in COLUMNS], bold)
        for number, line in enumerate(lines, start=3):
            cells = [self._aftersales_plan_cell(line, name) for name in COLUMNS]
            sheet.write_row(number, 0, cells)
        sheet.set_column(0, 0, 36)
        sheet.set_column(len(COLUMNS) - 1, len(COLUMNS) - 1, 80)
        workbook.close()
        return buffer.getvalue()

    def _aftersales_plan_cell(self, line, name):
        value = line[name]
        if line._fields[name].type == "many2one":
            return value.display_name or ""
        return value if isinstance(value, float) else value or ""
