"""Arithmetic of working time, without the ORM. All moments are naive UTC."""

from datetime import datetime, timedelta

ZERO = timedelta()
# Working hours are fetched in windows of this length, counted from EPOCH.
EPOCH = datetime(2000, 1, 1)
WINDOW = timedelta(days=28)
# Who finds no working time within three years has an empty calendar.
MAX_WINDOWS = 40


class WorkTime:
    """The time that counts for a clock.

    :param fetch: function of two moments that gives the working intervals between
        them as sorted (start, end) pairs; None: every minute counts
    """

    def __init__(self, fetch=None):
        self._fetch = fetch
        self._windows = {}

    def _get_window(self, number):
        if number not in self._windows:
            start = EPOCH + number * WINDOW
            self._windows[number] = list(self._fetch(start, start + WINDOW))
        return self._windows[number]

    def add(self, start, amount):
        """The moment at which ``amount`` of working time has passed since ``start``.

        :return: None when there is no working time

        >>> WorkTime().add(datetime(2026, 6, 15, 8), timedelta(hours=2))
        datetime.datetime(2026, 6, 15, 10, 0)
        """
        if not self._fetch:
            return start + amount
        first = (start - EPOCH) // WINDOW
        for number in range(first, first + MAX_WINDOWS):
            for begin, end in self._get_window(number):
                begin = max(begin, start)
                if begin >= end:
                    continue
                if amount <= end - begin:
                    return begin + amount
                amount -= end - begin
        return None

    def between(self, start, end):
        """Working time from ``start`` to ``end``; none when ``end`` comes first.

        >>> WorkTime().between(datetime(2026, 6, 15, 8), datetime(2026, 6, 15, 9))
        datetime.timedelta(seconds=3600)
        """
        if start >= end:
            return ZERO
        if not self._fetch:
            return end - start
        numbers = range((start - EPOCH) // WINDOW, (end - EPOCH) // WINDOW + 1)
        parts = (
            min(stop, end) - max(begin, start)
            for number in numbers
            for begin, stop in self._get_window(number)
        )
        return sum((part for part in parts if part > ZERO), ZERO)

    def plan(self, start, amount, pauses=()):
        """The moment at which ``amount`` has run since ``start``, pauses left out.

        :param pauses: sorted (start, end) pairs that do not overlap; an end of None
            means that the pause lasts
        :return: None when a lasting pause comes before, or without working time

        >>> noon = datetime(2026, 6, 15, 12)
        >>> pause = (noon + timedelta(hours=1), noon + timedelta(hours=4))
        >>> WorkTime().plan(noon, timedelta(hours=2), [pause])
        datetime.datetime(2026, 6, 15, 17, 0)
        """
        for begin, end in pauses:
            if end is not None and end <= start:
                continue
            run = self.between(start, begin)
            if run >= amount:
                break
            if end is None:
                return None
            amount -= run
            start = max(start, end)
        return self.add(start, amount)

    def elapsed(self, start, end, pauses=()):
        """Working time from ``start`` to ``end``, pauses left out."""
        total = self.between(start, end)
        for begin, stop in pauses:
            stop = end if stop is None else min(stop, end)
            total -= self.between(max(begin, start), stop)
        return total
