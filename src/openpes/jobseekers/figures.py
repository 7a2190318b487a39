"""Counts of registrations: flows of a month, stocks of an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.people.age_bands import band_of
from openpes.people.figures import Cell, count_by_sex_and_age


def _at_offices(rows: QuerySet[Jobseeker], office_ids: Iterable[int] | None) -> QuerySet[Jobseeker]:
    return rows if office_ids is None else rows.filter(office__in=list(office_ids))


def _agreed(rows: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Without those who were only on an old list and never agreed: they are counted apart, as known."""
    moves = JobseekerMove.objects.filter(jobseeker=OuterRef("pk"))
    never = Q(channel=Channel.IMPORT) & ~Exists(
        moves.filter(state__in=(JobseekerState.ACTIVE, JobseekerState.WAITING_FOR_GUARDIAN))
    )
    return rows.exclude(never)


def known_from_lists(*, office_ids: Iterable[int] | None = None) -> int:
    """How many people are only known from old lists and have not been asked yet."""
    return _at_offices(Jobseeker.objects.filter(state=JobseekerState.FROM_LIST), office_ids).count()


def registered(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """People who registered in a span of time."""
    rows = _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before))
    return count_by_sex_and_age(_at_offices(rows, office_ids), person="person", on=on)


def _active_then(instant: datetime) -> QuerySet[Jobseeker]:
    latest = (
        JobseekerMove.objects.filter(jobseeker=OuterRef("pk"), at__lt=instant)
        .order_by("-at", "-pk")
        .values("state")[:1]
    )
    return (
        Jobseeker.objects.filter(registered_at__lt=instant)
        .annotate(then=Subquery(latest))
        .filter(then=JobseekerState.ACTIVE)
    )


def active_at(*, instant: datetime, on: date, office_ids: Iterable[int] | None = None) -> list[Cell]:
    """People whose registration was active at an instant: their latest move before it says so."""
    return count_by_sex_and_age(_at_offices(_active_then(instant), office_ids), person="person", on=on)


def active_by_occupation(*, instant: datetime, office_ids: Iterable[int] | None = None) -> dict[str, int]:
    """Active registrations at an instant by the kind of work that is wanted most; "" where none is known."""
    first = WantedOccupation.objects.filter(jobseeker=OuterRef("pk")).order_by("position").values("isco")[:1]
    rows = _at_offices(_active_then(instant), office_ids).annotate(isco=Coalesce(Subquery(first), Value("")))
    return dict(rows.order_by().values_list("isco").annotate(n=Count("pk")))


def groups_of(keys: Iterable[int], *, on: date) -> dict[int, tuple[str, str, str]]:
    """Sex, age band and area of some registrations, for counts that are made after every list. Never for the ranker."""
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), 5_000):
        rows = Jobseeker.objects.filter(pk__in=wanted[start : start + 5_000])
        for key, sex, born_on, area in rows.values_list("pk", "person__sex", "person__born_on", "area_code"):
            found[key] = (sex, band_of(born_on, on), area)
    return found


def registered_in(*, starts_at: datetime, ends_before: datetime) -> int:
    """How many people registered in a span of time."""
    return _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before)).count()
