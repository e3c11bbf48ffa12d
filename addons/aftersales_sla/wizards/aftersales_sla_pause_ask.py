from odoo import api, fields, models


class AftersalesSlaPauseAsk(models.TransientModel):
    """Asks why the clocks of cases are paused."""

    _name = "aftersales.sla.pause.ask"
    _description = "Pause clocks"

    ticket_ids = fields.Many2many("helpdesk.ticket", required=True)
    is_dealer = fields.Boolean(compute="_compute_is_dealer")
    reason_id = fields.Many2one("aftersales.sla.pause.reason", required=True)
    note = fields.Char(help="What is waited for, and until when.")

    @api.depends_context("uid")
    def _compute_is_dealer(self):
        self.is_dealer = self.env.user.is_dealer

    def action_pause(self):
        self.ensure_one()
        self.ticket_ids.action_pause(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
