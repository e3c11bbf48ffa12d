from odoo import fields, models


class AftersalesFollowupCancel(models.TransientModel):
    """Why a customer is not asked."""

    _name = "aftersales.followup.cancel"
    _description = "Cancel follow-ups"

    followup_ids = fields.Many2many(
        "aftersales.followup", string="Follow-ups", required=True
    )
    reason = fields.Char(required=True)

    def action_cancel(self):
        self.followup_ids._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
