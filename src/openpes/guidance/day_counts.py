"""How many interviews were held and plans made in a span of time: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from openpes.guidance.models import Interview, Plan
from openpes.guidance.states import InterviewState


@dataclass(frozen=True)
class Guided:
    """Interviews held, of these still open (begun and never ended), and plans made."""

    interviews: int
    interviews_open: int
    plans: int


def guided_between(
    office_ids: Iterable[int], *, account_id: int | None = None, first: date, last: date, starts: datetime,
    ends: datetime,
) -> Guided:  # fmt: skip
    """What was held and made at offices, by one account where it is named. Two queries.

    Interviews count by the day they were held on (`first` to `last`), plans by the instant they were made.
    """
    offices = list(office_ids)
    held = Interview.objects.filter(office__in=offices, held_on__gte=first, held_on__lte=last)
    made = Plan.objects.filter(jobseeker__office__in=offices, made_at__gte=starts, made_at__lt=ends)
    if account_id is not None:
        held, made = held.filter(counsellor=account_id), made.filter(made_by=account_id)
    counted = held.aggregate(n=Count("pk"), still_open=Count("pk", filter=Q(state=InterviewState.OPEN)))
    return Guided(counted["n"], counted["still_open"], made.count())
