from odoo import fields, models


class AftersalesServiceLevel(models.Model):
    """A class of service (A, B, C) promised to a customer."""

    _name = "aftersales.service.level"
    _description = "Service level"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A service level with this code exists."
    )
