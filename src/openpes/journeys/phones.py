"""A person is not a phone: proving a number, a number that changes hands, and a new PIN from the office."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.core.decisions import Reason, Refused, no
from openpes.jobseekers.access import require_may_edit
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registration_of
from openpes.journeys.register_jobseeker import new_pin, with_phone
from openpes.journeys.telling import tell_person
from openpes.messaging.operations import queue_text
from openpes.messaging.queries import last_person_texted
from openpes.people import operations as people
from openpes.people import phone_operations as phones
from openpes.people.models import PersonPhone
from openpes.people.queries import account_of, all_phones_of, people_at
from openpes.people.signing import give_new_pin
from openpes.people.states import PhoneOwner

HEARD = system("person.phone_gone", label="texts")


class IdentityCheck(StrEnum):
    """How the office made sure who somebody is before it gave a new PIN."""

    PAPER = "paper"
    QUESTIONS = "questions"
    KNOWN = "known"


@transaction.atomic
def add_phone(*, jobseeker: Jobseeker, typed: str, owner: PhoneOwner, by: Actor, at: datetime) -> PersonPhone:
    """Another phone of a person. Raises NotAPhone, NotPermitted, Refused."""
    require_may_edit(by, jobseeker)
    return phones.add_phone(person=jobseeker.person, number=with_phone(typed), owner=owner, by=by, at=at)


@transaction.atomic
def send_code(*, jobseeker: Jobseeker, key: int, by: Actor, at: datetime) -> None:
    """Text a code to a phone, to prove that it is reached. It opens nothing. Raises NotFound, NotPermitted, Refused."""
    require_may_edit(by, jobseeker)
    code = phones.new_code(person=jobseeker.person, key=key, by=by, at=at)
    number = next(one.number for one in all_phones_of(jobseeker.person_id) if one.pk == key)
    queue_text(
        number=number,
        kind="phone_code",
        facts={"code": code},
        language=jobseeker.person.language,
        person_id=jobseeker.person_id,
        office_id=jobseeker.office_id,
        synthetic=jobseeker.person.synthetic,
        asked=True,
        awaited=True,
        at=at,
    )


@transaction.atomic
def prove_phone(*, jobseeker: Jobseeker, key: int, code: str, by: Actor, at: datetime) -> bool:
    """The code came back. False: wrong, or too old.

    Whoever said the number was theirs alone loses it; the office asks them.
    """
    require_may_edit(by, jobseeker)
    return phones.prove_phone(person=jobseeker.person, key=key, code=code, by=by, at=at) is not None


@transaction.atomic
def use_first(*, jobseeker: Jobseeker, key: int, by: Actor, at: datetime) -> None:
    """Texts go to this phone from now on. Raises NotFound, NotPermitted, Refused."""
    require_may_edit(by, jobseeker)
    phones.use_first(person=jobseeker.person, key=key, by=by, at=at)


@transaction.atomic
def remove_phone(*, jobseeker: Jobseeker, key: int, by: Actor, at: datetime) -> None:
    """Forget a phone. Raises NotFound, NotPermitted."""
    require_may_edit(by, jobseeker)
    phones.remove_phone(person=jobseeker.person, key=key, by=by, at=at)


@transaction.atomic
def wrong_person(*, number: str, at: datetime, by: Actor = HEARD) -> int | None:
    """Somebody at a number says "this is not me": whom the latest text was for loses the number; the office asks them.

    Returns the person, or None when nobody is known there. Whoever answered is told nothing about anybody.
    """
    known = [one.person_id for one in people_at(number)]
    person_id = last_person_texted(number)
    if person_id not in known:
        person_id = known[0] if len(known) == 1 else None
    jobseeker = registration_of(person_id) if person_id is not None else None
    if jobseeker is None:
        return None
    phones.detach(person=jobseeker.person, number=number, why="wrong_person", by=by, at=at)
    return person_id


@transaction.atomic
def recover_at_office(*, jobseeker: Jobseeker, checked: IdentityCheck, by: Actor, at: datetime) -> tuple[str, str]:
    """A new PIN, after the office made sure who asks. Returns (code, PIN) to hand over; the PIN travels by no text.

    The person is told by text that it was changed, so that nobody does it behind their back. A record without an
    account gets one. Raises NotPermitted; Refused for one's own record.
    """
    if not by.may("jobseeker.edit", office_id=jobseeker.office_id):
        require_may_edit(by, jobseeker)
        raise Refused(no(Reason("recover_at_office")))
    pin, person = new_pin(), jobseeker.person
    account = account_of(person.pk)
    if account is None:
        account = people.open_account(
            username=people.new_personal_code(),
            name=person.name_as_given,
            secret=None,
            language=person.language,
            person=person,
            synthetic=person.synthetic,
            by=by,
            at=at,
        )
    give_new_pin(account=account, pin=pin, checked=checked, by=by, at=at)
    tell_person(jobseeker, "pin_changed", {"office": jobseeker.office.name}, asked=True, awaited=True, at=at)
    return account.username, pin
