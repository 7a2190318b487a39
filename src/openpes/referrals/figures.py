"""Counts of referrals: how many were sent, how they ended, how fast employers answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, F, Q, QuerySet

from openpes.people.figures import Cell, count_by_sex_and_age
from openpes.referrals.models import Referral
from openpes.referrals.states import Ending


@dataclass(frozen=True)
class Answers:
    """Of the referrals that ended in a span: by the employer's own act, and unanswered; median days to an answer."""

    answered: int
    unanswered: int
    median_days: float | None

    @property
    def rate(self) -> float | None:
        """The share answered by the employer; None when none ended."""
        ended = self.answered + self.unanswered
        return self.answered / ended if ended else None


def _at_offices(rows: QuerySet[Referral], office_ids: Iterable[int] | None) -> QuerySet[Referral]:
    return rows if office_ids is None else rows.filter(office__in=list(office_ids))


def sent(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """Referrals made in a span of time."""
    rows = Referral.objects.filter(sent_at__gte=starts_at, sent_at__lt=ends_before)
    return count_by_sex_and_age(_at_offices(rows, office_ids), person="jobseeker__person", on=on)


def ended_by_ending(
    *, starts_at: datetime, ends_before: datetime, office_ids: Iterable[int] | None = None
) -> dict[str, int]:
    """Referrals that ended in a span of time, by ending."""
    rows = Referral.objects.filter(ended_at__gte=starts_at, ended_at__lt=ends_before)
    return dict(_at_offices(rows, office_ids).order_by().values_list("ending").annotate(n=Count("pk")))


def open_at(*, instant: datetime, office_ids: Iterable[int] | None = None) -> int:
    """Referrals that were open at an instant."""
    rows = Referral.objects.filter(sent_at__lt=instant).exclude(ended_at__lt=instant)
    return _at_offices(rows, office_ids).count()


def answers(*, starts_at: datetime, ends_before: datetime, office_ids: Iterable[int] | None = None) -> Answers:
    """How employers answered. Withdrawn referrals count on neither side."""
    rows = _at_offices(
        Referral.objects.filter(ended_at__gte=starts_at, ended_at__lt=ends_before).exclude(ending=Ending.WITHDRAWN),
        office_ids,
    )
    by_ending = dict(rows.order_by().values_list("ending").annotate(n=Count("pk")))
    unanswered = by_ending.get(Ending.CLOSED_UNANSWERED, 0)
    answered = sum(by_ending.values()) - unanswered
    waits = _at_offices(
        Referral.objects.filter(first_answer_at__gte=starts_at, first_answer_at__lt=ends_before), office_ids
    ).values_list("sent_at", "first_answer_at")
    days = [(first - begun).total_seconds() / 86_400 for begun, first in waits if first is not None]
    return Answers(answered, unanswered, round(median(days), 1) if days else None)


def answered_within(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, tuple[int, int]]:
    """Office -> (answered by the employer in so many days, all) of the referrals sent in a span, withdrawn left out."""
    rows = Referral.objects.filter(sent_at__gte=starts_at, sent_at__lt=ends_before).exclude(ending=Ending.WITHDRAWN)
    kept = Count("pk", filter=Q(first_answer_at__lte=F("sent_at") + timedelta(days=days)))
    found = rows.order_by().values_list("office_id").annotate(in_time=kept, cases=Count("pk"))
    return {office: (in_time, cases) for office, in_time, cases in found}


def introduced_within(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, int]:
    """Office of registration -> how many of those who registered in a span were introduced in so many days."""
    rows = Referral.objects.filter(
        jobseeker__registered_at__gte=starts_at,
        jobseeker__registered_at__lt=ends_before,
        sent_at__gte=F("jobseeker__registered_at"),
        sent_at__lte=F("jobseeker__registered_at") + timedelta(days=days),
    )
    counted = rows.order_by().values_list("jobseeker__office_id").annotate(Count("jobseeker", distinct=True))
    return dict(counted)


def sent_cohort(*, starts_at: datetime, ends_before: datetime) -> list[tuple[int, datetime, datetime | None]]:
    """(office, sent at, first answer at) of the referrals sent in a span of time, withdrawn ones left out."""
    rows = Referral.objects.filter(sent_at__gte=starts_at, sent_at__lt=ends_before).exclude(ending=Ending.WITHDRAWN)
    return list(rows.order_by("pk").values_list("office_id", "sent_at", "first_answer_at"))


def ended_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, tuple[int, int]]:
    """(answered by the employer, closed unanswered) of what ended in a span of time, by office."""
    rows = Referral.objects.filter(ended_at__gte=starts_at, ended_at__lt=ends_before).exclude(ending=Ending.WITHDRAWN)
    found: dict[int, tuple[int, int]] = {}
    for office, ending, n in rows.order_by().values_list("office_id", "ending").annotate(n=Count("pk")):
        answered, unanswered = found.get(office, (0, 0))
        silent = ending == Ending.CLOSED_UNANSWERED
        found[office] = (answered, unanswered + n) if silent else (answered + n, unanswered)
    return found


def sent_by_office(*, starts_at: datetime, ends_before: datetime) -> dict[int, int]:
    """Referrals made in a span of time by office."""
    rows = Referral.objects.filter(sent_at__gte=starts_at, sent_at__lt=ends_before).order_by()
    return dict(rows.values_list("office_id").annotate(n=Count("pk")))
