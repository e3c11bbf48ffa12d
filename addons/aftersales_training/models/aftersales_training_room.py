from odoo import fields, models


class AftersalesTrainingRoom(models.Model):
    _name = "aftersales.training.room"
    _description = "Training Room"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    place = fields.Char(help="Address or building.")
    seats = fields.Integer(default=20, required=True)
    active = fields.Boolean(default=True)

    _seats_positive = models.Constraint(
        "CHECK (seats > 0)", "A room has at least one seat. Enter the number of seats."
    )
