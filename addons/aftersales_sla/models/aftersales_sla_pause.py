from odoo import api, fields, models


class AftersalesSlaPause(models.Model):
    """A stretch of time in which the clocks of a case stood still.

    Written by the case's buttons only; the pair of moments is what the deadlines are
    computed from.
    """

    _name = "aftersales.sla.pause"
    _description = "Pause of a case"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "start_at desc, id desc"
    _rec_name = "reason_id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="ticket_id.dealer_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True
    )
    reason_id = fields.Many2one(
        "aftersales.sla.pause.reason", required=True, ondelete="restrict"
    )
    note = fields.Char()
    start_at = fields.Datetime(
        string="From", required=True, default=fields.Datetime.now, readonly=True
    )
    end_at = fields.Datetime(string="To", readonly=True)
    user_id = fields.Many2one("res.users", string="Paused by", readonly=True)
    resumed_by_id = fields.Many2one("res.users", readonly=True)
    hours = fields.Float(
        compute="_compute_hours", store=True, help="Hours on the wall clock."
    )

    _open_uniq = models.UniqueIndex(
        "(ticket_id) WHERE end_at IS NULL", "The clocks of this case are paused."
    )
    _in_order = models.Constraint(
        "CHECK (end_at >= start_at)", "A pause cannot end before it begins."
    )

    @api.depends("start_at", "end_at")
    def _compute_hours(self):
        for pause in self:
            lasted = pause.end_at and pause.end_at - pause.start_at
            pause.hours = lasted.total_seconds() / 3600 if lasted else 0.0
