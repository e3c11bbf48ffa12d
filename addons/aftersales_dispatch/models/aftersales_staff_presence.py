from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.aftersales_dispatch import BUSY_STATES

from ..utils.candidate import Away, Booking

# Whole days are compared in the local time of each; no zone is further off than this.
ZONE = timedelta(days=1)


class AftersalesStaff(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.staff"

    def _get_aways(self, start, end):
        """When each of these people gives no service between two moments in UTC.

        Absences, our employees' time off, suspensions, and what other addons add to
        :meth:`_get_away_sources`. The number of queries does not depend on how many
        people they are.

        :return: dict of staff → list of :class:`Away`
        """
        aways = defaultdict(list)
        for source in self._get_away_sources():
            for staff, away in source(start, end):
                if away.start < end and away.end > start:
                    aways[staff].append(away)
        return aways

    def _get_away_sources(self):
        """Functions of start and end that yield pairs of staff and :class:`Away`."""
        return [self._get_absences, self._get_time_off, self._get_suspensions]

    def _get_absences(self, start, end):
        absences = self.env["aftersales.staff.absence"].search(
            Domain("staff_id", "in", self.ids)
            & Domain("date_from", "<=", (end + ZONE).date())
            & Domain("date_to", ">=", (start - ZONE).date())
        )
        for absence in absences:
            days = absence.staff_id._get_days_in_utc(absence.date_from, absence.date_to)
            yield absence.staff_id, Away(*days, absence._get_text())

    def _get_time_off(self, start, end):
        # sudo: employees and their time off are closed; only from when to when is told
        by_resource = {staff.employee_id.resource_id: staff for staff in self.sudo()}
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                Domain("resource_id", "in", [res.id for res in by_resource if res])
                & Domain("time_type", "=", "leave")
                & Domain("date_from", "<", end)
                & Domain("date_to", ">", start)
            )
        )
        for leave in leaves:
            staff = by_resource[leave.resource_id].with_env(self.env)
            yield (
                staff,
                Away(leave.date_from, leave.date_to, staff._get_off_text(leave)),
            )

    def _get_off_text(self, leave):
        days = [
            self._get_local_day(moment)
            for moment in (leave.date_from, leave.date_to - timedelta(seconds=1))
        ]
        return self.env._("absent %s: time off", self._format_days(*days))

    def _get_suspensions(self, start, end):
        for staff in self.filtered("suspended_from"):
            last = staff.suspended_to or (end + ZONE).date()
            days = staff._get_days_in_utc(staff.suspended_from, last)
            yield staff, Away(*days, staff._get_suspension_text(), is_suspension=True)

    def _get_suspension_text(self):
        self.ensure_one()
        if self.suspended_to:
            days = self._format_days(self.suspended_from, self.suspended_to)
            return self.env._("suspended %(days)s: %(reason)s", **self._tell(days))
        days = self._format_days(self.suspended_from, self.suspended_from)
        return self.env._("suspended since %(days)s: %(reason)s", **self._tell(days))

    def _tell(self, days):
        return {"days": days, "reason": self.suspension_reason or ""}

    def _get_bookings(self, start, end, except_job):
        """What each of these people is promised to between two moments in UTC.

        :return: dict of staff → list of :class:`Booking`
        """
        # sudo: our technicians are booked for other dealers, too; the number is told
        jobs = (
            self.env["aftersales.dispatch"]
            .sudo()
            .search_fetch(
                Domain("staff_id", "in", self.ids)
                & Domain("state", "in", BUSY_STATES)
                & Domain("date_start", "<", end)
                & Domain("date_end", ">", start)
                & Domain("id", "!=", except_job._origin.id),
                ["staff_id", "date_start", "date_end", "name"],
                order="date_start",
            )
        )
        bookings = defaultdict(list)
        for job in jobs:
            staff = job.staff_id.with_env(self.env)
            bookings[staff].append(Booking(job.date_start, job.date_end, job.name))
        return bookings
