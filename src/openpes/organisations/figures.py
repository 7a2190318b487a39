"""Counts of employers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from openpes.organisations.models import Employer


def checked_within(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, tuple[int, int]]:
    """Office -> (checked by an officer in so many days, all) of the employers that registered in a span."""
    rows = Employer.objects.filter(registered_at__gte=starts_at, registered_at__lt=ends_before).order_by()
    kept = Count("pk", filter=Q(decided_at__lte=F("registered_at") + timedelta(days=days)))
    return {
        office: (in_time, cases)
        for office, in_time, cases in rows.values_list("office_id").annotate(in_time=kept, cases=Count("pk"))
    }
