"""Who got the times of an office: counts by sex, age band, area and declared disability, small numbers hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.appointments.models import Appointment
from openpes.appointments.queries import held_between
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import AppointmentState
from openpes.circumstances.queries import people_of_groups
from openpes.circumstances.states import UsedFor
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.insights.disclosure import protect
from openpes.organisations.queries import offices_of
from openpes.people.age_bands import BAND_CODES, band_of
from openpes.people.states import Sex
from openpes.reference.country import country

DISABILITY = "disability"


@dataclass(frozen=True)
class Given:
    """One way of grouping: (code, times, of these kept) per group; None is a number too small to show."""

    by: str
    rows: list[tuple[str, int | None, int | None]]


@dataclass(frozen=True)
class SlotsGiven:
    """A week of times given at the actor's offices."""

    first_day: date
    last_day: date
    total: int
    groups: list[Given]


def slots_given(actor: Actor, *, monday: date) -> SlotsGiven:
    """Who got the times of a week. Three queries. Disability only of people who agreed to figures about it.

    Raises NotPermitted for anybody but a manager of an office.
    """
    offices = list(offices_of(actor, "slots.report"))
    if not offices:
        raise NotPermitted("slots.report")
    zone, last = country().timezone, monday + timedelta(days=6)
    starts: datetime = day_bounds(monday, zone)[0]
    rows = held_between([one.pk for one in offices], starts=starts, ends=day_bounds(last, zone)[1])
    held = people_of_groups({one.jobseeker.person_id for one in rows}, purpose=UsedFor.FIGURES)
    declared = {person for person, codes in held.items() if any(DISABILITY in code for code in codes)}
    groups = [
        _grouped("sex", rows, lambda one: one.jobseeker.person.sex, [one.value for one in Sex]),
        _grouped("age", rows, lambda one: band_of(one.jobseeker.person.born_on, monday), list(BAND_CODES)),
        _grouped("area", rows, lambda one: one.jobseeker.area_code, None),
        _grouped(
            "disability",
            rows,
            lambda one: "declared" if one.jobseeker.person_id in declared else "not_declared",
            ["declared", "not_declared"],
        ),
    ]
    return SlotsGiven(monday, last, len(rows), groups)


def _grouped(by: str, rows: list[Appointment], key: Callable[[Appointment], str], order: list[str] | None) -> Given:
    given = Counter(key(one) for one in rows)
    kept = Counter(key(one) for one in rows if one.state == AppointmentState.SEEN)
    codes = [code for code in order if given[code]] if order else sorted(given, key=lambda code: (-given[code], code))
    shown, shown_kept = protect({code: given[code] for code in codes}), protect({code: kept[code] for code in codes})
    # Where the times are hidden, how many were kept would give them away.
    return Given(by, [(code, shown[code], shown_kept[code] if shown[code] is not None else None) for code in codes])
