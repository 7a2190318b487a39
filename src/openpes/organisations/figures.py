"""Counts of employers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from openpes.organisations.models import Employer


def checked_within(*, starts_at: datetime, ends_before: datetime, days: int) -> tuple[int, int]:
    """(checked by an officer in so many days, all) of the employers that registered in a span."""
    rows = Employer.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before)
    return rows.filter(decided_at__lte=F("registered_at") + timedelta(days=days)).count(), rows.count()
