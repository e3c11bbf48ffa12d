from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class AftersalesTrainingMark(models.Model):
    """Points for one criterion, given by the examiner of the part and nobody else."""

    _name = "aftersales.training.mark"
    _description = "Mark"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "part_id, sequence, id"

    part_id = fields.Many2one(
        "aftersales.training.exam.part", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        compute="_compute_dealer_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Criterion", required=True)
    description = fields.Char()
    points = fields.Float(digits=(6, 1))
    max_points = fields.Float(string="Of", digits=(6, 1), required=True)
    comment = fields.Char()

    _scale = models.Constraint(
        "CHECK (points >= 0 AND points <= max_points)",
        "The points lie between 0 and the full points of the criterion.",
    )

    @api.depends("part_id")
    def _compute_dealer_id(self):
        for mark in self:
            # sudo: the source may be hidden; the record rules see what comes out
            mark.dealer_id = mark.sudo().part_id.dealer_id

    def write(self, vals):
        if not self.env.su:
            self._check_may_mark(vals)
        self._check_scale(vals)
        return super().write(vals)

    def _check_may_mark(self, vals):
        """Only points and comment change, while the part is open, by its examiner."""
        if set(vals) - {"points", "comment"}:
            raise AccessError(
                self.env._(
                    "Criteria come from the marking sheet; only points are given."
                )
            )
        for part in self.part_id:
            if not part._is_marked_by_user():
                raise AccessError(
                    self.env._(
                        "%(part)s is marked by %(examiner)s while it is open.",
                        part=part.display_name,
                        examiner=part.examiner_id.name or "—",
                    )
                )

    def _check_scale(self, vals):
        points = vals.get("points", 0)
        wrong = self.filtered(lambda mark: not 0 <= points <= mark.max_points)
        if wrong:
            raise ValidationError(
                self.env._(
                    "%(criterion)s: %(points)s is outside the scale. Give 0 to %(max)s "
                    "points.",
                    criterion=wrong[0].name,
                    points=f"{points:g}",
                    max=f"{wrong[0].max_points:g}",
                )
            )
