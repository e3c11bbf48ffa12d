from odoo import fields, models


class AftersalesDispatchAppointment(models.Model):
    """A time agreed with the customer; the last one holds, the others say why not."""

    _name = "aftersales.dispatch.appointment"
    _description = "Appointment of a job"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "id desc"

    dispatch_id = fields.Many2one(
        "aftersales.dispatch",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
    )
    dealer_id = fields.Many2one(
        related="dispatch_id.dealer_id", store=True, precompute=True, default=None
    )
    date_start = fields.Datetime(string="From", required=True)
    date_end = fields.Datetime(string="To", required=True)
    contact_name = fields.Char(string="Agreed With")
    reason = fields.Char(string="Moved Because")
    agreed_at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="Agreed By", ondelete="restrict")
