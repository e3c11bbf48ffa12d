from odoo import api, fields, models


class AftersalesDispatchAppoint(models.TransientModel):
    """The time that the technician agrees with the customer on the telephone."""

    _name = "aftersales.dispatch.appoint"
    _description = "Agree an appointment"

    dispatch_id = fields.Many2one(
        "aftersales.dispatch", required=True, ondelete="cascade"
    )
    date_start = fields.Datetime(
        string="From",
        compute="_compute_from_job",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_end = fields.Datetime(
        string="To",
        compute="_compute_from_job",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    contact_name = fields.Char(
        string="Agreed With",
        compute="_compute_from_job",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_move = fields.Boolean(compute="_compute_is_move")
    reason = fields.Char(string="Moved Because")

    @api.depends("dispatch_id")
    def _compute_from_job(self):
        for wizard in self:
            job = wizard.dispatch_id
            wizard.date_start = job.date_start
            wizard.date_end = job.date_end
            wizard.contact_name = job.contact_name

    @api.depends("dispatch_id")
    def _compute_is_move(self):
        for wizard in self:
            wizard.is_move = bool(wizard.dispatch_id.appointment_at)

    def action_confirm(self):
        for wizard in self:
            wizard.dispatch_id._appoint(
                wizard.date_start,
                wizard.date_end,
                contact_name=wizard.contact_name,
                reason=wizard.reason,
            )
