import logging

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError

from ..utils.collector import collector_paused
from ..utils.headers import get_signature

_logger = logging.getLogger(__name__)

# Context key: batches are committed and the progress is reported.
IN_BACKGROUND = "aftersales_import_background"


class AftersalesImportJob(models.Model):
    """Running: preview and import, at once or in the background."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.import.job"

    # Files with more rows run in the background, where their progress can be watched.
    _background_rows = 3000

    def action_preview(self):
        """Read and check the file, and show what an import would do."""
        for job in self:
            job._ensure_can("preview")
            job._ensure_kind_allowed()
            layouts, others = job._get_layouts(job._read_sheets())
            if not job.column_ids and layouts:
                job._map_columns(layouts)
            table = job._check_table(layouts, others)
            job._transition("preview", job._prepare_preview_vals(table))
            job._write_lines(table, 0, len(table))

    def _check_table(self, layouts, others):
        """The file's table with the verdict of every row."""
        table = self._read_table(layouts, others)
        if not self._get_missing_columns() and len(table):
            self._get_kind().check(self, table)
        return table

    def action_import(self):
        """Import the file: small files at once, others in the background."""
        for job in self:
            job._ensure_may_import()
            if job.total > job._background_rows:
                job._transition("queue")
                # sudo: the schedule is the administrator's, its use is everybody's
                self.env.ref("aftersales_import.cron_import").sudo()._trigger()
            else:
                job._run()

    def _ensure_may_import(self):
        self._ensure_kind_allowed()
        missing = self._get_missing_columns()
        if missing:
            raise UserError(
                self.env._(
                    "No column of %(file)s fills: %(fields)s. Map the columns, or add "
                    "them to the file.",
                    file=self.filename,
                    fields=", ".join(missing),
                )
            )
        if not self.can_import:
            raise UserError(
                self.env._(
                    "%(file)s cannot be imported now: preview it, correct the refused "
                    "rows, or choose to import the good rows.",
                    file=self.filename,
                )
            )

    def _remember_mapping(self, layouts):
        """Keep the mapping for the next files with the same headers."""
        mapping = self._get_mapping()
        for sheet, index in layouts:
            cells = sheet.rows[index][1]
            names = [str(cell).strip() for cell in cells if cell is not None]
            self.env["aftersales.import.mapping"]._remember(
                self.kind,
                self.dealer_id,
                get_signature(cells),
                {name: mapping.get(name) for name in names if name},
            )

    def _run(self):
        """Import the file.

        Without batches one transaction holds it all: either every row is in, or none.
        With batches each batch is complete with its account; ``position`` says where to
        go on after a stop.
        """
        self.ensure_one()
        self._lock_kind()
        with collector_paused():
            self._run_locked()

    def _run_locked(self):
        layouts, others = self._get_layouts(self._read_sheets())
        table = self._check_table(layouts, others)
        if not self.position and self.policy == "all" and "refused" in table.verdicts:
            self._show_refusal(table)
            return
        if not self.position:
            account = {"total": len(table), "ready": len(table.get_importable())}
            self._save({**self._get_empty_account(), **account})
            self._clear_lines()
            self._remember_mapping(layouts)
        if self._run_batches(table):
            self._transition("finish", {"ready": 0})

    def _show_refusal(self, table):
        """Rows that were good at the preview are not any more: nothing is imported."""
        self._transition("stop" if self.state == "queued" else "preview")
        self._save(self._prepare_preview_vals(table))
        self._write_lines(table, 0, len(table))

    def _run_batches(self, table):
        """Write and account batch by batch; returns False when stopped by a user."""
        size = self._get_kind()._import_batch or len(table) or 1
        while self.position < len(table):
            start, stop = self.position, min(self.position + size, len(table))
            self._write_batch(table, start, stop)
            if self.env.context.get(IN_BACKGROUND):
                self._report(stop, len(table))
                self.env["ir.cron"]._commit_progress()
                if stop < len(table) and not self._is_still_queued():
                    return False
        return True

    def _write_batch(self, table, start, stop):
        indexes = table.get_importable(start, stop)
        try:
            with self.env.cr.savepoint():
                count = self._get_kind().write_rows(self, table, indexes)
                self.env.flush_all()
        except IntegrityError as error:
            raise UserError(
                self.env._(
                    "%(file)s: another user entered some of these rows at the same "
                    "moment. Nothing was imported; preview the file again.",
                    file=self.filename,
                )
            ) from error
        self._account(table, start, stop, count)

    def _account(self, table, start, stop, count):
        verdicts = table.verdicts[start:stop]
        self._write_lines(table, start, stop)
        self._save(
            {
                "position": stop,
                "imported": self.imported + count,
                "ready": max(self.ready - count, 0),
                "skipped": self.skipped + verdicts.count("duplicate"),
                "refused": self.refused + verdicts.count("refused"),
            }
        )

    def _save(self, vals):
        # sudo: the account is kept by the import, not by hand
        self.sudo().write(vals)

    def _report(self, done, total):
        """Show how far a background import has come; kinds call it as they please."""
        if self.env.context.get(IN_BACKGROUND):
            self.env["aftersales.import.progress"]._report(self.id, done, total)

    def _lock_kind(self):
        """One import of a kind at a time: the second sees what the first has made."""
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"aftersales.import.{self.kind}"],
        )

    def _is_still_queued(self):
        """Whether nobody stopped the import since the last commit."""
        self.invalidate_recordset()
        if self.state != "queued" or not self.try_lock_for_update():
            return False
        self._lock_kind()
        return True

    @api.model
    def _cron_run(self):
        """Run what waits, each file with the rights of the user who sent it."""
        jobs = self.search([("state", "=", "queued")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(jobs))
        for job in jobs:
            if job.try_lock_for_update():
                job._run_in_background()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _run_in_background(self):
        user_job = self.with_user(self.create_uid).with_context(
            lang=self.create_uid.lang,
            allowed_company_ids=self.create_uid.company_ids.ids,
            **{IN_BACKGROUND: True},
        )
        try:
            user_job._run()
        except UserError as error:
            self._fail(str(error))
        except Exception as error:
            _logger.exception("Import of %s failed", self.filename)
            self._fail(f"{type(error).__name__}: {error}")

    def _fail(self, text):
        """Undo the batch that failed and say why; what was committed stays."""
        self.env.cr.rollback()
        self.invalidate_recordset()
        self._transition("fail", {"notices": text})
