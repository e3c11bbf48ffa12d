from odoo import fields, models


class AftersalesTool(models.Model):
    """A tool worth naming on a dispatch order: what is not in every car."""

    _name = "aftersales.tool"
    _description = "Tool"
    _order = "sequence, name"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another tool has this code. Choose another code."
    )
