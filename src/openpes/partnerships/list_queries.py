"""Reads about handed lists and targets, narrowed to the actor's offices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.partnerships.models import GroupTarget, HandedList, PartnerReferral


def handed_lists(actor: Actor) -> QuerySet[HandedList]:
    """Lists of the actor's offices, the latest first."""
    rows = HandedList.objects.filter(office__in=actor.scope_ids("jobseeker.register", "office"))
    return rows.select_related("batch", "partner", "office")


def handed_list(actor: Actor, ref: str) -> HandedList:
    """One of them. Raises NotFound."""
    row = handed_lists(actor).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("list")
    return row


def targets_of(actor: Actor) -> QuerySet[GroupTarget]:
    """Targets that the actor may see: those of the own offices, or all for who sees the whole service."""
    rows = GroupTarget.objects.filter(ended_at=None).select_related("office")
    return rows if actor.everywhere("target.view") else rows.filter(office__in=actor.scope_ids("target.view", "office"))


def target_for(actor: Actor, ref: str) -> GroupTarget:
    """One target. Raises NotFound."""
    row = targets_of(actor).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("target")
    return row


def accepted_times(jobseeker_ids: Iterable[int]) -> list[tuple[int, datetime]]:
    """(person, instant) of every time a partner accepted one of these people. One query."""
    rows = PartnerReferral.objects.filter(jobseeker__in=list(jobseeker_ids), accepted_at__isnull=False)
    found = rows.order_by().values_list("jobseeker_id", "accepted_at")
    return [(key, accepted_at) for key, accepted_at in found if accepted_at is not None]
