"""Counts of registrations: flows of a month, stocks of an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower, Trim

from openpes.core.clock import months_before
from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.people.age_bands import band_expression, band_of, years_before
from openpes.people.figures import Cell, count_by_sex_and_age
from openpes.people.states import Sex


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


def count_registered_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, int]:
    """Office -> how many people registered in a span of time."""
    rows = _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before))
    return dict(rows.order_by().values_list("office_id").annotate(Count("pk")))


def month_rows(*, starts_at: datetime, stock_at: datetime, on: date) -> QuerySet[Jobseeker, Any]:
    """What a frozen month keeps of each registration made before its end; one row a person, by pseudonym.

    Columns, in order: pseudonym, office, area, sex, age band, education, duration band, wanted unit group, registered
    in the month (and asked), `before` and `then`: the states when the month began and ended, "" for none. The caller
    writes those that were or are `ACTIVE_NOW` or are new, by one statement.
    """
    moves = JobseekerMove.objects.filter(jobseeker=OuterRef("pk"))
    before = moves.filter(at__lt=starts_at).order_by("-at", "-pk").values("state")[:1]
    after = moves.filter(at__lt=stock_at).order_by("-at", "-pk").values("state")[:1]
    first = WantedOccupation.objects.filter(jobseeker=OuterRef("pk")).order_by("position").values("isco")[:1]
    rows = Jobseeker.objects.filter(registered_at__lt=stock_at).order_by()
    return rows.annotate(
        band=band_expression("person__born_on", on),
        duration=_duration(stock_at),
        wanted_first=Coalesce(Subquery(first), Value("")),
        came=_mark(Q(registered_at__gte=starts_at)),
        before=Coalesce(Subquery(before), Value("")),
        then=Coalesce(Subquery(after), Value("")),
    ).values_list(
        "person__log_key",
        "office_id",
        "area_code",
        "person__sex",
        "band",
        "education_level",
        "duration",
        "wanted_first",
        "came",
        "before",
        "then",
    )


ACTIVE_NOW = JobseekerState.ACTIVE.value
# Not asked yet: nobody who is only on a list, or waits for a guardian, has come to the service.
NOT_ASKED = (JobseekerState.FROM_LIST.value, JobseekerState.WAITING_FOR_GUARDIAN.value)


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


def registered_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, tuple[int, datetime | None]]:
    """(registrations, the last one's instant) of a span of time by office."""
    rows = _agreed(Jobseeker.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before)).order_by()
    found = rows.values_list("office_id").annotate(n=Count("pk"), last=Max("registered_at"))
    return {office: (n, last) for office, n, last in found}


def quality(*, on: date) -> dict[str, dict[int, int]]:
    """Rows that cannot be right or lack what figures need, by check and office. Counts only."""
    active = Jobseeker.objects.filter(state=JobseekerState.ACTIVE).order_by()
    wanted = WantedOccupation.objects.filter(jobseeker=OuterRef("pk"))
    checks = {
        "no_occupation": active.filter(~Exists(wanted)),
        "birth_impossible": active.filter(
            Q(person__born_on__gt=years_before(on, 10)) | Q(person__born_on__lt=years_before(on, 100))
        ),
        "birth_unknown": active.filter(person__born_on__isnull=True),
        "sex_unknown": active.filter(person__sex=Sex.NOT_SAID),
        "education_unknown": active.filter(education_level__isnull=True),
        "no_sign_of_life": active.filter(last_confirmed_at__lt=datetime.combine(years_before(on, 1), time(12), UTC)),
    }
    return {name: dict(rows.values_list("office_id").annotate(n=Count("pk"))) for name, rows in checks.items()}


def places_of_people() -> list[tuple[int, str, int]]:
    """(office, area, people) of active registrations, to see who is written down far from their office."""
    rows = Jobseeker.objects.filter(state=JobseekerState.ACTIVE).order_by()
    return list(rows.values_list("office_id", "area_code").annotate(n=Count("pk")))


def words_of_work(*, fewest: int) -> list[tuple[str, str, int]]:
    """(own words for the work that is wanted most, unit group given to them, people) where enough people use them."""
    rows = WantedOccupation.objects.filter(jobseeker__state=JobseekerState.ACTIVE, position=1).exclude(words="")
    found = rows.annotate(key=Lower(Trim("words"))).order_by().values_list("key", "isco").annotate(n=Count("pk"))
    return list(found.filter(n__gte=fewest).order_by("-n", "key"))


def pseudonyms_wanting(*, words: str, isco: str) -> QuerySet[WantedOccupation, str]:
    """The pseudonyms of those whose most wanted work is told in these words and was given this code."""
    rows = WantedOccupation.objects.annotate(key=Lower(Trim("words"))).filter(key=words, isco=isco, position=1)
    return rows.values_list("jobseeker__person__log_key", flat=True)
