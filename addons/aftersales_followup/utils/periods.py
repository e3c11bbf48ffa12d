"""Dates that come round every few months."""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# A machine older than this is not asked about any more.
MAX_MONTHS = 240


def get_starts(day, months):
    """The first days from which every ``months`` months one date falls on ``day``.

    The end of a short month stands for the missing days.

    >>> starts = get_starts(date(2026, 2, 28), 12)
    >>> sorted(starts)[-1]
    datetime.date(2025, 2, 28)
    >>> date(2024, 2, 29) in starts
    True
    """
    starts = set()
    last = day.day == monthrange(day.year, day.month)[1]
    for count in range(months, MAX_MONTHS + 1, months):
        start = day - relativedelta(months=count)
        starts.add(start)
        if last:
            end = monthrange(start.year, start.month)[1]
            days = range(start.day + 1, end + 1)
            starts.update(date(start.year, start.month, number) for number in days)
    return starts


def get_round(start, day, months):
    """How many times ``months`` months have passed from ``start`` until ``day``.

    >>> get_round(date(2025, 8, 31), date(2026, 2, 28), 6)
    1
    >>> get_round(date(2025, 8, 31), date(2026, 2, 27), 6)
    0
    """
    count = 0
    while start + relativedelta(months=months * (count + 1)) <= day:
        count += 1
    return count


def get_days(since, until):
    """The days from ``since`` until ``until``, both of them.

    >>> get_days(date(2026, 2, 28), date(2026, 3, 1))
    [datetime.date(2026, 2, 28), datetime.date(2026, 3, 1)]
    """
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]
