from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.aftersales_dispatch import BUSY_STATES


class AftersalesStaffAbsence(models.Model):
    """Days on which one of the service staff gives no service.

    Whole days, by the working calendar of his dealer. Our own employees' time off is
    honoured beside it and need not be entered twice.
    """

    _name = "aftersales.staff.absence"
    _description = "Absence"
    _inherit = ["aftersales.dealer.mixin", "mail.thread"]
    _order = "date_from desc, id desc"

    staff_id = fields.Many2one(
        "aftersales.staff",
        required=True,
        index=True,
        ondelete="cascade",
        tracking=True,
        default=lambda self: self._default_staff_id(),
    )
    dealer_id = fields.Many2one(
        related="staff_id.dealer_id", store=True, precompute=True, default=None
    )
    date_from = fields.Date(
        string="First Day",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_to = fields.Date(
        string="Last Day",
        required=True,
        index=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    reason = fields.Selection(
        selection=[
            ("leave", "Leave"),
            ("sick", "Sick"),
            ("training", "Training"),
            ("other", "Other"),
        ],
        required=True,
        default="leave",
        tracking=True,
    )
    note = fields.Char()
    job_ids = fields.Many2many(
        "aftersales.dispatch",
        string="Promised Jobs",
        compute="_compute_job_ids",
        help="Jobs that he is promised to in this time: give them to somebody else.",
    )
    job_count = fields.Integer(compute="_compute_job_ids")

    _days_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "The last day of an absence cannot lie before its first day.",
    )

    @api.model
    def _default_staff_id(self):
        return self.env["aftersales.staff"].search(
            [("user_id", "=", self.env.uid)], limit=1
        )

    @api.depends("staff_id", "date_from", "date_to", "reason")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for absence in self:
            is_whole = absence.staff_id and absence.date_from and absence.date_to
            absence.display_name = is_whole and absence._get_title()

    @api.depends("staff_id", "date_from", "date_to")
    def _compute_job_ids(self):
        jobs = self.env["aftersales.dispatch"].search(
            Domain("staff_id", "in", self.staff_id.ids)
            & Domain("state", "in", BUSY_STATES)
        )
        for absence in self:
            absence.job_ids = jobs.filtered(absence._touches)
            absence.job_count = len(absence.job_ids)

    def _touches(self, job):
        """Whether a promised job falls into this absence."""
        self.ensure_one()
        if not self.date_from or not self.date_to:
            return False
        start, end = self.staff_id._get_days_in_utc(self.date_from, self.date_to)
        return (
            job.staff_id == self.staff_id
            and job.date_start < end
            and job.date_end > start
        )

    def _get_title(self):
        return f"{self.staff_id.name}: {self._get_text()}"

    def _get_text(self):
        """The sentence for a dispatcher: from when to when he is absent, and why."""
        self.ensure_one()
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return self.env._(
            "absent %(period)s: %(reason)s",
            period=self.staff_id._format_days(self.date_from, self.date_to),
            reason=labels.get(self.reason, ""),
        )

    def action_open_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.aftersales_dispatch_action"
        )
        return {**action, "domain": list(Domain("id", "in", self.job_ids.ids))}
