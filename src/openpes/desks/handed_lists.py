"""How far the people of a handed list are, and where they went within a year. Counts only, small ones hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from openpes.appointments.queries import booked_people, seen_people
from openpes.appointments.slots import day_bounds
from openpes.imports.queries import counts_of, people_of
from openpes.jobseekers.queries import agreed_among
from openpes.partnerships.models import HandedList
from openpes.placements.figures import kinds_between
from openpes.reference.country import country, today
from openpes_evidence.disclosure import SMALLEST, protect

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ListProgress:
    """Rows by state; people written down, who agreed, who has or had a time, who was seen before the day.

    `went`: kind of outcome -> people in steps of ten, None where too few to say; empty before the year is over or
    where the list has fewer than ten people. `nothing_known` is the rest, counted the same way.
    """

    rows: Mapping[str, int]
    people: int
    agreed: int
    booked: int
    seen_before_day: int
    year_is_over: bool
    went: Mapping[str, int | None]


def went_where(kinds: Mapping[int, str], people: int) -> dict[str, int | None]:
    """Counts by kind of outcome that may leave the house; "unknown" for those with nothing in the ledger."""
    if people < SMALLEST:
        return {}
    counts = Counter(kinds.values())
    counts["unknown"] = people - len(kinds)
    shown = protect({(kind,): number for kind, number in counts.items() if number}, ("kind",)).shown
    return {key[0]: number for key, number in shown.items() if key[0] != "_T"}


def progress_of(held: HandedList, *, at: datetime) -> ListProgress:
    """The caller has looked the list up for its actor. A fixed number of reads, however long the list."""
    keys = people_of(held.batch_id)
    _starts, day_ends = day_bounds(held.day, country().timezone)
    over = today(at) >= held.day + A_YEAR
    kinds = kinds_between(keys, since=held.day, until=held.day + A_YEAR) if over else {}
    return ListProgress(
        rows=counts_of(held.batch),
        people=len(keys),
        agreed=len(agreed_among(keys)),
        booked=len(booked_people(keys, at=at)),
        seen_before_day=len(seen_people(keys, before=day_ends)),
        year_is_over=over,
        went=went_where(kinds, len(keys)) if over else {},
    )
