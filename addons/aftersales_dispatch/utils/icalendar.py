"""Appointments as calendars exchange them: RFC 5545, with the methods of RFC 5546."""

from dataclasses import dataclass
from datetime import datetime

import vobject

PRODUCT = "-//Aftersales//Dispatch//EN"


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class Appointment:
    """A promised time. Moments are naive and in UTC.

    ``uid`` stays the same for the life of a job; ``sequence`` grows with every message
    about it, so that a calendar knows which is the latest.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    attendee: Person
    organizer: Person | None = None


def build_calendar(appointment, method):
    """The message as bytes.

    :param method: ``REQUEST`` (new or changed) or ``CANCEL``
    """
    calendar = vobject.iCalendar()
    calendar.add("prodid").value = PRODUCT
    calendar.add("method").value = method
    event = calendar.add("vevent")
    for name, value in _get_properties(appointment, method).items():
        if value:
            event.add(name).value = value
    _add_person(event, "attendee", appointment.attendee)
    if method == "REQUEST":
        event.attendee.partstat_param = "NEEDS-ACTION"
        event.attendee.rsvp_param = "TRUE"
    if appointment.organizer:
        _add_person(event, "organizer", appointment.organizer)
    return calendar.serialize().encode()


def _get_properties(appointment, method):
    return {
        "uid": appointment.uid,
        "sequence": str(appointment.sequence),
        "dtstamp": _utc(appointment.stamp),
        "dtstart": _utc(appointment.start),
        "dtend": _utc(appointment.end),
        "summary": appointment.summary,
        "location": appointment.location,
        "description": appointment.description,
        "status": "CANCELLED" if method == "CANCEL" else "CONFIRMED",
    }


def _add_person(event, name, person):
    line = event.add(name)
    line.value = f"mailto:{person.email}"
    line.cn_param = person.name.replace('"', "'")


def _utc(moment):
    return moment.replace(tzinfo=vobject.icalendar.utc)
