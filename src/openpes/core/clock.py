"""The only place that asks what time it is. Doors and jobs call `now()` and pass the answer on."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime, zone: str) -> date:
    """The calendar date of an instant in a time zone: what day a person there would say it is."""
    return at.astimezone(ZoneInfo(zone)).date()


def month_bounds(month: str, zone: str) -> tuple[datetime, datetime]:
    """The half-open span of instants of a month written YYYY-MM, as lived in a time zone.

    Raises ValueError with the mend when the month is written otherwise.
    """
    try:
        year, number = (int(part) for part in month.split("-"))
        first = datetime(year, number, 1, tzinfo=ZoneInfo(zone))
    except ValueError as error:
        raise ValueError(f"Write the month as YYYY-MM, for example 2026-11 (not {month!r}).") from error
    following = first.replace(year=year + number // 12, month=number % 12 + 1)
    return first.astimezone(UTC), following.astimezone(UTC)


def months_before(at: datetime, months: int) -> datetime:
    """The instant so many calendar months earlier; the last day of a shorter month stands for the missing one."""
    index = at.year * 12 + at.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def age_on(born_on: date, on: date) -> int:
    """Completed years of age. Someone born on 29 February turns a year older on 1 March in common years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
