"""Arithmetic of warranty cover: plain Python, no database.

Conventions, all dates being calendar days without a time zone:

* A period of n months that starts on a day D runs through the day of the same number n
  months later, that day included; where the month has no such day, through the month's
  last day (Civil Code of China, art. 201-202: the first day is not counted, and the
  corresponding day is the last). Started on 2024-01-31, one month ends on 2024-02-29.
* Days in repair are counted with both ends (a machine that came in and left on one day
  was away for one day), days of overlapping repairs once, and only when the repair
  began while the cover was still running.
* A usage limit includes its number: 60,000 km are covered, 60,000.1 km are not.
* A registration limit of 20 days includes the twentieth day after the sale.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Verdict:
    """The answer to "is this covered?", with its reasons.

    Shares are the maker's part of the cost in percent, 0 when not covered.
    ``reimbursable`` says whether the dealer is paid back; it never changes ``covered``.
    ``reasons`` is a tuple of (code, text): at least one, the decisive ones first.
    """

    covered: bool
    parts_share: float
    labour_share: float
    travel_share: float
    reimbursable: bool
    reasons: tuple = ()

    @property
    def codes(self):
        """The reasons' codes, in their order."""
        return tuple(code for code, _text in self.reasons)

    @property
    def text(self):
        """The reasons' texts, one a line."""
        return "\n".join(text for _code, text in self.reasons)


@dataclass(frozen=True)
class Cover:
    """One term as the arithmetic needs it; 0 as a limit means none."""

    months: int
    usage_limit: float = 0.0
    parts_share: float = 100.0
    labour_share: float = 100.0
    travel_share: float = 100.0


NO_COVER = Cover(0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Situation:
    """All that a verdict depends on.

    ``state`` is "none" (no card), "active", or any other word for a card that is not in
    force. ``cover`` is None when the part's class is excluded. ``stops`` are pairs
    (first day, last day or None while the repair goes on). ``registration`` is on_time,
    late, waived or None (the slip has not reached the company).
    """

    state: str
    on_date: date
    start: date | None = None
    cover: Cover | None = None
    usage: float | None = None
    stops: tuple = ()
    registration: str | None = "on_time"

    @property
    def end(self):
        """(last day of cover, days added for repairs), as known on ``on_date``."""
        return cover_end(self.start, self.cover.months, self.stops, self.on_date)


def merge_stops(stops, until):
    """Return the stops as disjoint, sorted (first, last) pairs.

    An open stop runs until ``until``; stops that begin after ``until`` are left out.

    >>> merge_stops([(date(2024, 1, 5), None), (date(2024, 1, 1), date(2024, 1, 5))],
    ...             date(2024, 1, 7))
    [(datetime.date(2024, 1, 1), datetime.date(2024, 1, 7))]
    """
    merged = []
    for first, last in sorted(stops, key=lambda stop: stop[0]):
        if first > until:
            continue
        last = until if last is None else last
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def cover_end(start, months, stops=(), until=date.max):
    """Return (last day of cover, days added for repairs).

    :param until: the day the question is asked for; an open stop counts through it, so
        open stops need a real day here

    >>> cover_end(date(2024, 3, 1), 12, [(date(2024, 5, 1), date(2024, 5, 3))])
    (datetime.date(2025, 3, 4), 3)
    """
    end = start + relativedelta(months=months)
    added = 0
    for first, last in merge_stops(stops, until):
        # days before the start were no days of cover
        first = max(first, start)
        if first > end or last < first:
            continue
        days = (last - first).days + 1
        end += timedelta(days=days)
        added += days
    return end, added


def registration_of(sale_date, returned_on, days, waived=False):
    """Return on_time, late or waived; None while the slip is out.

    >>> registration_of(date(2026, 1, 1), date(2026, 1, 21), 20)
    'on_time'
    >>> registration_of(date(2026, 1, 1), date(2026, 1, 22), 20)
    'late'
    """
    if not sale_date or not returned_on:
        return None
    if (returned_on - sale_date).days <= days:
        return "on_time"
    return "waived" if waived else "late"


def assess(situation):
    """Return (covered, findings) for a :class:`Situation`.

    ``findings`` is a tuple of (code, values): the reasons, decisive ones first. Codes
    no_card, not_active, before_start, class_not_covered, expired and usage_exceeded
    refuse; in_term, stopped, usage_unknown, share, slip_missing, late and waived
    explain.
    """
    if situation.state == "none":
        return False, (("no_card", {}),)
    if situation.state != "active":
        return False, (("not_active", {"state": situation.state}),)
    refusals = _find_refusals(situation)
    if refusals:
        return False, tuple(refusals)
    return True, (*_explain_term(situation), *_explain_reimbursement(situation))


def _find_refusals(situation):
    cover = situation.cover
    if situation.start is None or cover is None or not cover.months:
        return [("class_not_covered", {})]
    if situation.on_date < situation.start:
        return [("before_start", {"start": situation.start})]
    refusals = []
    end, added = situation.end
    if situation.on_date > end:
        refusals.append(("expired", {"end": end, "months": cover.months}))
        if added:
            refusals.append(("stopped", {"added": added}))
    if cover.usage_limit and (situation.usage or 0.0) > cover.usage_limit:
        refusals.append(
            ("usage_exceeded", {"usage": situation.usage, "limit": cover.usage_limit})
        )
    return refusals


def _explain_term(situation):
    cover = situation.cover
    end, added = situation.end
    yield "in_term", {"end": end, "months": cover.months}
    if added:
        yield "stopped", {"added": added}
    if cover.usage_limit and situation.usage is None:
        yield "usage_unknown", {"limit": cover.usage_limit}
    shares = (cover.parts_share, cover.labour_share, cover.travel_share)
    if shares != (100.0, 100.0, 100.0):
        yield "share", dict(zip(("parts", "labour", "travel"), shares, strict=True))


def _explain_reimbursement(situation):
    if situation.registration is None:
        yield "slip_missing", {}
    elif situation.registration in ("late", "waived"):
        yield situation.registration, {}
