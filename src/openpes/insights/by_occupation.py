"""People looking and live places by occupation, in ISCO-08 or in a national classification.

A unit group with several national codes is split into equal shares, since the crosswalk knows no better; what has no
code stands under "". Sums stay the same. People in small numbers are hidden; places are about nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from openpes.core.clock import local_date
from openpes.core.spreadsheets import Value, as_csv
from openpes.insights.disclosure import protect
from openpes.insights.monthly import month_bounds
from openpes.jobseekers import figures as of_jobseekers
from openpes.reference import taxonomy
from openpes.reference.national import in_national_codes, titles_of
from openpes.vacancies import figures as of_vacancies

ISCO = "ISCO-08"
HEADER = ("counted_at", "place", "classification", "code", "title", "people_looking", "people_status", "live_places")


@dataclass(frozen=True)
class OccupationRow:
    """One code. people: None where it is hidden."""

    code: str
    title: str
    people: int | None
    places: int


def by_occupation(
    *, month: str, zone: str, at: datetime, scheme: str = ISCO, office_ids: list[int] | None, protected: bool
) -> tuple[datetime, list[OccupationRow]]:
    """The stocks at the end of a month (or now while it runs), by code, and the instant they were counted for.

    Raises ValueError for a month that is no month or has not begun, and for a scheme that is not in force then.
    """
    starts_at, ends_before = month_bounds(month, zone)
    if starts_at > at:
        raise ValueError(f"The month {month} has not begun yet. Choose an earlier one.")
    instant = min(ends_before, at)
    on = local_date(instant, zone)
    titles = _titles(scheme, on)
    if not titles:
        raise ValueError(f"No classification {scheme} is loaded that was in force then.")
    people = of_jobseekers.active_by_occupation(instant=instant, office_ids=office_ids)
    places = of_vacancies.live_places_by_occupation(instant=instant, office_ids=office_ids)
    if scheme != ISCO:
        people, places = _whole(in_national_codes(people, scheme, on)), _whole(in_national_codes(places, scheme, on))
    shown: Mapping[str, int | None] = protect(people) if protected else people
    codes = sorted(set(people) | set(places), key=lambda code: (code == "", code))
    return instant, [
        OccupationRow(code, titles.get(code, ""), shown.get(code, 0), places.get(code, 0)) for code in codes
    ]


def _titles(scheme: str, on: date) -> Mapping[str, str]:
    if scheme == ISCO:
        return {code: taxonomy.occupation(code).title_en for code in taxonomy.unit_codes()}
    return titles_of(scheme, on)


def _whole(shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers with the same sum: the largest remainders are rounded up."""
    floors = {code: int(share) for code, share in shares.items()}
    missing = int(sum(shares.values())) - sum(floors.values())
    by_rest = sorted(shares, key=lambda code: (floors[code] - shares[code], code))
    return {code: floors[code] + (code in set(by_rest[:missing])) for code in shares}


def as_csv_file(rows: list[OccupationRow], *, counted_at: datetime, place: str, scheme: str) -> bytes:
    """One row a code."""
    counted = counted_at.isoformat(timespec="seconds")

    def row(one: OccupationRow) -> tuple[Value, ...]:
        status = "hidden" if one.people is None else "ok"
        return (counted, place, scheme, one.code, one.title, one.people, status, one.places)

    return as_csv(HEADER, map(row, rows))
