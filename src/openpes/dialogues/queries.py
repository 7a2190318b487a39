"""Reads: what is open with a phone or a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from openpes.core.privacy import export_rows
from openpes.dialogues.models import Conversation, DeclinedJob, SavedJob
from openpes.dialogues.states import HOME


def open_at(address: str, *, since: datetime, person_ids: Iterable[int] = ()) -> list[Conversation]:
    """What is open at an address, or with these people wherever they began it; the last first."""
    mine = Q(address=address) | Q(person__in=list(person_ids))
    rows = Conversation.objects.filter(mine, ended_at=None, changed_at__gte=since).exclude(state=HOME)
    return list(rows.order_by("-changed_at", "-pk"))


def open_of_person(person_id: int, *, since: datetime) -> list[Conversation]:
    """What is open with a person, for their own page; the last first."""
    return open_at("", since=since, person_ids=[person_id])


def count_heard(address: str, *, dialogue: str, since: datetime) -> int:
    """How many talks of a kind an address began since an instant."""
    return Conversation.objects.filter(address=address, dialogue=dialogue, begun_at__gte=since).count()


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """This room's rows about a person, for their download."""
    return {
        "conversations": export_rows(Conversation, person_id),
        "declined_jobs": export_rows(DeclinedJob, person_id),
        "saved_jobs": _saved_jobs(person_id),
    }


def _saved_jobs(person_id: int) -> list[dict[str, Any]]:
    """With the title of each job: a day alone says nothing to whoever reads it."""
    rows = SavedJob.objects.filter(person=person_id).order_by("pk")
    titles = rows.values_list("vacancy__title", flat=True)
    return [{**row, "vacancy": title} for row, title in zip(export_rows(SavedJob, person_id), titles, strict=True)]
