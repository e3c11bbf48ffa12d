from odoo import models


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "aftersales.retention.mixin"]

    _retention_field = "resolved_at"

    def _is_retained(self):
        # an empty message that came to nothing, spam say, may go
        return bool(self.lot_id or self.resolved_at or self._has_work())

    def _has_work(self):
        # sudo: anybody's work on the case counts
        case = self.sudo()
        return bool(case.dispatch_ids or case.repair_ids or case.followup_ids)
