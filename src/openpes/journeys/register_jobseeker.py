"""A person registers, alone or with a counsellor at the desk, into the same record."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import Reason, Refused, first_refusal, no
from openpes.core.ids import keyed_hash
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.operations import Profile
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.rules import GivenByGuardian, may_consent, may_register, needs_guardian
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.messaging.operations import queue_text
from openpes.organisations.models import Office
from openpes.organisations.queries import office_by_ref, office_for_area
from openpes.people import operations as people
from openpes.people.models import Person
from openpes.people.names import match_key
from openpes.people.operations import GivenConsent, NewPerson
from openpes.people.phones import normalise
from openpes.people.queries import LookAlike, look_alikes, person_by_ref
from openpes.people.rules import Likeness
from openpes.people.states import CONSENT_VERSION, ConsentWay, Purpose
from openpes.reference.country import country, larger_areas, today


@dataclass(frozen=True)
class Registration:
    """All that is asked first. `phone` as typed; `pin` chosen by a person who registers alone, else made here."""

    person: NewPerson
    profile: Profile
    consent_way: ConsentWay
    share_contact: bool
    guardian: GivenByGuardian | None = None
    pin: str = ""
    office_ref: str = ""


@dataclass(frozen=True)
class Registered:
    """What to tell the person: the code and, when it was made here, the PIN to change at first use."""

    jobseeker_ref: str
    code: str
    first_pin: str
    waits_for_guardian: bool
    office_name: str


def people_like(registration: Registration) -> list[LookAlike]:
    """People who may be the one registering. For staff only: to the public this is never shown."""
    new = registration.person
    return look_alikes(
        Likeness(
            name_key=match_key(new.name)[:160],
            born_on=new.born_on,
            phones=frozenset({new.phone}) if new.phone else frozenset(),
            national_number_hash=keyed_hash(new.national_number, settings.SECRET_KEY) if new.national_number else "",
        )
    )


def with_phone(typed: str) -> str:
    """A typed phone in E.164; empty stays empty. Raises NotAPhone."""
    return normalise(typed, country().code) if typed.strip() else ""


@transaction.atomic
def register_jobseeker(
    *,
    registration: Registration,
    channel: Channel,
    by: Actor,
    at: datetime,
    synthetic: bool = False,
    welcome: bool = True,
) -> Registered:
    """Write down person, consents and registration in one stroke, open the account and send the welcome.

    welcome: False where the caller tells the person the same at once, in the answer to their text.
    Raises Refused with reasons that can be told, and changes nothing then.
    """
    new = registration.person
    minor = _may_register(registration, at_desk=channel == Channel.DESK, on=today(at))
    office = _office_of(registration)
    person = people.add_person(new=new, by=by, at=at, secret=settings.SECRET_KEY, synthetic=synthetic)
    # A minor alone on the web waits: a guardian's word typed by the minor proves nothing.
    waits = minor and channel != Channel.DESK
    _write_consents(person, registration, minor=minor and not waits, by=by, at=at)
    jobseeker = jobseekers.register(
        person=person,
        office=office,
        profile=registration.profile,
        channel=channel,
        waits_for_guardian=waits,
        by=by,
        at=at,
    )
    code, first_pin = _open_account(person, registration, by=by, at=at)
    queue_text(
        number=new.phone if welcome else "",
        kind="guardian_needed" if waits else "welcome",
        facts={"office": office.name, "code": code},
        language=new.language,
        at=at,
        person_id=person.pk,
        office_id=office.pk,
        synthetic=synthetic,
        asked=True,
        awaited=True,
    )
    return Registered(jobseeker.ref, code, first_pin, waits, office.name)


def _may_register(registration: Registration, *, at_desk: bool, on: date) -> bool:
    """Whether a guardian is needed. Raises Refused where the law or a missing guardian's word stands against it."""
    pack, born_on = country(), registration.person.born_on
    decisions = [may_register(pack, born_on=born_on, on=on)]
    minor = needs_guardian(pack, born_on=born_on, on=on)
    if minor and at_desk:
        decisions.append(may_consent(pack, born_on=born_on, on=on, guardian=registration.guardian))
    decision = first_refusal(decisions)
    if decision.refused:
        raise Refused(decision)
    return minor


def _office_of(registration: Registration) -> Office:
    """The office that was chosen, or the one for the area. Raises Refused where there is none."""
    area_code = registration.profile.area_code
    office = (
        office_by_ref(registration.office_ref)
        if registration.office_ref
        else office_for_area(area_code, parents=larger_areas(area_code))
    )
    if office is None:
        raise Refused(no(Reason("no_office")))
    return office


def _open_account(person: Person, registration: Registration, *, by: Actor, at: datetime) -> tuple[str, str]:
    """(personal code, the PIN that was made here and must be changed; "" where the person chose one)."""
    code = people.new_personal_code()
    first_pin = "" if registration.pin else new_pin()
    people.open_account(
        username=code,
        name=person.name_as_given,
        secret=registration.pin or first_pin,
        language=registration.person.language,
        person=person,
        must_change_secret=bool(first_pin),
        by=by,
        at=at,
    )
    return code, first_pin


def new_pin() -> str:
    """Six digits that are no sequence and no single digit six times."""
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if not is_weak_pin(pin):
            return pin


def is_weak_pin(pin: str) -> bool:
    """True for PINs that a thief tries first: one digit repeated, or a run up or down."""
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, -1}


def _write_consents(person: Person, registration: Registration, *, minor: bool, by: Actor, at: datetime) -> None:
    guardian = registration.guardian
    way = ConsentWay.GUARDIAN if minor else registration.consent_way
    purposes = [Purpose.REGISTRATION] + ([Purpose.SHARE_CONTACT] if registration.share_contact else [])
    for purpose in purposes:
        people.give_consent(
            person=person,
            consent=GivenConsent(
                purpose,
                CONSENT_VERSION,
                registration.person.language,
                way,
                guardian.name if guardian else "",
                guardian.phone if guardian else "",
            ),
            by=by,
            at=at,
        )


@transaction.atomic
def accept_guardian(
    *, jobseeker_ref: str, guardian: GivenByGuardian, share_contact: bool, by: Actor, at: datetime
) -> None:
    """At the desk, a guardian agrees to a minor's registration that was waiting."""
    jobseeker = jobseeker_for(by, jobseeker_ref, at=at)
    if not by.may("jobseeker.edit", office_id=jobseeker.office_id):
        raise Refused(no(Reason("guardian_at_desk")))
    if not guardian.name.strip():
        raise Refused(no(Reason("guardian_needed")))
    person = person_by_ref(jobseeker.person.ref)
    purposes = [Purpose.REGISTRATION] + ([Purpose.SHARE_CONTACT] if share_contact else [])
    for purpose in purposes:
        people.give_consent(
            person=person,
            consent=GivenConsent(
                purpose, CONSENT_VERSION, person.language, ConsentWay.GUARDIAN, guardian.name, guardian.phone
            ),
            by=by,
            at=at,
        )
    jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.ACTIVE, by=by, at=at)
