"""How many introductions were sent and answered in a span of time: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from openpes.referrals.models import Referral
from openpes.referrals.states import ReferralState


@dataclass(frozen=True)
class Sent:
    """Introductions of a span: sent, sent by the person alone, first answers that came, and those now past their day.

    `waiting` is a stock at the instant asked for, whenever they were sent.
    """

    sent: int
    by_person: int
    answers: int
    waiting: int


def sent_between(
    office_ids: Iterable[int], *, account_id: int | None = None, starts: datetime, ends: datetime, at: datetime
) -> Sent:
    """What was sent and answered at offices, of one account where it is named. One query."""
    rows = Referral.objects.filter(office__in=list(office_ids))
    if account_id is not None:
        rows = rows.filter(made_by=account_id)
    sent = Q(sent_at__gte=starts, sent_at__lt=ends)
    found = rows.aggregate(
        sent=Count("pk", filter=sent),
        by_person=Count("pk", filter=sent & Q(made_by_jobseeker=True)),
        answers=Count("pk", filter=Q(first_answer_at__gte=starts, first_answer_at__lt=ends)),
        waiting=Count("pk", filter=Q(first_answer_at=None, answer_due_at__lt=at) & ~Q(state=ReferralState.ENDED)),
    )
    return Sent(**found)
