from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingSession(models.Model):
    """First-time fix before and after: of those trained, and of the others."""

    _inherit = "aftersales.training.session"

    fix_before = fields.Float(
        string="First-time Fix Before (%)", readonly=True, groups=COORDINATOR
    )
    fix_after = fields.Float(
        string="First-time Fix After (%)", readonly=True, groups=COORDINATOR
    )
    fix_before_others = fields.Float(
        string="Others Before (%)", readonly=True, groups=COORDINATOR
    )
    fix_after_others = fields.Float(
        string="Others After (%)", readonly=True, groups=COORDINATOR
    )

    def _prepare_effect_vals(self):
        vals = super()._prepare_effect_vals()
        days = timedelta(days=self.course_id.effect_days)
        before = (self.date_begin - days, self.date_begin)
        after = (self.date_end, self.date_end + days)
        trained = self.enrolment_ids.filtered(lambda e: e.state == "attended").staff_id
        own, others = ("in", trained.ids), ("not in", trained.ids)
        return {
            **vals,
            "fix_before": self._get_first_time_fix(own, before),
            "fix_after": self._get_first_time_fix(own, after),
            "fix_before_others": self._get_first_time_fix(others, before),
            "fix_after_others": self._get_first_time_fix(others, after),
        }

    def _get_first_time_fix(self, staff, period):
        """Share of finished repairs that held, in percent; 0 when there were none.

        Only product families of the course count, if it has any.

        :param staff: operator and ids of the technicians
        :param period: from when to when repairs were finished
        """
        self.ensure_one()
        domain = (
            Domain("state", "=", "done")
            & Domain("is_history", "=", False)
            & Domain("staff_id", "!=", False)
            & Domain("staff_id", *staff)
            & Domain("finished_at", ">=", period[0])
            & Domain("finished_at", "<", period[1])
        )
        if self.course_id.categ_ids:
            domain &= Domain(
                "product_id.categ_id", "child_of", self.course_id.categ_ids.ids
            )
        # sudo: the coordinator may not read repairs; he learns a share only
        groups = (
            self.env["repair.order"]
            .sudo()
            ._read_group(domain, ["first_time_fix"], ["__count"])
        )
        counts = dict(groups)
        total = sum(counts.values())
        return 100 * counts.get(True, 0) / total if total else 0.0
