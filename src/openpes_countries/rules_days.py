"""Working days: the weekend and the public holidays of a country, as far as its pack knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpes_countries.country import Country

HOLIDAYS = "holidays.days"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday. `estimated`: its day depends on the moon and is proclaimed later."""

    on: date
    name: str
    estimated: bool


def holidays_of(country: Country, *, year: int) -> tuple[Holiday, ...]:
    """The public holidays of a year, earliest first; empty when the pack does not know that year."""
    if HOLIDAYS not in country.keys:
        return ()
    found = country.value(HOLIDAYS, on=date(year, 7, 1))
    if not found.known:
        return ()
    return tuple(
        Holiday(day["on"], day["name"], bool(day.get("estimated"))) for day in found.value if day["on"].year == year
    )


def knows_holidays(country: Country, *, year: int) -> bool:
    """True when the pack holds the public holidays of a year."""
    return HOLIDAYS in country.keys and country.value(HOLIDAYS, on=date(year, 7, 1)).known


def holiday_on(country: Country, day: date) -> Holiday | None:
    """The public holiday on a day, or None."""
    return next((one for one in holidays_of(country, year=day.year) if one.on == day), None)
