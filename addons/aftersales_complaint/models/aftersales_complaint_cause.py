from odoo import fields, models


class AftersalesComplaintCause(models.Model):
    """Why complaints come about, as they are counted."""

    _name = "aftersales.complaint.cause"
    _description = "Complaint cause"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A complaint cause with this code exists."
    )
