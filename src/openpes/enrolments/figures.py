"""Counts of programmes for the statistics: who began, who completed, who works at 6 months, and how long they waited.

Counts by sex and age come as cells, like those of the other rooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from openpes.enrolments.models import Enrolment, FollowUp, StipendLine, SubsidyClaim
from openpes.enrolments.rules import middle
from openpes.enrolments.states import IN_WORK, ClaimState, EnrolmentState, FollowState, PayState
from openpes.people.figures import Cell, count_by_sex_and_age

KIND = "cycle__version__programme__kind"


def _narrowed(rows: QuerySet[Enrolment], office_ids: Iterable[int] | None) -> QuerySet[Enrolment]:
    return rows if office_ids is None else rows.filter(jobseeker__office__in=list(office_ids))


def entries(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """Enrolments made in a span of time, by kind of programme."""
    rows = Enrolment.objects.filter(enrolled_at__gte=starts_at, enrolled_at__lt=ends_before)
    return count_by_sex_and_age(_narrowed(rows, office_ids), person="jobseeker__person", on=on, by=(KIND,))


def completions(
    *, starts_at: datetime, ends_before: datetime, on: date, office_ids: Iterable[int] | None = None
) -> list[Cell]:
    """Enrolments that were completed in a span of time, by kind of programme."""
    rows = Enrolment.objects.filter(state=EnrolmentState.COMPLETED, ended_at__gte=starts_at, ended_at__lt=ends_before)
    return count_by_sex_and_age(_narrowed(rows, office_ids), person="jobseeker__person", on=on, by=(KIND,))


def in_work_at(
    *, month: int, due_from: date, due_before: date, office_ids: Iterable[int] | None = None
) -> dict[str, int]:
    """Questions of a month that fell due in a span: asked, answered, in work, not known. Silence counts for nothing."""
    rows = FollowUp.objects.filter(month=month, due_on__gte=due_from, due_on__lt=due_before)
    if office_ids is not None:
        rows = rows.filter(enrolment__jobseeker__office__in=list(office_ids))
    total, answered = rows.count(), rows.filter(state=FollowState.ANSWERED)
    said = answered.count()
    return {
        "due": total,
        "answered": said,
        "in_work": answered.filter(answer__in=IN_WORK).count(),
        "not_known": total - said,
    }


def waiting_days(*, starts_at: datetime, ends_before: datetime, office_ids: Iterable[int] | None = None) -> int | None:
    """The middle number of days from sending an application to being enrolled; None where nobody was."""
    rows = _narrowed(Enrolment.objects.filter(enrolled_at__gte=starts_at, enrolled_at__lt=ends_before), office_ids)
    spans = rows.exclude(application__submitted_at=None).values_list("application__submitted_at", "enrolled_at")
    return middle([(enrolled - sent).days for sent, enrolled in spans if sent])


def states_of(cycle_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """By round: how many are enrolled, completed, left."""
    found: dict[int, dict[str, int]] = {}
    rows = Enrolment.objects.filter(cycle__in=list(cycle_ids)).order_by()
    for cycle, state, number in rows.values_list("cycle", "state").annotate(n=Count("pk")):
        found.setdefault(cycle, {})[state] = number
    return found


def spent_on(cycle_id: int) -> Decimal:
    """Stipends and claims that were paid and did not come back, in the round's money."""
    paid = StipendLine.objects.filter(stipend_list__cycle=cycle_id, state=PayState.PAID)
    claims = SubsidyClaim.objects.filter(enrolment__cycle=cycle_id, state=ClaimState.PAID)
    sums = (rows.aggregate(total=Sum("amount"))["total"] for rows in (paid, claims))
    return sum((one or Decimal(0) for one in sums), Decimal(0))


def followed(cycle_id: int) -> dict[int, dict[str, int]]:
    """By month of the question: due so far is not counted here; planned, answered, in work."""
    found: dict[int, dict[str, int]] = {}
    rows = FollowUp.objects.filter(enrolment__cycle=cycle_id).order_by("month")
    for month, state, answer in rows.values_list("month", "state", "answer"):
        counts = found.setdefault(month, {"planned": 0, "answered": 0, "in_work": 0})
        counts["planned"] += 1
        counts["answered"] += state == FollowState.ANSWERED
        counts["in_work"] += answer in IN_WORK
    return found


def people_of(cycle_id: int) -> list[int]:
    """The registrations enrolled in a round."""
    return list(Enrolment.objects.filter(cycle=cycle_id).values_list("jobseeker_id", flat=True))
