from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersales_note_days = fields.Integer(
        string="Delivery Notes Back after (days)",
        default=7,
        help="A delivery note that was not signed by then is asked for, once. "
        "0: never.",
    )

    _aftersales_note_days_positive = models.Constraint(
        "CHECK (aftersales_note_days >= 0)",
        "The days until a delivery note is asked for are not below zero.",
    )
