"""Somebody known from an old list comes, hears the two sentences, and agrees: only now they are registered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.rules import GivenByGuardian, may_consent, needs_guardian
from openpes.journeys.register_jobseeker import Registered, new_pin
from openpes.journeys.telling import tell_person
from openpes.people import operations as people
from openpes.people.operations import GivenConsent
from openpes.people.states import CONSENT_VERSION, ConsentWay, Purpose
from openpes.reference.country import country, today


@transaction.atomic
def agree_from_list(
    *, jobseeker: Jobseeker, share_contact: bool, guardian: GivenByGuardian | None, by: Actor, at: datetime
) -> Registered:
    """Write down the consent, make the registration one, open the account, send the welcome. Raises Refused."""
    person, on = jobseeker.person, today(at)
    decision = may_consent(country(), born_on=person.born_on, on=on, guardian=guardian)
    if decision.refused:
        raise Refused(decision)
    moved = jobseekers.agree_from_list(jobseeker=jobseeker, by=by, at=at)
    minor = needs_guardian(country(), born_on=person.born_on, on=on)
    for purpose in [Purpose.REGISTRATION] + ([Purpose.SHARE_CONTACT] if share_contact else []):
        people.give_consent(
            person=person,
            consent=GivenConsent(
                purpose,
                CONSENT_VERSION,
                person.language,
                ConsentWay.GUARDIAN if minor else ConsentWay.READ_ALOUD,
                guardian.name if guardian and minor else "",
                guardian.phone if guardian and minor else "",
            ),
            by=by,
            at=at,
        )
    code, pin = people.new_personal_code(), new_pin()
    people.open_account(
        username=code,
        name=person.name_as_given,
        secret=pin,
        language=person.language,
        person=person,
        must_change_secret=True,
        by=by,
        at=at,
    )
    tell_person(moved, "welcome", {"office": moved.office.name, "code": code}, at=at, asked=True)
    return Registered(moved.ref, code, pin, False, moved.office.name)
