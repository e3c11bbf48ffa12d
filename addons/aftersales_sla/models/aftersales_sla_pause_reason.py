from odoo import fields, models


class AftersalesSlaPauseReason(models.Model):
    """Why the clocks of a case may stand still."""

    _name = "aftersales.sla.pause.reason"
    _description = "Reason for a pause"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    dealer_allowed = fields.Boolean(
        string="Dealers May Use It",
        help="Otherwise only the company pauses a case for this reason.",
    )
    description = fields.Text(translate=True)
