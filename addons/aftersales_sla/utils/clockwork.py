"""What one run over many clocks looks up once, not once per clock."""

from collections import defaultdict
from datetime import timedelta, timezone

from odoo import fields
from odoo.fields import Domain

from .worktime import WorkTime

UTC = timezone.utc
ROUND_THE_CLOCK = WorkTime()


class Clockwork:
    """Policies, ladder, pauses and working hours for the clocks of some cases.

    :param tickets: the cases, as superuser
    """

    def __init__(self, tickets):
        self.env = tickets.env
        self.now = fields.Datetime.now()
        self._tickets = tickets
        self._worktimes = {}
        self._policies = None
        self._rungs = None
        self._pauses = None
        self._noticed = {}

    @property
    def policies(self):
        if self._policies is None:
            self._policies = self.env["aftersales.sla.policy"].search([])
        return self._policies

    @property
    def rungs(self):
        if self._rungs is None:
            self._rungs = self.env["aftersales.sla.escalation"].search([])
        return self._rungs

    def get_pauses(self, ticket):
        """Sorted (start, end) pairs; the end of a lasting one is None."""
        if self._pauses is None:
            self._pauses = defaultdict(list)
            pauses = self.env["aftersales.sla.pause"].search(
                Domain("ticket_id", "in", self._tickets.ids), order="start_at, id"
            )
            for pause in pauses:
                pair = (pause.start_at, pause.end_at or None)
                self._pauses[pause.ticket_id.id].append(pair)
        return self._pauses[ticket.id]

    def get_noticed(self, clock):
        """Ids of the rungs that were taken for this clock."""
        if clock.id not in self._noticed:
            clocks = clock.browse(clock._prefetch_ids)
            self._noticed.update((other.id, set()) for other in clocks)
            groups = self.env["aftersales.sla.notice"]._read_group(
                Domain("clock_id", "in", clocks.ids), ["clock_id", "escalation_id"]
            )
            for noticed, rung in groups:
                self._noticed[noticed.id].add(rung.id)
        return self._noticed[clock.id]

    def get_worktime(self, calendar):
        """Working time of a calendar; every minute counts without one."""
        if not calendar:
            return ROUND_THE_CLOCK
        if calendar not in self._worktimes:
            worktime = WorkTime(lambda start, end: _fetch_hours(calendar, start, end))
            # a calendar that was emptied after the policy was made stops no clock
            usable = worktime.add(self.now, timedelta(minutes=1))
            self._worktimes[calendar] = worktime if usable else ROUND_THE_CLOCK
        return self._worktimes[calendar]


def _fetch_hours(calendar, start, end):
    """Working intervals of a calendar, public holidays left out, in naive UTC.

    The same source as ``resource.calendar.plan_hours``.
    """
    holidays = [("time_type", "=", "leave")]
    if calendar.company_id:
        # core takes the holidays that any company has for all calendars
        companies = [False, calendar.company_id.id]
        holidays += ["|", ("calendar_id", "!=", False), ("company_id", "in", companies)]
    intervals = calendar._work_intervals_batch(
        start.replace(tzinfo=UTC), end.replace(tzinfo=UTC), domain=holidays
    )[False]
    merged = []
    for begin, stop, _attendance in intervals:
        begin, stop = (
            moment.astimezone(UTC).replace(tzinfo=None) for moment in (begin, stop)
        )
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((begin, stop))
    return merged
