"""What is known and what is said of technicians when a job is to be given away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A technician for a job, beside the others.

    ``reasons`` and ``blocked`` are sentences in the user's language; who has any of the
    latter cannot be chosen. ``start`` and ``end`` are the time that he is proposed for,
    in UTC: the wanted one if he is free then, else the next free one; None when there
    is none.
    """

    staff: Any
    score: int
    reasons: tuple = ()
    blocked: tuple = ()
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Judgement:
    """What one criterion says of one technician.

    ``share`` (0 to 1) is the part of the criterion's weight that he gets, ``text`` why.
    ``fails`` says that he does not meet it: a mandatory criterion then blocks him.
    ``forbids`` blocks him even if the criterion is not mandatory: he could not be sent.
    """

    share: float = 0.0
    text: str = ""
    fails: bool = False
    forbids: bool = False


@dataclass(frozen=True)
class Booking:
    """A promised time of a technician, in UTC."""

    start: datetime
    end: datetime
    job: str


@dataclass(frozen=True)
class Away:
    """A time in which somebody gives no service, in UTC, and why.

    ``is_suspension`` tells a measure of the company from an absence.
    """

    start: datetime
    end: datetime
    text: str
    is_suspension: bool = False


@dataclass(frozen=True)
class Request:
    """The job and all facts about all candidates, read once before anybody is judged.

    Times are in UTC. ``day_start`` and ``day_end`` bound the local day of the wanted
    time. ``bookings`` and ``aways`` hold, by staff, what lies between that day and the
    horizon; ``work`` the working hours from the wanted time on.
    """

    job: Any
    staff: Any
    start: datetime
    end: datetime
    day_start: datetime
    day_end: datetime
    bookings: dict = field(default_factory=dict)
    aways: dict = field(default_factory=dict)
    work: tuple = ()

    def get_bookings(self, person, start, end):
        """The bookings of ``person`` that touch the time from ``start`` to ``end``."""
        return [
            booking
            for booking in self.bookings.get(person, ())
            if booking.start < end and booking.end > start
        ]

    def get_aways(self, person, start, end):
        """The times off of ``person`` that touch the time from ``start`` to ``end``."""
        return [
            away
            for away in self.aways.get(person, ())
            if away.start < end and away.end > start
        ]
