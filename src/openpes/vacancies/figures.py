"""Counts of vacancies: live ones and their places at an instant, and, kept apart, postings over a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from openpes.vacancies.models import Vacancy, VacancyMove
from openpes.vacancies.states import CloseReason, VacancyState


@dataclass(frozen=True)
class VacanciesAndPlaces:
    """A number of vacancies and the places in them."""

    vacancies: int
    places: int


def _at_offices(rows: QuerySet[Vacancy], office_ids: Iterable[int] | None) -> QuerySet[Vacancy]:
    return rows if office_ids is None else rows.filter(office__in=list(office_ids))


def _live_then(instant: datetime) -> QuerySet[Vacancy]:
    latest = VacancyMove.objects.filter(vacancy=OuterRef("pk"), at__lt=instant).order_by("-at", "-pk")
    return (
        Vacancy.objects.filter(posted_at__lt=instant, same_as__isnull=True)
        .annotate(then=Subquery(latest.values("state")[:1]), left=Subquery(latest.values("places_left")[:1]))
        .filter(then=VacancyState.LIVE)
    )


def live_at(*, instant: datetime, office_ids: Iterable[int] | None = None) -> VacanciesAndPlaces:
    """The live stock at an instant: the latest line of the ledger before it says live, with places left."""
    found = _at_offices(_live_then(instant), office_ids).aggregate(vacancies=Count("pk"), places=Sum("left"))
    return VacanciesAndPlaces(found["vacancies"], found["places"] or 0)


def live_places_by_occupation(*, instant: datetime, office_ids: Iterable[int] | None = None) -> dict[str, int]:
    """Places left in the live stock at an instant, by ISCO-08 unit group."""
    rows = _at_offices(_live_then(instant), office_ids).order_by().values_list("isco")
    return {isco: places or 0 for isco, places in rows.annotate(n=Sum("left"))}


def became_live(
    *, starts_at: datetime, ends_before: datetime, office_ids: Iterable[int] | None = None
) -> VacanciesAndPlaces:
    """Vacancies that became public in a span of time, and the places they offered; copies of one job count once."""
    rows = Vacancy.objects.filter(live_since__gte=starts_at, live_since__lt=ends_before, same_as__isnull=True)
    found = _at_offices(rows, office_ids).aggregate(vacancies=Count("pk"), places=Sum("places"))
    return VacanciesAndPlaces(found["vacancies"], found["places"] or 0)


def closed_by_reason(
    *, starts_at: datetime, ends_before: datetime, office_ids: Iterable[int] | None = None
) -> dict[str, int]:
    """Vacancies that were public and closed in a span of time, by reason."""
    rows = Vacancy.objects.filter(Q(closed_at__gte=starts_at, closed_at__lt=ends_before), live_since__isnull=False)
    return dict(_at_offices(rows, office_ids).order_by().values_list("close_reason").annotate(n=Count("pk")))


def decided_within(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, tuple[int, int]]:
    """Office -> (decided by an officer in so many days, all) of the adverts posted in a span."""
    rows = Vacancy.objects.filter(posted_at__gte=starts_at, posted_at__lt=ends_before).order_by()
    kept = Count("pk", filter=Q(decided_at__lte=F("posted_at") + timedelta(days=days)))
    return {
        office: (in_time, cases)
        for office, in_time, cases in rows.values_list("office_id").annotate(in_time=kept, cases=Count("pk"))
    }


def live_by_area_and_occupation(*, instant: datetime) -> list[tuple[str, str, int, int]]:
    """(area, unit group, vacancies, places left) of the live stock at an instant."""
    rows = _live_then(instant).order_by().values_list("area_code", "isco")
    return [
        (area, isco, vacancies, places or 0)
        for area, isco, vacancies, places in rows.annotate(n=Count("pk"), free=Sum("left"))
    ]


@dataclass(frozen=True)
class LivePay:
    """What the live places of one vacancy offer. `amount` None: nothing in money is written. For sums, never shown."""

    employer: int
    area: str
    amount: Decimal | None
    currency: str
    period: str
    hours: Decimal | None
    places: int


def live_pay(*, instant: datetime) -> list[LivePay]:
    """The pay of every live vacancy at an instant, as it is written now."""
    return [
        LivePay(
            row.employer_id,
            row.area_code,
            row.pay_amount,
            row.pay_currency,
            row.pay_period,
            row.weekly_hours,
            left or 0,
        )
        for row, left in ((one, getattr(one, "left")) for one in _live_then(instant).order_by("pk"))  # noqa: B009
    ]


def posted_by_occupation(*, starts_at: datetime, ends_before: datetime) -> dict[str, int]:
    """Vacancies that became public in a span of time by unit group; copies of one job count once."""
    rows = Vacancy.objects.filter(live_since__gte=starts_at, live_since__lt=ends_before, same_as__isnull=True)
    return dict(rows.order_by().values_list("isco").annotate(n=Count("pk")))


def opening_cohort(*, starts_at: datetime, ends_before: datetime) -> list[tuple[datetime, datetime | None, bool]]:
    """(public since, closed at, filled) of every job that became public in a span of time, copies left out."""
    rows = Vacancy.objects.filter(live_since__gte=starts_at, live_since__lt=ends_before, same_as__isnull=True)
    found = rows.order_by("pk").values_list("live_since", "closed_at", "close_reason")
    return [(since, closed, reason == CloseReason.FILLED) for since, closed, reason in found if since is not None]


def confirmed_since(*, instant: datetime, since: datetime) -> tuple[int, int]:
    """(confirmed by the employer since an instant, all) of the live stock at a later instant."""
    live = _live_then(instant)
    return live.filter(last_confirmed_at__gte=since).count(), live.count()


def quality(*, instant: datetime) -> dict[str, dict[int, int]]:
    """Live vacancies that cannot be right or lack what figures need, by check and office."""
    live = _live_then(instant).order_by()
    checks = {
        "vacancy_no_occupation": live.filter(isco=""),
        "vacancy_no_pay": live.filter(pay_amount__isnull=True),
        "vacancy_unconfirmed": live.filter(
            Q(last_confirmed_at__lt=instant - timedelta(days=30)) | Q(last_confirmed_at__isnull=True)
        ),
    }
    return {name: dict(rows.values_list("office_id").annotate(n=Count("pk"))) for name, rows in checks.items()}


def posted_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, int]:
    """Vacancies that became public in a span of time by office."""
    rows = Vacancy.objects.filter(live_since__gte=starts_at, live_since__lt=ends_before).order_by()
    return dict(rows.values_list("office_id").annotate(n=Count("pk")))
