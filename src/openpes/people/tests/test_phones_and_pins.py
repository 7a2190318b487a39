"""A person is not a phone: several of each, numbers that change hands, PINs that cannot be guessed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, AccountFactory, PersonFactory

from openpes.core.actors import system
from openpes.core.decisions import NotFound, Refused
from openpes.people import phone_operations as phones
from openpes.people import signing
from openpes.people.models import PersonPhone
from openpes.people.queries import main_phone_of, people_at, people_to_ask_for_phone
from openpes.people.rules import LONGEST_WAIT, wait_after
from openpes.people.states import PhoneOwner

BY = system("test")
NUMBER = "+639170001111"


def test_waits_grow_and_end() -> None:
    """The first slips cost nothing; a robot waits an hour a try."""
    assert [wait_after(wrong) for wrong in (1, 4)] == [timedelta(0), timedelta(0)]
    assert [wait_after(wrong) for wrong in (5, 6, 7)] == [timedelta(minutes=one) for one in (1, 2, 4)]
    assert wait_after(500) == LONGEST_WAIT


@pytest.mark.django_db
def test_after_many_wrong_tries_the_right_pin_waits_too_and_then_opens() -> None:
    """An unknown code behaves the same; a right one ends the count."""
    account = AccountFactory(username="7KQ3-Q9FX", person=PersonFactory())
    account.set_password("482913")
    account.save()

    def check(pin: str, code: str = "7kq3q9fx", minutes: int = 0) -> bool:
        return signing.check_code_and_pin(code=code, pin=pin, at=NOW + timedelta(minutes=minutes)) is not None

    assert check("482913")
    for code in ("7kq3q9fx", "XXXX-XXXX"):
        for _one in range(5):
            assert not check("000001", code)
        assert signing.must_wait(code, at=NOW)
    assert not check("482913")
    assert check("482913", minutes=2)
    assert not signing.must_wait("7KQ3-Q9FX", at=NOW)


def _phone(person: object, number: str = NUMBER, owner: PhoneOwner = PhoneOwner.OWN) -> PersonPhone:
    return phones.add_phone(person=person, number=number, owner=owner, by=BY, at=NOW)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_two_people_on_one_phone_and_two_phones_of_one_person() -> None:
    """Each keeps her own code; the first phone stays the one that is used until she says otherwise."""
    one, other = PersonFactory(phone=False), PersonFactory(phone=False)
    first, second = _phone(one), _phone(one, "+639170002222")
    _phone(other, owner=PhoneOwner.SHARED)
    assert [each.person_id for each in people_at(NUMBER)] == [one.pk, other.pk]
    assert main_phone_of(one.pk) == first
    phones.use_first(person=one, key=second.pk, by=BY, at=NOW)
    assert main_phone_of(one.pk) == second
    with pytest.raises(NotFound):
        phones.use_first(person=other, key=second.pk, by=BY, at=NOW)
    phones.remove_phone(person=one, key=second.pk, by=BY, at=NOW)
    assert main_phone_of(one.pk) == first


@pytest.mark.django_db
def test_a_sixth_phone_is_refused_and_changes_nothing() -> None:
    """Five are enough for anybody."""
    person = PersonFactory(phone=False)
    for last in range(5):
        _phone(person, f"+63917000333{last}")
    with pytest.raises(Refused):
        _phone(person, "+639170003339")
    assert person.phones.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize(("owner", "lost"), [(PhoneOwner.OWN, True), (PhoneOwner.SHARED, False)])
def test_who_proves_a_number_takes_it_from_whom_it_belonged_alone(owner: PhoneOwner, lost: bool) -> None:
    """Sisters who share a phone keep it both."""
    before, after = PersonFactory(phone=False), PersonFactory(phone=False)
    _phone(before, owner=owner)
    row = _phone(after)
    code = phones.new_code(person=after, key=row.pk, by=BY, at=NOW)
    assert phones.prove_phone(person=after, key=row.pk, code=code, by=BY, at=NOW) == ([before.pk] if lost else [])
    assert (main_phone_of(before.pk) is None) == lost
    assert [one.person_id for one in people_to_ask_for_phone()] == ([before.pk] if lost else [])
    assert main_phone_of(after.pk) == row


@pytest.mark.django_db
def test_a_code_counts_once_for_some_minutes_and_a_few_tries() -> None:
    """Wrong, old, used and guessed codes prove nothing; asking again within a minute is refused."""
    person = PersonFactory(phone=False)
    row = _phone(person)

    def prove(code: str, minutes: int = 0) -> bool:
        moment = NOW + timedelta(minutes=minutes)
        return phones.prove_phone(person=person, key=row.pk, code=code, by=BY, at=moment) is not None

    assert not prove("")
    code = phones.new_code(person=person, key=row.pk, by=BY, at=NOW)
    with pytest.raises(Refused):
        phones.new_code(person=person, key=row.pk, by=BY, at=NOW + timedelta(seconds=30))
    assert not prove(code, minutes=20)
    for _one in range(4):
        assert not prove("x")
    assert not prove(code), "five tries were used up"
    code = phones.new_code(person=person, key=row.pk, by=BY, at=NOW + timedelta(minutes=2))
    assert prove(code, minutes=3)
    assert not prove(code, minutes=3)
