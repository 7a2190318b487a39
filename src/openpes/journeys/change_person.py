"""Correct who a person is and how to reach them, by the person or by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.jobseekers.access import require_may_edit
from openpes.jobseekers.models import Jobseeker
from openpes.people import operations as people
from openpes.people.queries import main_phone_of
from openpes.people.states import PhoneOwner, Sex


@dataclass(frozen=True)
class PersonChanges:
    """What is known about a person now. `phone` is E.164; empty leaves the phones as they are."""

    name: str
    born_on: date | None
    sex: Sex
    language: str
    phone: str
    phone_owner: PhoneOwner


@transaction.atomic
def change_person(*, jobseeker: Jobseeker, changes: PersonChanges, by: Actor, at: datetime) -> None:
    """Write down the corrections. Raises NotPermitted unless it is one's own record or the office's."""
    require_may_edit(by, jobseeker)
    people.change_person(
        person=jobseeker.person,
        name=changes.name,
        born_on=changes.born_on,
        sex=changes.sex,
        language=changes.language,
        by=by,
        at=at,
    )
    held = main_phone_of(jobseeker.person_id)
    if changes.phone and (held is None or held.number != changes.phone or held.owner != changes.phone_owner):
        people.set_main_phone(person=jobseeker.person, number=changes.phone, owner=changes.phone_owner, by=by, at=at)
