"""Counts of complaints for the month's figures."""

from __future__ import annotations

from datetime import date

from openpes.complaints.models import Complaint


def answered_in_time(*, first: date, last: date) -> tuple[int, int]:
    """(answered by their day, all) of the complaints whose day of answer lies within these days, both included."""
    rows = Complaint.objects.filter(due_on__gte=first, due_on__lte=last).values_list("due_on", "first_answered_at")
    kept = [answered is not None and answered.date() <= due for due, answered in rows]
    return sum(kept), len(kept)
