"""Counts of registrations: flows of a month, stocks of an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BooleanField, Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from openpes.core.clock import months_before
from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.people.age_bands import band_expression, band_of
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


def month_rows(*, starts_at: datetime, stock_at: datetime, on: date) -> QuerySet[Jobseeker]:
    """What a frozen month keeps of each registration that was active or new in it; one row a person, by pseudonym.

    Columns, in order: pseudonym, office, area, sex, age band, education, duration band, wanted unit group, active
    before, active at the end, new in the month, state at the end. The caller writes them by one statement.
    """
    moves = JobseekerMove.objects.filter(jobseeker=OuterRef("pk"))
    before = moves.filter(at__lt=starts_at).order_by("-at", "-pk").values("state")[:1]
    after = moves.filter(at__lt=stock_at).order_by("-at", "-pk").values("state")[:1]
    first = WantedOccupation.objects.filter(jobseeker=OuterRef("pk")).order_by("position").values("isco")[:1]
    never_asked = (JobseekerState.FROM_LIST, JobseekerState.WAITING_FOR_GUARDIAN)
    rows = (
        Jobseeker.objects.filter(registered_at__lt=stock_at)
        .annotate(before=Coalesce(Subquery(before), Value("")), then=Coalesce(Subquery(after), Value("")))
        .annotate(
            was_active=_mark(Q(before=JobseekerState.ACTIVE)),
            is_active=_mark(Q(then=JobseekerState.ACTIVE)),
            is_new=_mark(Q(registered_at__gte=starts_at) & ~Q(then__in=never_asked)),
            band=band_expression("person__born_on", on),
            duration=_duration(stock_at),
            wanted_first=Coalesce(Subquery(first), Value("")),
        )
        .filter(Q(was_active=True) | Q(is_active=True) | Q(is_new=True))
        .order_by()
    )
    return rows.values_list(
        "person__log_key",
        "office_id",
        "area_code",
        "person__sex",
        "band",
        "education_level",
        "duration",
        "wanted_first",
        "was_active",
        "is_active",
        "is_new",
        "then",
    )


def _mark(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _duration(at: datetime) -> Case:
    """How long registered: under 1, 1–2, 3–5, 6–11, 12 and more months."""
    bands = ((1, "<1"), (3, "1-2"), (6, "3-5"), (12, "6-11"))
    whens = [When(registered_at__gt=months_before(at, months), then=Value(code)) for months, code in bands]
    return Case(*whens, default=Value("12+"), output_field=CharField())


def cohort(*, starts_at: datetime, ends_before: datetime) -> list[tuple[int, int, datetime, datetime | None]]:
    """(registration, office, registered at, left at) of everybody who agreed and registered in a span of time."""
    rows = _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before))
    return list(rows.order_by("pk").values_list("pk", "office_id", "registered_at", "left_at"))


def with_counsellors(*, office_ids: Iterable[int] | None = None) -> tuple[int, int]:
    """(active registrations that have a counsellor, counsellors who have any) now."""
    rows = _at_offices(Jobseeker.objects.filter(state=JobseekerState.ACTIVE, counsellor__isnull=False), office_ids)
    found = rows.aggregate(people=Count("pk"), counsellors=Count("counsellor", distinct=True))
    return found["people"], found["counsellors"]


def entries_by_status(*, starts_at: datetime, ends_before: datetime) -> dict[str, int]:
    """Registrations of a span of time by what people said they did (studying, caring, working …), as now known."""
    rows = _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before))
    return dict(rows.order_by().values_list("work_status").annotate(n=Count("pk")))
