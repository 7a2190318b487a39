"""How many complaints came in a span of time: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Q

from openpes.complaints.models import Complaint
from openpes.complaints.states import OPEN_STATES


def received_between(
    office_ids: Iterable[int], *, account_id: int | None = None, starts: datetime, ends: datetime, on: date
) -> tuple[int, int]:
    """(received in the span, past their day and unanswered on a day), written or owned by an account. One query."""
    rows = Complaint.objects.filter(office__in=list(office_ids))
    if account_id is not None:
        # Nobody learns from a count that somebody complained about them.
        rows = rows.filter(Q(written_by=account_id) | Q(owner=account_id)).exclude(about_account=account_id)
    found = rows.aggregate(
        received=Count("pk", filter=Q(received_at__gte=starts, received_at__lt=ends)),
        late=Count("pk", filter=Q(due_on__lt=on) & Q(state__in=OPEN_STATES)),
    )
    return found["received"], found["late"]
