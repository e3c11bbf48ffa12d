from odoo import fields, models


class AftersalesDispatchRefuse(models.TransientModel):
    """Why a technician gives a job back."""

    _name = "aftersales.dispatch.refuse"
    _description = "Refuse a job"

    dispatch_ids = fields.Many2many("aftersales.dispatch", string="Jobs", required=True)
    reason = fields.Char(required=True)

    def action_refuse(self):
        self.dispatch_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
