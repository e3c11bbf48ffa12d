from odoo import fields, models


class AftersalesComplaintReopen(models.TransientModel):
    """Why a complaint is taken up again."""

    _name = "aftersales.complaint.reopen"
    _description = "Reopen complaints"

    complaint_ids = fields.Many2many(
        "aftersales.complaint", string="Complaints", required=True
    )
    reason = fields.Char(required=True)

    def action_reopen(self):
        self.complaint_ids._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
