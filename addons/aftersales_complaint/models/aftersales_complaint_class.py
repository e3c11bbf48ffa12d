from odoo import fields, models


class AftersalesComplaintClass(models.Model):
    """What a complaint is about, and how fast we promise to act on it."""

    _name = "aftersales.complaint.class"
    _description = "Complaint class"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    response_hours = fields.Float(
        string="First Response Within (Hours)",
        default=2.0,
        help="Hours from receipt to the apology and the first response, day and night.",
    )
    answer_days = fields.Integer(
        string="Answer Within (Days)",
        default=7,
        help="Calendar days from receipt to the answer to the customer.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled By",
        domain="[('share', '=', False), ('dealer_id', '=', False)]",
        help="Gets complaints of this class that nobody of us has taken down.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A complaint class with this code exists."
    )
    _positive = models.Constraint(
        "CHECK (response_hours > 0 AND answer_days > 0)",
        "The times of a complaint class must be above zero.",
    )
