"""At the desk: a new PIN, and numbers to ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import NOW, JobseekerFactory, OfficeFactory, account_with

from openpes.core.actors import system
from openpes.people.models import Account
from openpes.people.phone_operations import detach
from openpes.people.queries import account_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_new_pin_is_shown_once_after_a_check(signed_in: Callable[[Account], Client]) -> None:
    """Without saying how one knows the person nothing happens; another office finds no page."""
    jobseeker = JobseekerFactory()
    url = f"/desk/people/{jobseeker.ref}/phones/"
    client = signed_in(account_with("counsellor", office=jobseeker.office))
    assert client.post(url).status_code == 422
    assert account_of(jobseeker.person_id) is None
    page = client.post(url, {"checked": "paper"})
    account = account_of(jobseeker.person_id)
    assert account is not None
    assert account.username in page.content.decode()
    assert "not shown again" not in client.get(url).content.decode()
    assert (
        signed_in(account_with("counsellor", office=OfficeFactory())).post(url, {"checked": "paper"}).status_code != 200
    )


def test_numbers_to_ask_for_are_those_of_the_office(signed_in: Callable[[Account], Client]) -> None:
    """Another office's people are not named."""
    mine, other = (
        JobseekerFactory(person__name_as_given="Own Person"),
        JobseekerFactory(person__name_as_given="Far Person"),
    )
    for one in (mine, other):
        detach(person=one.person, number=one.person.phones.get().number, why="wrong_person", by=system("test"), at=NOW)
    page = signed_in(account_with("counsellor", office=mine.office)).get("/desk/numbers/").content.decode()
    assert "Own Person" in page
    assert "Far Person" not in page
