from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_followup.models.aftersales_followup_rule import Occasion


class AftersalesFollowupRule(models.Model):
    _inherit = "aftersales.followup.rule"

    trigger = fields.Selection(
        selection_add=[("complaint_answered", "After a Complaint Is Answered")],
        ondelete={"complaint_answered": "cascade"},
    )

    def _get_complaint_answered_sources(self):
        return self.env["aftersales.complaint"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "in", ("answered", "closed"))
            & Domain("answered_at", ">=", self._get_since_moment()),
            order="id",
        )

    def _prepare_complaint_answered_occasion(self, complaint):
        # a complaint that is reopened and answered again is another occasion
        return Occasion(
            key=f"aftersales.complaint,{complaint.id},{complaint.reopen_count}",
            day=self._get_day(complaint.answered_at),
            vals={
                "complaint_id": complaint.id,
                "repair_id": complaint.repair_id.id,
            },
        )
