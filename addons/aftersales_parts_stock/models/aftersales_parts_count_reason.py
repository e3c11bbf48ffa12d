from odoo import fields, models


class AftersalesPartsCountReason(models.Model):
    """Why a count differs from the books."""

    _name = "aftersales.parts.count.reason"
    _description = "Reason for a count's difference"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
