"""One way to text somebody: to their main phone, in their language, and not to those who said STOP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpes.appointments.queries import said_stop
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.messaging.operations import queue_text
from openpes.organisations.models import Employer
from openpes.people.queries import main_phone_of


def tell_person(
    jobseeker: Jobseeker,
    kind: str,
    facts: dict[str, Any],
    *,
    at: datetime,
    asked: bool = False,
    awaited: bool = False,
    due_at: datetime | None = None,
) -> Message | None:
    """Text a person, in the caller's transaction. None: no phone, or they said STOP.

    asked: the person asked for this very text, or the law wants it sent, so that STOP does not hold it back.
    awaited: they wait for it now; other texts wait for the end of the quiet hours.
    due_at: not before this instant.
    """
    person = jobseeker.person
    phone = main_phone_of(person.pk)
    if phone is None or (not asked and said_stop([jobseeker.pk])):
        return None
    return queue_text(
        number=phone.number,
        kind=kind,
        facts=facts,
        language=person.language,
        person_id=person.pk,
        synthetic=person.synthetic,
        office_id=jobseeker.office_id,
        asked=asked,
        awaited=awaited,
        at=at,
        due_at=due_at,
    )


def tell_firm(employer: Employer, kind: str, facts: dict[str, Any], *, at: datetime) -> Message | None:
    """Text the contact of a firm, in the caller's transaction. None where it left no phone."""
    return queue_text(
        number=employer.contact_phone,
        kind=kind,
        facts=facts,
        language=employer.language,
        synthetic=employer.synthetic,
        office_id=employer.office_id,
        at=at,
    )
