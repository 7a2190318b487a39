"""Reads of the messaging room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpes.core.privacy import export_rows
from openpes.messaging.models import Message


def latest_messages(*, limit: int = 30) -> list[Message]:
    """The latest texts, newest first: for the screen of a demonstration only."""
    return list(Message.objects.order_by("-made_at", "-pk")[:limit])


def messages_to(person_id: int, *, limit: int = 20) -> list[Message]:
    """The texts written to one person, newest first."""
    return list(Message.objects.filter(person=person_id).order_by("-made_at", "-pk")[:limit])


def count_unsent(message_ids: Iterable[int]) -> int:
    """How many of these texts have not gone out."""
    return Message.objects.filter(pk__in=list(message_ids)).exclude(state="sent").count()


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {"messages": export_rows(Message, person_id)}
