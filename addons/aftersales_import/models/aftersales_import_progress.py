from odoo import api, fields, models


class AftersalesImportProgress(models.Model):
    """How far a running import has come.

    A row of its own, written in a transaction of its own: the import's transaction is
    invisible until it commits, and holds its job locked. No foreign key for the same
    reason.
    """

    _name = "aftersales.import.progress"
    _description = "Import progress"
    _log_access = False

    job = fields.Integer(required=True, index=True)
    done = fields.Integer()
    total = fields.Integer()

    _job_uniq = models.Constraint("UNIQUE (job)", "One progress per import.")

    @api.model
    def _report(self, job_id, done, total):
        """Make the state of a running import visible to others at once."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                "INSERT INTO aftersales_import_progress (job, done, total) "
                "VALUES (%s, %s, %s) ON CONFLICT (job) "
                "DO UPDATE SET done = EXCLUDED.done, total = EXCLUDED.total",
                (job_id, done, total),
            )
