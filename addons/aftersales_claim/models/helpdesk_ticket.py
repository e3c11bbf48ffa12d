from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_reopen_blockers(self):
        """What has been paid is not worked on again: it would be claimed twice."""
        blockers = super()._get_reopen_blockers()
        # sudo: whoever reopens it, a settlement of any dealer counts
        claims = self.sudo().repair_ids.claim_ids
        for claim in claims.filtered("settlement_id")[:1]:
            blockers.append(
                self.env._(
                    "claim %(claim)s of its repair is paid with settlement "
                    "%(settlement)s.",
                    claim=claim.name,
                    settlement=claim.settlement_id.name,
                )
            )
        return blockers
