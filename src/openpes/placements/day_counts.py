"""How many people were placed in a span of time, by who says so: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from openpes.placements.models import Outcome
from openpes.placements.states import OutcomeKind


def placed_between(
    office_ids: Iterable[int], *, account_id: int | None = None, starts: datetime, ends: datetime
) -> dict[str, int]:
    """Jobs that came from an introduction, written down in the span, by evidence grade. One query.

    With an account: those of people in its care now.
    """
    rows = Outcome.objects.that_stand().filter(
        office__in=list(office_ids), recorded_at__gte=starts, recorded_at__lt=ends
    )
    rows = rows.filter(kind=OutcomeKind.JOB, referral__isnull=False)
    if account_id is not None:
        rows = rows.filter(jobseeker__counsellor=account_id)
    return dict(rows.order_by().values_list("grade").annotate(n=Count("pk")))
