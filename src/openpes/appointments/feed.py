"""A counsellor's calendar as iCalendar (RFC 5545): references and kinds only, for a feed leaves the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from openpes.appointments.models import Appointment
from openpes.appointments.states import AppointmentKind
from openpes.appointments.words import KIND


def calendar_feed(appointments: Iterable[Appointment], *, name: str, host: str, at: datetime) -> bytes:
    """The calendar of these appointments. No name, no note, no phone of anybody is in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//openpes//appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        if one.starts_at is None:
            continue
        event = Event()
        event.add("uid", f"{one.ref}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.starts_at + timedelta(minutes=one.minutes))
        event.add("summary", f"{KIND[AppointmentKind(one.kind)]} {one.ref}")
        event.add("location", one.room.name if one.room is not None else one.office.name)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
