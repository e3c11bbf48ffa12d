from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesTrainingRubric(models.Model):
    """How practice or performance is marked: criteria with their full points."""

    _name = "aftersales.training.rubric"
    _description = "Marking Sheet"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    criterion_ids = fields.One2many(
        "aftersales.training.criterion", "rubric_id", copy=True
    )
    max_points = fields.Float(compute="_compute_max_points", string="Full Points")

    @api.depends("criterion_ids.max_points")
    def _compute_max_points(self):
        for rubric in self:
            rubric.max_points = sum(rubric.criterion_ids.mapped("max_points"))

    @api.constrains("criterion_ids")
    def _check_criteria(self):
        for rubric in self:
            if not rubric.criterion_ids:
                raise ValidationError(
                    self.env._(
                        "Marking sheet %(sheet)s has no criterion. Add at least one.",
                        sheet=rubric.name,
                    )
                )

    def _prepare_mark_vals(self):
        """Values of the empty marks that an exam part gets from this sheet."""
        self.ensure_one()
        return [
            {
                "sequence": criterion.sequence,
                "name": criterion.name,
                "description": criterion.description,
                "max_points": criterion.max_points,
            }
            for criterion in self.criterion_ids
        ]
