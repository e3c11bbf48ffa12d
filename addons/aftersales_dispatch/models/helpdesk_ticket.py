from odoo import models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_suggest(self):
        """Show who could go, before any job is written.

        :raises UserError: the case is settled
        """
        self.ensure_one()
        self.check_access("write")
        if not self.can_dispatch:
            raise UserError(
                self.env._(
                    "Case %(case)s is settled. Reopen it first.", case=self.display_name
                )
            )
        drafts = self.dispatch_ids.filtered(lambda job: job.state == "draft")
        return self.env["aftersales.dispatch.suggestion"]._open(self, drafts[:1])
