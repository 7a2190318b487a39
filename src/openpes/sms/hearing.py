"""A text that came in is heard: understood by the dialogue, and answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.dialogues import operations as dialogues
from openpes.jobseekers.queries import registration_of
from openpes.messaging import operations as messaging
from openpes.messaging.queries import incoming_text


@transaction.atomic
def hear(incoming_id: int, at: datetime) -> int:
    """Hear one text; doing it twice answers once. Returns how many answers were written."""
    incoming = incoming_text(incoming_id)
    if incoming is None or not messaging.note_heard(incoming_id=incoming_id, at=at):
        return 0
    replies = dialogues.hear(channel="sms", address=incoming.number, text=incoming.text, at=at, incoming_id=incoming_id)
    for reply in replies:
        registration = registration_of(reply.person_id) if reply.person_id is not None else None
        messaging.reply_text(
            incoming_id=incoming_id,
            text=reply.text,
            language=reply.language,
            person_id=reply.person_id,
            office_id=registration.office_id if registration is not None else None,
            at=at,
        )
    return len(replies)
