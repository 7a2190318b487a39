"""Caseloads: whose people are whose, read in bulk, and moved from one counsellor to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker, WantedOccupation
from openpes.jobseekers.states import JobseekerState
from openpes.organisations.models import Office

SERVED = (JobseekerState.WAITING_FOR_GUARDIAN, JobseekerState.ACTIVE)
"""Who counts as somebody's caseload: who rests or works is not waited for."""


def _served(office_ids: Iterable[int]) -> QuerySet[Jobseeker]:
    return Jobseeker.objects.filter(office__in=list(office_ids), state__in=SERVED, person__erased_at=None)


def caseload(actor: Actor, account_ids: Collection[int], *, nobody: bool = False, limit: int) -> list[Jobseeker]:
    """People at the actor's offices in the care of these accounts, or of nobody. One query. Names: the caller logs."""
    rows = _served(actor.scope_ids("jobseeker.view", "office"))
    rows = rows.filter(counsellor=None) if nobody else rows.filter(counsellor__in=list(account_ids))
    return list(rows.select_related("person", "office").order_by("-registered_at", "-pk")[:limit])


def wanted_of(jobseeker_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The kinds of work that each of these people wants, the most wanted first. One query."""
    found: dict[int, list[str]] = {}
    rows = WantedOccupation.objects.filter(jobseeker__in=list(jobseeker_ids)).order_by("jobseeker", "position")
    for key, isco in rows.values_list("jobseeker", "isco"):
        found.setdefault(key, []).append(isco)
    return {key: tuple(codes) for key, codes in found.items()}


def caseload_sizes(office_ids: Iterable[int]) -> dict[int | None, int]:
    """How many people each account has in its care at offices; None for those nobody has. One query."""
    rows = _served(office_ids).order_by().values_list("counsellor").annotate(n=Count("pk"))
    return dict(rows)


def left_behind(office_ids: Iterable[int], *, staff_ids: Collection[int]) -> dict[int, int]:
    """How many people are still in the care of each account that no longer serves people there."""
    rows = _served(office_ids).filter(counsellor__isnull=False).exclude(counsellor__in=list(staff_ids))
    return dict(rows.order_by().values_list("counsellor").annotate(n=Count("pk")))


def registered_between(office_ids: Iterable[int], *, starts: datetime, ends: datetime) -> dict[int, datetime]:
    """Who was registered at offices in a span of instants, and when. One query."""
    rows = Jobseeker.objects.filter(office__in=list(office_ids), registered_at__gte=starts, registered_at__lt=ends)
    return dict(rows.filter(Q(person__erased_at=None)).order_by().values_list("pk", "registered_at"))


@transaction.atomic
def move_to(
    *, office: Office, keys: Collection[int], from_account: int | None, to: int | None, by: Actor, at: datetime
) -> list[Jobseeker]:
    """Move people of one caseload of an office to another, or to nobody. Access was checked by the journey.

    Only those still in the caseload named are moved: somebody taken over meanwhile stays where they are.
    """
    if not by.may("jobseeker.edit", office_id=office.pk):
        raise NotPermitted("jobseeker.edit")
    held = list(
        Jobseeker.objects.select_for_update()
        .filter(pk__in=list(keys), office=office, counsellor=from_account)
        .order_by("pk")
    )
    people = {row.pk: row for row in Jobseeker.objects.filter(pk__in=[one.pk for one in held]).select_related("person")}
    moved = [people[one.pk] for one in held]
    Jobseeker.objects.filter(pk__in=list(people)).update(counsellor=to, changed_at=at)
    for jobseeker in moved:
        record_change(
            by=by,
            at=at,
            verb="jobseeker.hand_over",
            thing=f"jobseeker:{jobseeker.ref}",
            subject=jobseeker.person.log_key,
            detail={"to_somebody": to is not None},
        )
    return moved
