from odoo import fields, models


class AftersalesStaffSuspend(models.TransientModel):
    """From when to when somebody gives no service, and why."""

    _name = "aftersales.staff.suspend"
    _description = "Suspend service staff"

    staff_ids = fields.Many2many("aftersales.staff", required=True)
    date_from = fields.Date(
        string="First Day", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Last Day", help="Empty: until further notice.")
    reason = fields.Char(required=True)

    _days_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "The last day of a suspension cannot lie before its first day.",
    )

    def action_suspend(self):
        self.staff_ids.write(
            {
                "suspended_from": self.date_from,
                "suspended_to": self.date_to,
                "suspension_reason": self.reason,
            }
        )
        return {"type": "ir.actions.act_window_close"}
