from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def write(self, vals):
        result = super().write(vals)
        if "stage_id" in vals or "reopen_count" in vals:
            self._cancel_early_followups()
        return result

    def _cancel_early_followups(self):
        """Ask nobody about a case that is worked on again.

        When it is closed the next time, the rules plan anew.
        """
        # sudo: whoever may reopen a case takes back what was planned for it
        planned = (
            self.env["aftersales.followup"]
            .sudo()
            .search([("ticket_id", "in", self.ids), ("state", "=", "planned")])
        )
        early = planned.filtered(lambda followup: not followup._is_ready())
        early._cancel(self.env._("The case was reopened."))
