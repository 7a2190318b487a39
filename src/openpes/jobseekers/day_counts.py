"""How many people were registered in a span of time: for the return of a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from openpes.jobseekers.caseload import SERVED
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import Channel, JobseekerState


@dataclass(frozen=True)
class Registered:
    """People registered in a span, of these at the desk, and of these still waiting for a parent or guardian."""

    people: int
    at_desk: int
    for_guardian: int


def registered_in(
    office_ids: Iterable[int], *, account_id: int | None = None, starts: datetime, ends: datetime
) -> Registered:
    """Who was registered at offices; with an account, those it has in its care since. One query."""
    rows = Jobseeker.objects.filter(office__in=list(office_ids), registered_at__gte=starts, registered_at__lt=ends)
    if account_id is not None:
        rows = rows.filter(counsellor=account_id)
    found = rows.filter(person__merged_into=None).aggregate(
        people=Count("pk"),
        at_desk=Count("pk", filter=Q(channel=Channel.DESK)),
        for_guardian=Count("pk", filter=Q(state=JobseekerState.WAITING_FOR_GUARDIAN)),
    )
    return Registered(**found)


@dataclass(frozen=True)
class InCare:
    """A registration that is served now: its number, in whose care it is (None: nobody's), and since when it is."""

    key: int
    account_id: int | None
    registered_at: datetime


def in_care(office_ids: Iterable[int]) -> list[InCare]:
    """Everybody served at offices, without names. One query."""
    rows = Jobseeker.objects.filter(office__in=list(office_ids), state__in=SERVED, person__erased_at=None)
    return [InCare(*row) for row in rows.order_by("pk").values_list("pk", "counsellor", "registered_at")]
