from odoo import fields, models


class AftersalesTrainingCriterion(models.Model):
    _name = "aftersales.training.criterion"
    _description = "Marking Criterion"
    _order = "sequence, id"

    rubric_id = fields.Many2one(
        "aftersales.training.rubric", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True, help="What full points and what none look like."
    )
    max_points = fields.Float(string="Full Points", default=10, required=True)

    _points_positive = models.Constraint(
        "CHECK (max_points > 0)", "The full points of a criterion are above zero."
    )
