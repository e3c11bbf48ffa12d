from odoo import fields, models


class AftersalesWarrantyReading(models.Model):
    """One reading of a machine's meter."""

    _name = "aftersales.warranty.reading"
    _description = "Usage reading"
    _order = "date desc, id desc"

    card_id = fields.Many2one(
        "aftersales.warranty.card", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(related="card_id.dealer_id", store=True, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Float(string="Meter Shows", required=True)
    offset = fields.Float(help="What earlier meters had counted.")
    total = fields.Float(help="Usage since the machine was new.")
    usage_unit = fields.Selection(related="card_id.usage_unit")
    source = fields.Selection(
        selection=[
            ("manual", "Entered by Hand"),
            ("repair", "Repair"),
            ("customer", "Customer"),
            ("import", "Import"),
        ],
        required=True,
        default="manual",
    )
    meter_exchanged = fields.Boolean(
        help="The machine has got a new meter; this is the new meter's first reading."
    )
