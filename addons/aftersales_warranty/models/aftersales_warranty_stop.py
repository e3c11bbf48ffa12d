from odoo import fields, models


class AftersalesWarrantyStop(models.Model):
    """Days a machine spent in repair or waiting for parts."""

    _name = "aftersales.warranty.stop"
    _description = "Stopped warranty clock"
    _rec_name = "card_id"
    _order = "date_from desc, id desc"

    card_id = fields.Many2one(
        "aftersales.warranty.card", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(related="card_id.dealer_id", store=True, index=True)
    date_from = fields.Date(string="Handed in", required=True)
    date_to = fields.Date(string="Handed back", help="Empty while the repair goes on.")
    reason = fields.Char()

    _dates_valid = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A machine cannot be handed back before it was handed in.",
    )
