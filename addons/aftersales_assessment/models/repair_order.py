from dataclasses import replace

from odoo import models

FULL_SHARE = 100.0


class RepairOrder(models.Model):
    _inherit = "repair.order"

    def _get_verdict(self, part=None):
        """What support decided goes before what the card says, for every line."""
        verdict = super()._get_verdict(part)
        # sudo: the assessment may be of a case that another dealer serves
        assessment = self.sudo().ticket_id.assessment_id
        if not assessment.overruled:
            return verdict
        covered = assessment.overruled == "covered"
        share = FULL_SHARE if covered else 0.0
        reason = self.env._(
            "Decided by support: %(reason)s", reason=assessment.overrule_reason
        )
        if covered == verdict.covered:
            return replace(verdict, reasons=(("overruled", reason), *verdict.reasons))
        return replace(
            verdict,
            covered=covered,
            parts_share=share,
            labour_share=share,
            travel_share=share,
            reasons=(("overruled", reason), *verdict.reasons),
        )
