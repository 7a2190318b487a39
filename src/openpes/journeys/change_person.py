"""Correct who a person is, how they are reached and who may see it, by the person or by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.access import require_may_edit
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.register_jobseeker import with_phone
from openpes.people import operations as people
from openpes.people.models import Person
from openpes.people.operations import GivenConsent
from openpes.people.queries import live_consent, main_phone_of
from openpes.people.states import CONSENT_VERSION, ConsentWay, PhoneOwner, Purpose, Sex


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


@transaction.atomic
def change_phone(*, jobseeker: Jobseeker, typed: str, owner: PhoneOwner, by: Actor, at: datetime) -> None:
    """Make a typed number the main phone of a person. Raises NotAPhone, NotPermitted."""
    require_may_edit(by, jobseeker)
    people.set_main_phone(person=jobseeker.person, number=with_phone(typed), owner=owner, by=by, at=at)


@transaction.atomic
def change_consent_to_share(*, person: Person, agrees: bool, language: str, by: Actor, at: datetime) -> None:
    """Say yes to showing one's phone number to employers one is introduced to, or take that yes back, at once."""
    if not by.may("consent.change_own", person_id=person.pk):
        raise NotPermitted("consent.change_own")
    held = live_consent(person.pk, Purpose.SHARE_CONTACT)
    if not agrees:
        people.withdraw_consent(person=person, purpose=Purpose.SHARE_CONTACT, by=by, at=at)
    elif held is None:
        people.give_consent(
            person=person,
            consent=GivenConsent(Purpose.SHARE_CONTACT, CONSENT_VERSION, language, ConsentWay.SELF_ON_SCREEN),
            by=by,
            at=at,
        )
