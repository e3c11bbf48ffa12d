from odoo import fields, models


class AftersalesFollowupQuestion(models.Model):
    """What a customer is asked to give one to five points for."""

    _name = "aftersales.followup.question"
    _description = "Follow-up question"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    text = fields.Char(
        string="Wording",
        translate=True,
        help="The question as it is put to the customer; left empty, its name is.",
    )
    needs_visit = fields.Boolean(
        string="Only After a Repair",
        help="Not asked when nobody repaired anything.",
    )
    is_critical = fields.Boolean(
        string="Alone Makes a Bad Score",
        help="A bad score here counts as dissatisfied, whatever the overall score.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A question with this code exists.")
