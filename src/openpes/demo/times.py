"""When things happened: instants in the past of `at`, in the hours and on the days when an office works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

OPENS_AT, CLOSES_AT = 8 * 60, 17 * 60
HISTORY_DAYS = 270


@dataclass(frozen=True)
class Clock:
    """The instant of the nation, its time zone and its weekend (0 is Monday)."""

    at: datetime
    zone: ZoneInfo
    weekend: tuple[int, ...]

    @property
    def today(self) -> date:
        """The calendar date of `at` in the country."""
        return self.at.astimezone(self.zone).date()

    def instant(self, on: date, minute: int) -> datetime:
        """The instant of a minute of a day in the country, never later than `at`."""
        local = datetime.combine(on, time(minute // 60, minute % 60), self.zone)
        return min(local.astimezone(UTC), self.at)

    def in_office_hours(self, rng: Random, days_ago: float) -> datetime:
        """An instant about so many days ago, on a working day between opening and closing."""
        on = self.today - timedelta(days=int(days_ago))
        while on.weekday() in self.weekend:
            on -= timedelta(days=1)
        return self.instant(on, rng.randrange(OPENS_AT, CLOSES_AT))

    def at_home(self, rng: Random, days_ago: float) -> datetime:
        """An instant about so many days ago, on any day between seven and ten in the evening."""
        return self.instant(self.today - timedelta(days=int(days_ago)), rng.randrange(7 * 60, 22 * 60))

    def days_since(self, moment: datetime) -> float:
        """How many days ago an instant was."""
        return (self.at - moment) / timedelta(days=1)


def later(moment: datetime, days: float) -> datetime:
    """So many days later, to the whole second."""
    return (moment + timedelta(days=days)).replace(microsecond=0)
