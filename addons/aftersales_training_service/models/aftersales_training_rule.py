from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain


class AftersalesTrainingRule(models.Model):
    """Repairs that did not hold show who needs training."""

    _inherit = "aftersales.training.rule"

    kind = fields.Selection(
        selection_add=[("repeat_repair", "Repeat Repairs")],
        ondelete={"repeat_repair": "cascade"},
    )
    min_repeats = fields.Integer(
        string="Repeats",
        default=2,
        help="Repairs with the same fault again, within the days above, from which on "
        "a need is seen.",
    )

    _repeats_positive = models.Constraint(
        "CHECK (min_repeats > 0)", "One repeat is the least. Enter 1 or more."
    )

    def _get_candidates_repeat_repair(self):
        today = fields.Date.context_today(self)
        # sudo: the coordinator may not read repairs; he learns a number only
        groups = (
            self.env["repair.order"]
            .sudo()
            ._read_group(
                Domain("state", "=", "done")
                & Domain("first_time_fix", "=", False)
                & Domain("is_history", "=", False)
                & Domain("finished_at", ">=", today - timedelta(days=self.days))
                & Domain("staff_id", "any", self._get_staff_domain()),
                ["staff_id"],
                ["__count"],
                having=[("__count", ">=", self.min_repeats)],
            )
        )
        return [
            (
                staff.sudo(False),
                today + timedelta(days=30),
                self.env._("%(count)s repairs came back", count=count),
            )
            for staff, count in groups
        ]
