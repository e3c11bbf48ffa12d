from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_training.models.aftersales_training_rule import Candidate


class AftersalesTrainingRule(models.Model):
    """Repairs that did not hold show who needs training.

    Repeats count the failures, the scorecard their share among all repairs.
    """

    _inherit = "aftersales.training.rule"

    kind = fields.Selection(
        selection_add=[
            ("repeat_repair", "Repeat Repairs"),
            ("low_fix", "Low First-time Fix"),
        ],
        ondelete={"repeat_repair": "cascade", "low_fix": "cascade"},
    )
    min_repeats = fields.Integer(
        string="Repeats",
        default=2,
        help="Repairs with the same fault again, within the days above, from which on "
        "a need is seen.",
    )
    fix_threshold = fields.Float(
        string="First-time Fix Below (%)",
        default=80,
        help="Technicians whose share of repairs that held is lower have a need; the "
        "more is missing, the heavier.",
    )
    min_repairs = fields.Integer(
        string="Least Repairs",
        default=5,
        help="Technicians with fewer finished repairs in these days are not judged.",
    )

    _repeats_positive = models.Constraint(
        "CHECK (min_repeats > 0)", "One repeat is the least. Enter 1 or more."
    )
    _fix_threshold_scale = models.Constraint(
        "CHECK (fix_threshold > 0 AND fix_threshold <= 100)",
        "The first-time fix of a rule lies above 0 and up to 100 percent.",
    )
    _min_repairs_positive = models.Constraint(
        "CHECK (min_repairs > 0)", "One repair is the least. Enter 1 or more."
    )

    def _get_source(self):
        return "scorecard" if self.kind == "low_fix" else super()._get_source()

    def _get_new_product_domain(self):
        return super()._get_new_product_domain() & Domain("is_machine", "=", True)

    def _get_judged_repair_domain(self):
        """Finished repairs of the rule's days, people and product families."""
        self.ensure_one()
        since = fields.Date.context_today(self) - timedelta(days=self.days)
        domain = (
            Domain("state", "=", "done")
            & Domain("is_history", "=", False)
            & Domain("finished_at", ">=", since)
            & Domain("staff_id", "any", self._get_staff_domain())
        )
        families = self.course_id.categ_ids
        if families:
            domain &= Domain("product_id.categ_id", "child_of", families.ids)
        return domain

    def _get_candidates_repeat_repair(self):
        # sudo: the coordinator may not read repairs; he learns a number only
        groups = (
            self.env["repair.order"]
            .sudo()
            ._read_group(
                self._get_judged_repair_domain() & Domain("first_time_fix", "=", False),
                ["staff_id"],
                ["__count"],
                having=[("__count", ">=", self.min_repeats)],
            )
        )
        due_date = fields.Date.context_today(self) + timedelta(days=30)
        return [
            Candidate(
                staff.sudo(False),
                due_date,
                self.env._("%(count)s repairs came back", count=count),
            )
            for staff, count in groups
        ]

    def _get_candidates_low_fix(self):
        # sudo: the coordinator may not read repairs; he learns a share only
        groups = (
            self.env["repair.order"]
            .sudo()
            ._read_group(
                self._get_judged_repair_domain(),
                ["staff_id", "first_time_fix"],
                ["__count"],
            )
        )
        counts = {}
        for staff, held, count in groups:
            counts.setdefault(staff, {})[held] = count
        due_date = fields.Date.context_today(self) + timedelta(days=30)
        found = []
        for staff, number in counts.items():
            total = sum(number.values())
            share = 100 * number.get(True, 0) / total
            if total >= self.min_repairs and share < self.fix_threshold:
                note = self.env._(
                    "First-time fix %(share)d%% of %(count)s repairs",
                    share=round(share),
                    count=total,
                )
                found.append(
                    Candidate(staff.sudo(False), due_date, note, round(100 - share))
                )
        return found
