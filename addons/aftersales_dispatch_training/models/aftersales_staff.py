from odoo import models
from odoo.fields import Domain

from odoo.addons.aftersales_dispatch.utils.candidate import Away


class AftersalesStaff(models.Model):
    """Who is at a training gives no service meanwhile."""

    _inherit = "aftersales.staff"

    def _get_away_sources(self):
        return [*super()._get_away_sources(), self._get_trainings]

    def _get_trainings(self, start, end):
        # sudo: who takes part is the coordinator's; only from when to when is told
        enrolments = (
            self.env["aftersales.training.enrolment"]
            .sudo()
            .search(
                Domain("staff_id", "in", self.ids)
                & Domain("state", "in", ("confirmed", "attended"))
                & Domain("date_begin", "<", end)
                & Domain("date_end", ">", start)
            )
        )
        for enrolment in enrolments:
            staff = enrolment.staff_id.with_env(self.env)
            times = (enrolment.date_begin, enrolment.date_end)
            yield staff, Away(*times, staff._get_training_text(enrolment))

    def _get_training_text(self, enrolment):
        return self.env._(
            "at a training %(days)s: %(course)s",
            days=self._format_days(
                self._get_local_day(enrolment.date_begin),
                self._get_local_day(enrolment.date_end),
            ),
            course=enrolment.session_id.course_id.name,
        )
