"""Bulk writing of synthetic texts for a demonstration. They count as sent; no provider ever sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.messaging.models import Message
from openpes.messaging.segments import segments_of
from openpes.messaging.states import HeldBecause, MessageState
from openpes.messaging.words import text_of


@dataclass(frozen=True, slots=True)
class SyntheticMessage:
    """A text that would have gone out. `facts` fill the text of its kind."""

    person_id: int
    number: str
    kind: str
    language: str
    facts: dict[str, str]
    made_at: datetime
    office_id: int | None = None


# Of every forty: what became of the last ones. The others arrived.
NOT_ARRIVED = {37: MessageState.HELD, 38: MessageState.SENT, 39: MessageState.FAILED}
OF_FORTY = 40


@transaction.atomic
def write_messages(*, rows: Sequence[SyntheticMessage], by: Actor, at: datetime) -> int:
    """Write texts; returns how many."""
    messages = []
    for place, row in enumerate(rows):
        text = text_of(row.kind, row.facts, row.language)
        state = NOT_ARRIVED.get(place % OF_FORTY, MessageState.DELIVERED)
        is_held = state == MessageState.HELD
        messages.append(
            Message(
                person_id=row.person_id,
                number=row.number,
                kind=row.kind,
                language=row.language,
                text=text,
                segments=segments_of(text),
                state=state,
                held_because=HeldBecause.CAP_NUMBER if is_held else "",
                provider="" if is_held else "screen",
                made_at=row.made_at,
                sent_at=None if is_held else row.made_at,
                synthetic=True,
                office_id=row.office_id,
            )
        )
    Message.objects.bulk_create(messages)
    record_change(by=by, at=at, verb="message.seed", thing="demo:nation", detail={"messages": len(messages)})
    return len(messages)


def wipe_synthetic() -> int:
    """Remove synthetic texts, in the caller's transaction."""
    return Message.objects.filter(synthetic=True).delete()[0]
