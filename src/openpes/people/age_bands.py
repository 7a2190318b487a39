"""Age bands of the statistics: 15–19, 20–24, 25–29, 30 and over, on a stated day."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Value, When

from openpes.core.clock import age_on

UNDER, OLDEST, UNKNOWN = "under_15", "30+", "unknown"
BANDS = ((15, 19), (20, 24), (25, 29))
BAND_CODES = (UNDER, *(f"{low}-{high}" for low, high in BANDS), OLDEST, UNKNOWN)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def band_of(born_on: date | None, on: date) -> str:
    """The band of somebody born on a day."""
    if born_on is None:
        return UNKNOWN
    age = age_on(born_on, on)
    if age < BANDS[0][0]:
        return UNDER
    return next((f"{low}-{high}" for low, high in BANDS if low <= age <= high), OLDEST)


def band_expression(path: str, on: date) -> Case:
    """The band of the birth date behind a query path, for grouping in the database. Agrees with `band_of`."""
    whens = [
        When(**{f"{path}__isnull": True}, then=Value(UNKNOWN)),
        When(**{f"{path}__gt": years_before(on, BANDS[0][0])}, then=Value(UNDER)),
    ]
    whens += [When(**{f"{path}__gt": years_before(on, high + 1)}, then=Value(f"{low}-{high}")) for low, high in BANDS]
    return Case(*whens, default=Value(OLDEST), output_field=CharField())
