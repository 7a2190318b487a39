"""Counts of interviews for the promises of the service."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, F

from openpes.guidance.models import Interview


def interviewed_within(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, int]:
    """Office of registration -> how many of those who registered in a span had an interview in so many days."""
    rows = Interview.objects.filter(
        jobseeker__registered_at__gte=starts_at,
        jobseeker__registered_at__lt=ends_before,
        started_at__lte=F("jobseeker__registered_at") + timedelta(days=days),
    )
    counted = rows.order_by().values_list("jobseeker__office_id").annotate(Count("jobseeker", distinct=True))
    return dict(counted)
