"""Counts of complaints for the month's figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from openpes.complaints.models import Complaint


def answered_in_time(*, first: date, last: date) -> tuple[int, int]:
    """(answered by their day, all) of the complaints whose day of answer lies within these days, both included."""
    rows = Complaint.objects.filter(due_on__gte=first, due_on__lte=last).values_list("due_on", "first_answered_at")
    kept = [answered is not None and answered.date() <= due for due, answered in rows]
    return sum(kept), len(kept)


def answered_by_their_day(*, starts_at: datetime, ends_before: datetime, days: int) -> dict[int, tuple[int, int]]:
    """Office -> (first answered by the promised day, all) of the complaints received in a span.

    Each kind of complaint has its own day; `days` only says how long ago the span ends, so that each had its time.
    """
    rows = Complaint.objects.filter(received_at__gte=starts_at, received_at__lt=ends_before)
    kept, cases = Counter[int](), Counter[int]()
    for office, due, answered in rows.values_list("office_id", "due_on", "first_answered_at"):
        cases[office] += 1
        kept[office] += answered is not None and answered.date() <= due
    return {office: (kept[office], n) for office, n in cases.items()}
