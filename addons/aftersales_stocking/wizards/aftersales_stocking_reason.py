from odoo import fields, models


class AftersalesStockingReason(models.TransientModel):
    """Why a plan is refused, or what shall be changed."""

    _name = "aftersales.stocking.reason"
    _description = "Reason of a step of a stocking plan"

    plan_ids = fields.Many2many(
        "aftersales.stocking.plan",
        relation="aftersales_stocking_reason_plan_rel",
        required=True,
    )
    step = fields.Selection(
        [("refuse", "Refuse"), ("send_back", "Send Back")], required=True
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Take the step with the reason."""
        self.ensure_one()
        if self.step == "refuse":
            self.plan_ids._refuse(self.reason)
        else:
            self.plan_ids._send_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
