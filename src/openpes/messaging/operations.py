"""Writes of the messaging room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from openpes.core import outbox
from openpes.core.privacy import erase_rows
from openpes.messaging.models import Message
from openpes.messaging.providers import provider
from openpes.messaging.segments import segments_of
from openpes.messaging.states import MessageState
from openpes.messaging.words import text_of
from openpes.people.queries import awaits_consent

SEND = "messaging.send"


def queue_text(
    *,
    number: str,
    kind: str,
    facts: dict[str, Any],
    language: str,
    at: datetime,
    person_id: int | None = None,
    synthetic: bool = False,
    due_at: datetime | None = None,
) -> Message | None:
    """Write a text and leave its sending to the worker, in the caller's transaction. No number, no text;
    and none to somebody who is only known from an old list and has not agreed yet.

    `due_at`: not before this instant, for texts that nobody waits for (`messaging.queries.loud_from`).
    """
    if not number or awaits_consent(person_id):
        return None
    text = text_of(kind, facts, language)
    message = Message.objects.create(
        person_id=person_id,
        number=number,
        kind=kind,
        language=language,
        text=text,
        segments=segments_of(text),
        made_at=at,
        synthetic=synthetic,
    )
    outbox.put(kind=SEND, payload={"message": message.pk}, at=at, due_at=due_at)
    return message


@transaction.atomic
def send_text(*, message_id: int, at: datetime) -> None:
    """Hand one waiting text to the provider; doing it twice sends it once. Raises when the provider fails."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state == MessageState.SENT:
        return
    # A synthetic person's number is nobody's to be texted: only the screen may take it.
    chosen = provider("screen" if message.synthetic else settings.MESSAGING_PROVIDER)
    message.provider_ref = chosen.send(number=message.number, text=message.text, message_id=message.pk)
    message.provider, message.state, message.sent_at = chosen.NAME, MessageState.SENT, at
    message.save(update_fields=["provider", "provider_ref", "state", "sent_at"])


def forget_texts(*, before: datetime) -> int:
    """Forget texts made before an instant. Returns how many. Inside the caller's transaction."""
    return Message.objects.filter(made_at__lt=before).delete()[0]


def erase_person(*, person_id: int) -> int:
    """Forget the texts to a person. Inside the journey's transaction."""
    return erase_rows(Message, person_id)
