"""A text that came in is heard: understood by the dialogue, and answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from openpes.core.decisions import NotFound, Refused
from openpes.dialogues import operations as dialogues
from openpes.jobseekers.queries import registration_of
from openpes.journeys.enrol_in_programme import attend_by_text
from openpes.messaging import operations as messaging
from openpes.messaging.models import IncomingText
from openpes.messaging.queries import incoming_text

CODE_LENGTH = 6


@transaction.atomic
def hear(incoming_id: int, at: datetime) -> int:
    """Hear one text; doing it twice answers once. Returns how many answers were written."""
    incoming = incoming_text(incoming_id)
    if incoming is None or not messaging.note_heard(incoming_id=incoming_id, at=at):
        return 0
    if _is_there(incoming, at):
        return 1
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


def _is_there(incoming: IncomingText, at: datetime) -> bool:
    """The code of a course that is held now, sent alone: noted and thanked for. Anything else is for the dialogue."""
    code = "".join(incoming.text.split())
    if len(code) != CODE_LENGTH or not code.isdigit():
        return False
    try:
        enrolment = attend_by_text(number=incoming.number, code=code, at=at)
    except (NotFound, Refused):
        return False
    person = enrolment.jobseeker.person
    with override(person.language):
        text = gettext("Thank you")
    messaging.reply_text(
        incoming_id=incoming.pk,
        text=text,
        language=person.language,
        person_id=person.pk,
        office_id=enrolment.jobseeker.office_id,
        at=at,
    )
    return True
