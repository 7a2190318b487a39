"""Counts of outcomes by kind and by how well they are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BooleanField, ExpressionWrapper, Min, Q

from openpes.people.figures import Cell, count_by_sex_and_age
from openpes.placements.models import Outcome
from openpes.placements.states import OutcomeKind


def recorded(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """Outcomes written down in a span of time, by (kind, grade, whether it came without a referral)."""
    rows = Outcome.objects.filter(recorded_at__gte=starts_at, recorded_at__lt=ends_before)
    if office_ids is not None:
        rows = rows.filter(office__in=list(office_ids))
    alone = ExpressionWrapper(Q(referral__isnull=True), output_field=BooleanField())
    return count_by_sex_and_age(
        rows.annotate(_alone=alone), person="jobseeker__person", on=on, by=("kind", "grade", "_alone")
    )

WORK = (OutcomeKind.JOB, OutcomeKind.SELF_EMPLOYMENT, OutcomeKind.APPRENTICESHIP)


def first_work(jobseeker_ids: Iterable[int]) -> dict[int, date]:
    """The first day of work known of each of these people, for those who have one."""
    wanted, found = list(jobseeker_ids), {}
    for start in range(0, len(wanted), 5_000):
        rows = Outcome.objects.filter(jobseeker__in=wanted[start : start + 5_000], kind__in=WORK)
        found |= dict(rows.order_by().values_list("jobseeker_id").annotate(first=Min("starts_on")))
    return found
