from odoo import fields, models


class AftersalesFollowupReason(models.Model):
    """A class of reasons why customers are dissatisfied."""

    _name = "aftersales.followup.reason"
    _description = "Reason of dissatisfaction"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A reason with this code exists.")
