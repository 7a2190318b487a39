"""Counts of a month by round, for the reports of a programme and of a provider. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from openpes.enrolments.models import Attendance, Certificate, Enrolment, Flag, Session, StipendLine, SubsidyClaim
from openpes.enrolments.states import ClaimState, EnrolmentState, FlagState, PayState

MEASURES = (
    "entered", "completed", "left", "in_course", "certificates", "sessions", "hours_attended", "flags_raised",
    "flags_upheld", "stipends_paid", "claims_paid",
)  # fmt: skip


def _counted(rows: QuerySet[Any], field: str, what: Any) -> dict[int, Any]:
    return dict(rows.order_by().values_list(field).annotate(n=what))


def month_of_rounds(
    cycle_ids: Iterable[int], *, starts_at: datetime, ends_before: datetime
) -> dict[int, dict[str, int | Decimal]]:
    """By round: what happened in a span of time, and who is in the course at its end."""
    keys = list(cycle_ids)
    span = (starts_at, ends_before)

    def within(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        return rows.filter(**{f"{field}__gte": span[0], f"{field}__lt": span[1]})

    enrolled = Enrolment.objects.filter(cycle__in=keys)
    ended = within(enrolled, "ended_at")
    there = enrolled.filter(enrolled_at__lt=ends_before).exclude(ended_at__lt=ends_before)
    flags = Flag.objects.filter(cycle__in=keys)
    paid = within(StipendLine.objects.filter(stipend_list__cycle__in=keys, state=PayState.PAID), "moved_at")
    claims = within(SubsidyClaim.objects.filter(enrolment__cycle__in=keys, state=ClaimState.PAID), "decided_at")
    sessions = within(Session.objects.filter(cycle__in=keys), "starts_at")
    minutes = within(Attendance.objects.filter(session__cycle__in=keys), "session__starts_at")
    certificates = within(Certificate.objects.filter(enrolment__cycle__in=keys, revoked_at=None), "issued_at")
    number = Count("pk")
    counted: dict[str, dict[int, Any]] = {
        "entered": _counted(within(enrolled, "enrolled_at"), "cycle", number),
        "completed": _counted(ended.filter(state=EnrolmentState.COMPLETED), "cycle", number),
        "left": _counted(ended.filter(state=EnrolmentState.LEFT), "cycle", number),
        "in_course": _counted(there, "cycle", number),
        "certificates": _counted(certificates, "enrolment__cycle", number),
        "sessions": _counted(sessions, "cycle", number),
        "hours_attended": {
            key: value // 60 for key, value in _counted(minutes, "session__cycle", Sum("minutes")).items()
        },
        "flags_raised": _counted(within(flags, "raised_at"), "cycle", number),
        "flags_upheld": _counted(within(flags.filter(state=FlagState.UPHELD), "decided_at"), "cycle", number),
        "stipends_paid": _counted(paid, "stipend_list__cycle", Sum("amount")),
        "claims_paid": _counted(claims, "enrolment__cycle", Sum("amount")),
    }
    found: dict[int, dict[str, int | Decimal]] = defaultdict(dict)
    for key in keys:
        found[key] = {measure: counted[measure].get(key) or 0 for measure in MEASURES}
    return dict(found)
