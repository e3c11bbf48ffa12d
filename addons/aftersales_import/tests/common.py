import base64
import io

import xlsxwriter

from odoo.addons.aftersales_dealer.tests.common import AftersalesCommon


def make_xlsx(*sheets, **options):
    """An .xlsx file of sheets given as lists of rows, or as (name, rows)."""
    buffer = io.BytesIO()
    settings = {
        "default_date_format": "yyyy-mm-dd",
        "strings_to_formulas": False,
        **options,
    }
    with xlsxwriter.Workbook(buffer, settings) as book:
        for sheet in sheets:
            name, rows = sheet if isinstance(sheet, tuple) else (None, sheet)
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(
                    number, 0, ["" if cell is None else cell for cell in row]
                )
    return buffer.getvalue()


def make_csv(rows, encoding="utf-8", delimiter=","):
    lines = [delimiter.join(str(cell or "") for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


class ImportCommon(AftersalesCommon):
    """Jobs of a dealer's agent, made from rows."""

    @classmethod
    def _create_job(cls, content, user=None, filename="list.xlsx", **vals):
        jobs = cls.env["aftersales.import.job"].with_user(user or cls.user_agent_a)
        return jobs.create(
            {
                "kind": "customer",
                "file": base64.b64encode(content),
                "filename": filename,
                **vals,
            }
        )

    @classmethod
    def _import(cls, content, user=None, **vals):
        """A job that was previewed and imported."""
        job = cls._create_job(content, user, **vals)
        job.action_preview()
        job.action_import()
        return job

    def assertAccount(self, job, total, imported=0, skipped=0, refused=0, ready=0):
        """The counters of a job, all of them, and that they add up."""
        self.assertRecordValues(
            job,
            [
                {
                    "total": total,
                    "imported": imported,
                    "skipped": skipped,
                    "refused": refused,
                    "ready": ready,
                }
            ],
        )
        self.assertEqual(total, imported + skipped + refused + ready)
