"""Reads of the messaging room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count

from openpes.core.privacy import export_rows
from openpes.messaging.models import Message
from openpes.messaging.rules import first_loud
from openpes.reference.country import country, today


def latest_messages(*, limit: int = 30) -> list[Message]:
    """The latest texts, newest first: for the screen of a demonstration only."""
    return list(Message.objects.order_by("-made_at", "-pk")[:limit])


def messages_to(person_id: int, *, limit: int = 20) -> list[Message]:
    """The texts written to one person, newest first."""
    return list(Message.objects.filter(person=person_id).order_by("-made_at", "-pk")[:limit])


def count_unsent(message_ids: Iterable[int]) -> int:
    """How many of these texts have not gone out."""
    return Message.objects.filter(pk__in=list(message_ids)).exclude(state="sent").count()


def loud_from(at: datetime) -> datetime:
    """The first instant from `at` on at which a text may go out that nobody waits for: outside the quiet hours."""
    pack, on = country(), today(at)
    quiet_from = time.fromisoformat(str(pack.value("messaging.quiet_from", on=on).value))
    quiet_until = time.fromisoformat(str(pack.value("messaging.quiet_until", on=on).value))
    return first_loud(at, quiet_from=quiet_from, quiet_until=quiet_until, zone=ZoneInfo(pack.timezone))


def count_texts(person_ids: Iterable[int], *, since: datetime) -> dict[int, int]:
    """How many texts were written to each of these people since an instant, in one query."""
    rows = Message.objects.filter(person__in=list(person_ids), made_at__gte=since)
    return dict(rows.order_by().values_list("person").annotate(n=Count("pk")))


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {"messages": export_rows(Message, person_id)}


def latest_of_kind(person_ids: Iterable[int], *, kind: str) -> dict[int, datetime]:
    """When each of some people was last sent a text of a kind; who never was is left out."""
    rows = Message.objects.filter(person__in=list(person_ids), kind=kind).order_by("made_at", "pk")
    return {person: at for person, at in rows.values_list("person", "made_at") if person is not None}
