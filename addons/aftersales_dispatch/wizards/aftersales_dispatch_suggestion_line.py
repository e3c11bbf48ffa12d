from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesDispatchSuggestionLine(models.TransientModel):
    """One technician of a suggestion, with what speaks for and against him."""

    _name = "aftersales.dispatch.suggestion.line"
    _description = "Suggested technician"
    _order = "id"

    suggestion_id = fields.Many2one(
        "aftersales.dispatch.suggestion", required=True, ondelete="cascade"
    )
    staff_id = fields.Many2one("aftersales.staff", string="Technician", required=True)
    score = fields.Integer(string="Points")
    reasons = fields.Text()
    blocked = fields.Text(string="Cannot Go")
    date_start = fields.Datetime(string="From")
    date_end = fields.Datetime(string="To")
    window = fields.Char(compute="_compute_window", string="Free")

    @api.depends("date_start", "date_end")
    @api.depends_context("lang", "tz")
    def _compute_window(self):
        jobs = self.env["aftersales.dispatch"]
        for line in self:
            parts = jobs._format_window(line.date_start, line.date_end)
            line.window = " ".join(part for part in parts if part)

    def action_choose(self):
        """Fill technician and time, and show the job."""
        self._choose()
        if self.env.context.get("from_job"):
            return {"type": "ir.actions.act_window_close"}
        return self.suggestion_id.dispatch_id.get_formview_action()

    def action_choose_and_send(self):
        """Fill technician and time, and send the job."""
        self._choose().action_send()
        return {"type": "ir.actions.act_window_close"}

    def _choose(self):
        """Fill the job; what changed since the ranking is refused when it is sent.

        :raises UserError: he cannot go; says why
        """
        self.ensure_one()
        if self.blocked:
            raise UserError(
                self.env._(
                    "%(staff)s cannot be chosen: %(why)s. Choose somebody else.",
                    staff=self.staff_id.name,
                    why=self.blocked.replace("\n", "; "),
                )
            )
        job = self.suggestion_id._take_job()
        job.write(self._prepare_job_vals())
        return job

    def _prepare_job_vals(self):
        vals = {"staff_id": self.staff_id.id}
        if self.date_start:
            vals |= {"date_start": self.date_start, "date_end": self.date_end}
        return vals
