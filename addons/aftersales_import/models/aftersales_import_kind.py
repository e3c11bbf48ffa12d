from odoo import api, models


class AftersalesImportKind(models.AbstractModel):
    """What a kind of list means: its checks and its records.

    A kind is an abstract model ``aftersales.import.kind.<kind>`` that inherits this
    one, a value added to ``aftersales.import.job.kind`` and records of
    ``aftersales.import.field``. The engine reads, maps, parses, previews and accounts.

    ``check`` and ``write`` work on whole columns of an
    :class:`~..utils.table.ImportTable`: one query per question, never one per row.
    """

    _name = "aftersales.import.kind"
    _description = "Kind of import"

    # Who may import this kind (as ``has_groups`` takes it).
    _import_groups = "aftersales_dealer.group_support"
    # Whether a dealer's user may, for his dealer; the dealer is then forced.
    _import_dealers = False
    # Rows written and committed at a time in the background; 0: the file at once.
    _import_batch = 0
    # What happens when rows are refused unless the user chooses: "all" or "good".
    _import_policy = "all"
    # Model of the records made.
    _import_model = ""

    @api.model
    def check(self, job, table):
        """Look at every row: ``table.refuse``, ``table.skip``, or a verdict of its own.

        Runs before the preview and again before writing, since the database may have
        changed in between. It writes nothing.
        """

    @api.model
    def write_rows(self, job, table, indexes):
        """Make the records of the rows ``indexes``.

        :return: number of rows imported
        """
        raise NotImplementedError

    @api.model
    def get_verdict_labels(self):
        """Verdict -> label; a kind adds the words it uses itself."""
        return {
            "ok": self.env._("To import"),
            "refused": self.env._("Refused"),
            "duplicate": self.env._("Duplicate"),
        }

    @api.model
    def get_result_domain(self, job):
        """Domain of the records that ``job`` made; ``None`` when it cannot be told."""
        return
