"""Free time between working hours and what is taken; pairs of datetimes, plain Python.

>>> from datetime import datetime, timedelta
>>> def at(hour):
...     return datetime(2026, 6, 15, hour)
>>> day = [(at(8), at(12)), (at(13), at(17))]
>>> hours = timedelta(hours=2)
>>> [moment.hour for moment in find_free(day, [(at(8), at(9))], at(8), hours)]
[9, 11]
>>> [moment.hour for moment in find_free(day, [(at(9), at(12))], at(8), hours)]
[13, 15]
>>> find_free(day, [(at(8), at(16))], at(8), hours) is None
True

A job longer than any stretch of work goes on after the break:

>>> [moment.hour for moment in find_free(day, [], at(9), timedelta(hours=6))]
[9, 15]
"""

from datetime import timedelta

# A pause up to this length lies within a working day; a longer one ends it.
BREAK = timedelta(hours=3)


def find_free(work, taken, start, duration):
    """The first free window of ``duration`` at or after ``start``.

    :param work: working times, pairs in order
    :param taken: times already taken, pairs in any order
    :return: pair of start and end, or None
    """
    if not any(closing - opening >= duration for opening, closing in work):
        work = bridge_breaks(work)
    taken = sorted(taken)
    for opening, closing in work:
        begin = _skip_taken(max(opening, start), taken, duration)
        if begin + duration <= closing:
            return begin, begin + duration
    return None


def bridge_breaks(work):
    """Working times with the pauses of a day closed."""
    bridged = []
    for opening, closing in work:
        if bridged and opening - bridged[-1][1] <= BREAK:
            bridged[-1] = (bridged[-1][0], closing)
        else:
            bridged.append((opening, closing))
    return bridged


def round_up(moment, minutes=15):
    """``moment`` on the next full quarter of an hour."""
    rest = moment - moment.replace(minute=0, second=0, microsecond=0)
    step = timedelta(minutes=minutes)
    return moment + (-rest % step)


def _skip_taken(begin, taken, duration):
    for taken_from, taken_to in taken:
        if taken_to <= begin:
            continue
        if taken_from >= begin + duration:
            break
        begin = taken_to
    return begin
