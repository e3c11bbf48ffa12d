from odoo import api, fields, models
from odoo.fields import Command


class AftersalesDispatchSuggestion(models.TransientModel):
    """The technicians for a job, ranked, to choose from.

    From a case the job is written only when somebody is chosen.
    """

    _name = "aftersales.dispatch.suggestion"
    _description = "Suggested technicians"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Case", required=True)
    dispatch_id = fields.Many2one("aftersales.dispatch", string="Job")
    line_ids = fields.One2many(
        "aftersales.dispatch.suggestion.line", "suggestion_id", string="Technicians"
    )

    @api.model
    def _open(self, ticket, job):
        """Rank for ``job`` of ``ticket``; an empty job is a new one."""
        ranked = job or job.new({"ticket_id": ticket.id})
        suggestion = self.create(
            {
                "ticket_id": ticket.id,
                "dispatch_id": job.id,
                "line_ids": [
                    Command.create(self._prepare_line_vals(candidate))
                    for candidate in ranked._rank_candidates()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Suggested Technicians"),
            "res_model": self._name,
            "res_id": suggestion.id,
            "view_mode": "form",
            "target": "new",
            "context": {
                "from_job": self.env.context.get("from_job", False),
                "dialog_size": "extra-large",
            },
        }

    @api.model
    def _prepare_line_vals(self, candidate):
        return {
            "staff_id": candidate.staff.id,
            "score": candidate.score,
            "reasons": "\n".join(candidate.reasons),
            "blocked": "\n".join(candidate.blocked) or False,
            "date_start": candidate.start,
            "date_end": candidate.end,
        }

    def _take_job(self):
        """The job to fill, written now if there is none yet."""
        self.ensure_one()
        if not self.dispatch_id:
            self.dispatch_id = self.env["aftersales.dispatch"].create(
                {"ticket_id": self.ticket_id.id}
            )
        return self.dispatch_id
