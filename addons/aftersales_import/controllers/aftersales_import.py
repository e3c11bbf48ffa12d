from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AftersalesImportController(http.Controller):
    @http.route(
        "/aftersales_import/<model('aftersales.import.job'):job>/rows.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def download_rows(self, job):
        """The rows of an import that are not in the database, with their reasons."""
        job.check_access("read")
        stem = (job.filename or "").rsplit(".", 1)[0]
        name = job.env._("%(file)s - rows to correct", file=stem) + ".xlsx"
        return request.make_response(
            job._get_remaining_workbook(),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
