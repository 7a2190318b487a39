"""Which times are free: opening hours without breaks, holidays and absences, minus what is held. Pure arithmetic.

Times of day are local and half-open: a slot may end when the office closes. The zone turns them into instants, so a
clock change in the country moves no appointment on the wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from openpes.appointments.rules import tens
from openpes.appointments.states import GRID_MINUTES


@dataclass(frozen=True, order=True)
class Span:
    """From a time of day to before another, local."""

    starts: time
    ends: time


@dataclass(frozen=True)
class OfficeHours:
    """When an office is open. `weekly` by weekday (0 is Monday); `exceptions` replace a day (empty: closed);
    `weekend` and `holidays` close it unless an exception opens it."""

    weekly: Mapping[int, Sequence[Span]]
    exceptions: Mapping[date, Sequence[Span]] = field(default_factory=dict)
    weekend: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()

    def on(self, day: date) -> list[Span]:
        """The spans in which the office is open on a day."""
        if day in self.exceptions:
            return sorted(self.exceptions[day])
        if day in self.holidays or day.weekday() in self.weekend:
            return []
        return sorted(self.weekly.get(day.weekday(), ()))


@dataclass(frozen=True)
class Counsellor:
    """Somebody with whom times can be booked. Without working times of their own they work while the office is open."""

    account_id: int
    weekly: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    absent: tuple[tuple[date, date], ...] = ()

    def on(self, day: date, office: Sequence[Span]) -> list[Span]:
        """The spans in which this counsellor works on a day: both at work and open."""
        if any(first <= day <= last for first, last in self.absent):
            return []
        if not self.weekly:
            return list(office)
        return overlap(office, self.weekly.get(day.weekday(), ()))


@dataclass(frozen=True, order=True)
class Slot:
    """A time that can be booked: an instant, minutes, and with whom."""

    starts_at: datetime
    account_id: int
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def overlap(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What two lists of spans have in common."""
    found = [
        Span(max(one.starts, other.starts), min(one.ends, other.ends))
        for one in some
        for other in others
        if max(one.starts, other.starts) < min(one.ends, other.ends)
    ]
    return sorted(found)


def instant(day: date, moment: time, zone: str) -> datetime:
    """A local time of day as an instant."""
    return datetime.combine(day, moment, ZoneInfo(zone)).astimezone(UTC)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The half-open span of instants of a day as lived in a zone."""
    return instant(day, time(0), zone), instant(day + timedelta(days=1), time(0), zone)


def on_grid(moment: datetime) -> datetime:
    """The next instant on the grid of ten minutes, or this one."""
    whole = moment.replace(minute=moment.minute - moment.minute % GRID_MINUTES, second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=GRID_MINUTES)


def free_slots(
    *,
    days: Iterable[date],
    hours: OfficeHours,
    counsellors: Sequence[Counsellor],
    held: Mapping[int, frozenset[datetime]],
    minutes: int,
    zone: str,
    after: datetime,
) -> list[Slot]:
    """Every slot that can be booked, in the order of time. `held` are the ten-minute pieces taken, by account.

    Slots of a counsellor follow each other without a gap; the first free one after what is held begins there, so that
    forty minutes fit wherever forty minutes are.
    """
    found = []
    for day in days:
        office = hours.on(day)
        for one in counsellors if office else ():
            taken = held.get(one.account_id, frozenset())
            for span in one.on(day, office):
                found += _in_span(day, span, one.account_id, taken, minutes, zone, after)
    return sorted(found)


def _in_span(
    day: date, span: Span, account_id: int, taken: frozenset[datetime], minutes: int, zone: str, after: datetime
) -> list[Slot]:
    moment, end, found = on_grid(instant(day, span.starts, zone)), instant(day, span.ends, zone), []
    while moment + timedelta(minutes=minutes) <= end:
        pieces = tens(moment, minutes)
        clash = next((piece for piece in reversed(pieces) if piece in taken), None)
        if clash is not None:
            moment = clash + timedelta(minutes=GRID_MINUTES)
        elif moment <= after:
            moment += timedelta(minutes=GRID_MINUTES)
        else:
            found.append(Slot(moment, account_id, minutes))
            moment += timedelta(minutes=minutes)
    return found
