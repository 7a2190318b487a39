"""Counts of outcomes by kind and by how well they are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BooleanField, ExpressionWrapper, Q

from openpes.people.figures import Cell, count_by_sex_and_age
from openpes.placements.models import Outcome


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
