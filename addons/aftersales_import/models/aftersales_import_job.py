from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import (
    Transition,
)

SUPPORT = "aftersales_dealer.group_support"
DEALER = "aftersales_dealer.group_dealer_user"


class AftersalesImportJob(models.Model):
    """One file on its way into the database: chosen, previewed, imported, accounted.

    Every row of the file ends as imported, as a duplicate or as refused with its
    reason; the three make the total. A file may be sent again at any time: rows that
    are in the database already are duplicates.
    """

    _name = "aftersales.import.job"
    _description = "Import"
    _inherit = ["aftersales.dealer.mixin", "aftersales.transition.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "filename"

    _transitions = {
        "preview": Transition(
            ("draft", "previewed", "failed"), "previewed", f"{DEALER},{SUPPORT}"
        ),
        "reset": Transition(("previewed", "failed"), "draft", f"{DEALER},{SUPPORT}"),
        "queue": Transition(("previewed", "failed"), "queued", f"{DEALER},{SUPPORT}"),
        "finish": Transition(("previewed", "queued"), "done", f"{DEALER},{SUPPORT}"),
        "stop": Transition(("queued",), "previewed", f"{DEALER},{SUPPORT}"),
        "fail": Transition(("queued",), "failed"),
    }
    _protected_fields = (
        "preview",
        "notices",
        "verdicts",
        "position",
        "total",
        "ready",
        "imported",
        "skipped",
        "refused",
        "is_complete",
    )
    _editable_states = ("draft", "previewed", "failed")

    kind = fields.Selection(
        selection=[("customer", "Customers of a Dealer")],
        required=True,
        default=lambda self: self._default_kind(),
    )
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(string="File Name", copy=False)
    dealer_id = fields.Many2one(
        help="The dealer of rows that do not name one by his code."
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("previewed", "Previewed"),
            ("queued", "Importing"),
            ("failed", "Failed"),
            ("done", "Done"),
        ],
        default="draft",
        required=True,
        tracking=True,
    )
    policy = fields.Selection(
        selection=[
            ("all", "Import nothing"),
            ("good", "Import the good rows"),
        ],
        string="If Rows Are Refused",
        required=True,
        compute="_compute_policy",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_order = fields.Selection(
        selection=[
            ("auto", "As the column tells, else day first"),
            ("dmy", "Day, month, year"),
            ("mdy", "Month, day, year"),
        ],
        string="Dates Like 05/03/2024",
        required=True,
        default="auto",
    )
    column_ids = fields.One2many("aftersales.import.column", "job_id", string="Columns")
    line_ids = fields.One2many(
        "aftersales.import.line", "job_id", string="Problems", readonly=True
    )
    preview = fields.Html(sanitize=False, readonly=True)
    notices = fields.Text(readonly=True)
    verdicts = fields.Json(readonly=True, help="Number of rows by verdict.")
    is_complete = fields.Boolean(readonly=True, help="All required columns are mapped.")
    position = fields.Integer(readonly=True, help="Rows accounted for so far.")
    total = fields.Integer(string="Rows", readonly=True)
    ready = fields.Integer(string="To Import", readonly=True)
    imported = fields.Integer(readonly=True)
    skipped = fields.Integer(string="Duplicates", readonly=True)
    refused = fields.Integer(readonly=True)
    progress = fields.Float(compute="_compute_progress")
    result_count = fields.Integer(compute="_compute_result_count")

    can_preview = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    can_stop = fields.Boolean(compute="_compute_can")
    can_import = fields.Boolean(compute="_compute_can_import")

    @api.model
    def _default_kind(self):
        """The kind of import this user most likely wants: the last one he may."""
        kinds = self._fields["kind"].get_values(self.env)
        return next((k for k in reversed(kinds) if self._is_kind_allowed(k)), False)

    @api.depends("kind")
    def _compute_policy(self):
        for job in self:
            job.policy = job._get_kind()._import_policy if job.kind else "all"

    @api.depends("state", "ready", "is_complete", "policy", "refused")
    @api.depends_context("uid")
    def _compute_can_import(self):
        for job in self:
            job.can_import = (
                job.state in ("previewed", "failed")
                and job.is_complete
                and bool(job.ready)
                and not (job.policy == "all" and job.refused)
            )

    def _compute_progress(self):
        # sudo: numbers only, of jobs this user reads
        rows = (
            self.env["aftersales.import.progress"]
            .sudo()
            .search([("job", "in", self.ids)])
        )
        shares = {row.job: 100 * row.done / (row.total or 1) for row in rows}
        for job in self:
            job.progress = 100 if job.state == "done" else shares.get(job.id, 0)

    def _compute_result_count(self):
        for job in self:
            domain = job.kind and job._get_kind().get_result_domain(job)
            model = domain and self.env[job._get_kind()._import_model]
            job.result_count = model.search_count(domain) if domain else 0

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.user.is_dealer and not self.env.su:
            dealer = self.env.user.dealer_id.id
            vals_list = [{**vals, "dealer_id": dealer} for vals in vals_list]
        jobs = super().create(vals_list)
        jobs._ensure_kind_allowed()
        return jobs

    def write(self, vals):
        result = super().write(vals)
        if {"kind", "dealer_id"} & vals.keys():
            self._ensure_kind_allowed()
        if {"kind", "file"} & vals.keys():
            self.column_ids.unlink()  # they describe another file
        return result

    def _get_kind(self):
        """The model that knows this kind of list."""
        return self.env[f"aftersales.import.kind.{self.kind}"]

    @api.model
    def _is_kind_allowed(self, kind):
        handler = self.env[f"aftersales.import.kind.{kind}"]
        if self.env.su:
            return True
        if self.env.user.is_dealer:
            return handler._import_dealers
        return self.env.user.has_groups(handler._import_groups)

    def _ensure_kind_allowed(self):
        """Raise unless the user may import these kinds, a dealer's user for his dealer.

        :raises AccessError: names the kind
        """
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            if not job._is_kind_allowed(job.kind):
                raise AccessError(
                    self.env._(
                        "Your role may not import “%(kind)s”.", kind=labels[job.kind]
                    )
                )

    def action_reset(self):
        """Choose another file."""
        self._transition("reset", self._get_empty_account())
        for job in self:
            job._clear_lines()
        self.column_ids.unlink()

    def action_stop(self):
        """Stop an import that runs in batches; importing again goes on from there."""
        self._transition("stop")

    def action_open_results(self):
        """The records that this import made."""
        self.ensure_one()
        handler = self._get_kind()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported from %(file)s", file=self.filename),
            "res_model": handler._import_model,
            "domain": list(handler.get_result_domain(self)),
            "view_mode": "list,form",
        }

    def action_open_problems(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Problems in %(file)s", file=self.filename),
            "res_model": "aftersales.import.line",
            "domain": [("job_id", "=", self.id)],
            "view_mode": "list",
        }

    def action_download(self):
        """The rows that are not in the database, with what is wrong, as a workbook."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("%(job)s has no file.", job=self.display_name))
        return {
            "type": "ir.actions.act_url",
            "url": f"/aftersales_import/{self.id}/rows.xlsx",
            "target": "download",
        }
