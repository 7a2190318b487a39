"""Reads of the complaints room, narrowed to the actor; every look at somebody's complaint is logged."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from openpes.complaints.access import is_own, visible_to
from openpes.complaints.models import Complaint, ComplaintEvent
from openpes.complaints.states import OPEN_STATES, ComplaintKind, ComplaintState
from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref, keyed_hash
from openpes.core.privacy import export_rows
from openpes.reference.country import country

WITH = ("person", "office", "vacancy", "employer", "owner", "answered_by", "about_account")


def days_on(on: date) -> dict[str, int]:
    """Days to an answer by kind, from the country's policy on a day."""
    pack = country()
    return {kind.value: int(pack.value(f"complaints.{kind.value}_days", on=on).value) for kind in ComplaintKind}


def complaint_for(actor: Actor, ref: str, *, at: datetime) -> Complaint:
    """Open a complaint. Raises NotFound, also for one that exists elsewhere or is about the actor."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related(*WITH).prefetch_related("events").first()
    if row is None:
        raise NotFound("complaint")
    if row.person is not None and not is_own(actor, row):
        record_view(by=actor, at=at, subject=row.person.log_key, thing=f"complaint:{row.ref}")
    return row


def open_at_desk(actor: Actor, *, mine: bool = False) -> QuerySet[Complaint]:
    """Open complaints that the actor may handle, the ones in danger and the oldest days first."""
    rows = (
        visible_to(actor).filter(state__in=OPEN_STATES).exclude(person__in=actor.scope_ids("complaint.own", "person"))
    )
    if mine:
        rows = rows.filter(owner=actor.account_id)
    danger_first = Count("pk", filter=Q(danger="now"))
    return rows.select_related(*WITH).annotate(in_danger=danger_first).order_by("-in_danger", "due_on", "pk")


def ended_at_desk(actor: Actor) -> QuerySet[Complaint]:
    """Answered and closed ones, the latest first."""
    rows = visible_to(actor).exclude(state__in=OPEN_STATES)
    return rows.select_related(*WITH).order_by("-answered_at", "-pk")


def count_open(actor: Actor, *, on: date) -> tuple[int, int]:
    """How many are open at the actor's desk, and how many of them are past their day."""
    found = (
        visible_to(actor)
        .filter(state__in=OPEN_STATES)
        .aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)))
    )
    return found["open"], found["overdue"]


def complaints_of(actor: Actor) -> list[Complaint]:
    """What a person told the service, the latest first."""
    people = actor.scope_ids("complaint.own", "person")
    return list(Complaint.objects.filter(person__in=people).select_related("office").order_by("-received_at", "-pk"))


def secret_hash(ref: str, secret: str) -> str:
    """What is kept of the secret word of a complaint."""
    return keyed_hash(f"complaint:{ref}:{fold_ref(secret)}", settings.SECRET_KEY)


def complaint_by_secret(ref: str, secret: str) -> Complaint | None:
    """The complaint of somebody without an account; None alike for a wrong number and a wrong word."""
    folded = fold_ref(ref)
    row = Complaint.objects.filter(ref=folded).exclude(secret_hash="").select_related("office", "owner").first()
    held = row.secret_hash if row is not None else "0" * 64
    return row if hmac.compare_digest(held, secret_hash(folded, secret)) else None


def reports_about_vacancy(vacancy_id: int) -> int:
    """How many people whom the service does not know have reported an advert in a way that can hold it."""
    kinds = (ComplaintKind.UNSAFE, ComplaintKind.ASKED_FOR_MONEY, ComplaintKind.FAKE_ADVERT)
    return Complaint.objects.filter(vacancy=vacancy_id, person=None, kind__in=kinds).count()


def count_about_employers(employer_ids: Iterable[int]) -> dict[int, int]:
    """Complaints that were not found to be empty, by employer; shown in bands only."""
    rows = Complaint.objects.filter(employer__in=list(employer_ids)).order_by()
    return dict(rows.values_list("employer").annotate(n=Count("pk")))


def has_open_appeal(employer_id: int) -> bool:
    """Does an appeal of this firm wait for its answer?"""
    return Complaint.objects.filter(
        employer=employer_id, kind=ComplaintKind.APPEAL, state__in=list(OPEN_STATES)
    ).exists()


def overdue(*, on: date, limit: int) -> list[Complaint]:
    """Open ones past their day that nobody was told of yet, for the clock."""
    rows = Complaint.objects.filter(state__in=OPEN_STATES, due_on__lt=on, escalated_at=None)
    return list(rows.select_related("office", "person").order_by("pk")[:limit])


def unanswered_by_person(*, before: datetime, limit: int) -> list[Complaint]:
    """Answered ones whose person said nothing since: they close by themselves."""
    rows = Complaint.objects.filter(state=ComplaintState.ANSWERED, answered_at__lt=before)
    return list(rows.order_by("pk")[:limit])


def days_to_answer(*, office_ids: Iterable[int], starts_at: datetime, ends_before: datetime) -> list[tuple[str, int]]:
    """(kind, days from the telling to the first answer) of those answered first in a span of time."""
    rows = Complaint.objects.filter(
        office__in=list(office_ids), first_answered_at__gte=starts_at, first_answered_at__lt=ends_before
    ).order_by("pk")
    return [
        (kind, (answered - received).days)
        for kind, received, answered in rows.values_list("kind", "received_at", "first_answered_at")
        if answered is not None
    ]


def count_by_kind(*, office_ids: Iterable[int], starts_at: datetime, ends_before: datetime) -> dict[str, int]:
    """Complaints received in a span of time, by kind."""
    rows = Complaint.objects.filter(
        office__in=list(office_ids), received_at__gte=starts_at, received_at__lt=ends_before
    ).order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "complaints": export_rows(Complaint, person_id),
        "steps of complaints": export_rows(ComplaintEvent, person_id),
    }
