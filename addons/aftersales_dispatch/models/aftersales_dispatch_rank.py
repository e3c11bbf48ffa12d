from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..utils.candidate import Candidate, Judgement, Request
from ..utils.windows import find_free, round_up

# How far ahead a free time is looked for.
HORIZON = timedelta(days=14)
UNJUDGED = Judgement()


class AftersalesDispatch(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch"

    def _rank_candidates(self):
        """Who could take the job, the best first, those who cannot at the end.

        Only people whom the user may see are ranked. The number of queries does not
        depend on how many they are.

        :return: list of :class:`Candidate`
        """
        self.ensure_one()
        request = self._prepare_rank_request(self._get_candidates())
        criteria = self.env["aftersales.dispatch.criterion"].search(Domain.TRUE)
        judged = [(criterion, criterion._judge(request)) for criterion in criteria]
        candidates = [
            self._get_candidate(
                request,
                person,
                [(c, f.get(person, UNJUDGED)) for c, f in judged],
            )
            for person in request.staff
        ]
        return sorted(candidates, key=self._get_rank)

    def _get_candidates(self):
        """The technicians of the case's dealer and, for the company, our own."""
        self.ensure_one()
        return self.env["aftersales.staff"].search(self._get_candidate_domain())

    def _get_candidate_domain(self):
        self.ensure_one()
        return Domain("role", "=", "technician") & Domain(
            "dealer_id", "in", [*self.dealer_id.ids, False]
        )

    def _get_rank(self, candidate):
        staff = candidate.staff
        return (
            bool(candidate.blocked),
            -candidate.score,
            not staff.dealer_id,
            staff.name,
        )

    def _get_candidate(self, request, person, judged):
        blocked = [
            judgement.text
            for criterion, judgement in judged
            if judgement.forbids or (criterion.is_mandatory and judgement.fails)
        ]
        blocked += self._get_obstacles(request, person)
        start, end = self._get_free_window(request, person) or (None, None)
        reasons = [
            criterion._get_reason(judgement)
            for criterion, judgement in judged
            if judgement.text and judgement.text not in blocked
        ]
        if not start:
            reasons.append(self.env._("no free time within %s days", HORIZON.days))
        return Candidate(
            staff=person,
            score=sum(criterion._get_points(found) for criterion, found in judged),
            reasons=tuple(reasons),
            blocked=tuple(blocked),
            start=start,
            end=end,
        )

    def _get_obstacles(self, request, person):
        """What rules somebody out whatever the criteria say, as sentences."""
        obstacles = [
            away.text
            for away in request.get_aways(person, request.start, request.end)
            if away.is_suspension
        ]
        # sudo: colleagues who refused may be hidden
        if person in self.sudo().refused_staff_ids:
            obstacles.append(self.env._("has refused this job"))
        return obstacles

    # -- time ----------------------------------------------------------------

    def _prepare_rank_request(self, staff):
        """Read all that the criteria need, once for all candidates."""
        self.ensure_one()
        calendar = self._get_work_calendar()
        start = self.date_start or round_up(fields.Datetime.now())
        work = self._get_work(calendar, start)
        end = self._get_wanted_end(start)
        if not self.date_start:
            start, end = find_free(work, [], start, end - start) or (start, end)
        day = self._get_local_day(calendar, start)
        return Request(
            job=self,
            staff=staff,
            start=start,
            end=end,
            day_start=day[0],
            day_end=day[1],
            bookings=staff._get_bookings(day[0], start + HORIZON, self),
            aways=staff._get_aways(day[0], start + HORIZON),
            work=tuple(work),
        )

    def _get_wanted_end(self, start):
        if self.date_start and self.date_end:
            return self.date_end
        hours = (self.company_id or self.env.company).aftersales_dispatch_hours
        return start + timedelta(hours=hours)

    def _get_work_calendar(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        return self.dealer_id.calendar_id or company.resource_calendar_id

    def _get_work(self, calendar, start):
        """Working times up to the horizon, in UTC; without a calendar all of it."""
        if not calendar:
            return [(start, start + HORIZON)]
        # sudo: the public holidays of a calendar are closed to dealers
        intervals = calendar.sudo()._work_intervals_batch(
            pytz.utc.localize(start), pytz.utc.localize(start + HORIZON)
        )[False]
        return [
            tuple(moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in pair)
            for pair in ((opening, closing) for opening, closing, _meta in intervals)
        ]

    def _get_local_day(self, calendar, moment):
        zone = pytz.timezone(calendar.tz or self.env.user.tz or "UTC")
        day = pytz.utc.localize(moment).astimezone(zone).date()
        return [
            zone.localize(datetime.combine(date, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for date in (day, day + timedelta(days=1))
        ]

    def _get_free_window(self, request, person):
        """The wanted time if he is free then, else his next free working time."""
        start, end = request.start, request.end
        if not request.get_bookings(person, start, end) and not request.get_aways(
            person, start, end
        ):
            return start, end
        taken = [
            (busy.start, busy.end)
            for busy in (
                *request.bookings.get(person, ()),
                *request.aways.get(person, ()),
            )
        ]
        return find_free(request.work, taken, start, end - start)

    # -- the screen ----------------------------------------------------------

    def action_suggest(self):
        """Show who could take the job.

        :raises UserError: the job was sent already
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "Job %(job)s was sent already. Take it back, or re-dispatch it.",
                    job=self.display_name,
                )
            )
        suggestions = self.env["aftersales.dispatch.suggestion"]
        return suggestions._open(self.ticket_id, self)
