"""Numbers that change hands and PINs from the office, across the rooms."""

from __future__ import annotations

import pytest
from tests.factories import NOW, JobseekerFactory, OfficeFactory, actor_with

from openpes.core.decisions import NotPermitted
from openpes.journeys import phones as journey
from openpes.journeys.phones import IdentityCheck
from openpes.messaging.models import Message
from openpes.people.models import PersonPhone
from openpes.people.queries import account_of, main_phone_of
from openpes.people.signing import check_code_and_pin

pytestmark = pytest.mark.django_db


def test_not_me_takes_the_number_from_whom_the_last_text_was_for() -> None:
    """A stranger is told nothing; a number nobody gave changes nothing; the second time nothing is left to take."""
    one, other = JobseekerFactory(person__phone="+639170001111"), JobseekerFactory(person__phone="+639170001111")
    journey.tell_person(one, "pin_changed", {"office": "x"}, at=NOW)
    assert journey.wrong_person(number="+639179999999", at=NOW) is None
    assert journey.wrong_person(number="+639170001111", at=NOW) == one.person_id
    assert main_phone_of(one.person_id) is None
    assert main_phone_of(other.person_id) is not None
    assert Message.objects.count() == 1


def test_a_new_pin_from_the_office_opens_the_account_and_the_person_is_told_without_it() -> None:
    """The PIN travels by no text."""
    jobseeker = JobseekerFactory()
    code, pin = journey.recover_at_office(
        jobseeker=jobseeker,
        checked=IdentityCheck.PAPER,
        by=actor_with("counsellor", scope_id=jobseeker.office.pk),
        at=NOW,
    )
    account = check_code_and_pin(code=code, pin=pin, at=NOW)
    assert account is not None
    assert account.must_change_secret
    assert pin not in Message.objects.get().text


def test_another_office_and_the_person_alone_get_no_new_pin() -> None:
    """A refusal changes nothing."""
    jobseeker = JobseekerFactory()
    with pytest.raises(NotPermitted):
        journey.recover_at_office(
            jobseeker=jobseeker,
            checked=IdentityCheck.KNOWN,
            by=actor_with("counsellor", scope_id=OfficeFactory().pk),
            at=NOW,
        )
    assert account_of(jobseeker.person_id) is None
    assert not Message.objects.exists()


def test_a_code_goes_to_the_phone_it_proves() -> None:
    """And to no other of the person's phones."""
    jobseeker = JobseekerFactory()
    by = actor_with("counsellor", scope_id=jobseeker.office.pk)
    row: PersonPhone = journey.add_phone(
        jobseeker=jobseeker, typed="0917 000 2222", owner=journey.PhoneOwner.OWN, by=by, at=NOW
    )
    journey.send_code(jobseeker=jobseeker, key=row.pk, by=by, at=NOW)
    text = Message.objects.get()
    assert text.number == "+639170002222"
    code = "".join(letter for letter in text.text if letter.isdigit())
    assert journey.prove_phone(jobseeker=jobseeker, key=row.pk, code=code, by=by, at=NOW)
