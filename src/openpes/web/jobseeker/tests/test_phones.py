"""One's own phones: each change asks for the PIN; a code proves the phone; nobody else's phone is there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import JobseekerFactory

from openpes.core.clock import now
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.people.models import Account, PersonPhone

pytestmark = pytest.mark.django_db(databases="__all__")
PHONE, OTHER, PIN = "+639171112222", "+639173334444", "481927"


@pytest.fixture
def me() -> Jobseeker:
    """Somebody with a phone, a code and a PIN."""
    jobseeker: Jobseeker = JobseekerFactory(person__phone=PHONE)
    account = Account(username="ABCD-EFGH", name="x", person=jobseeker.person, created_at=now())
    account.set_password(PIN)
    account.save()
    return jobseeker


@pytest.fixture
def browser(me: Jobseeker) -> Client:
    """Their browser, signed in."""
    client = Client()
    client.force_login(me.person.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def held(me: Jobseeker) -> dict[str, PersonPhone]:
    """The phones of a person, by number."""
    return {one.number: one for one in PersonPhone.objects.filter(person=me.person)}


def add(browser: Client, pin: str = PIN) -> Any:
    """Give another number."""
    return browser.post(reverse("jobseeker:phones"), {"phone": "0917 333 4444", "owner": "shared", "pin": pin})


def test_another_phone_is_added_with_the_pin_and_proven_by_its_code(me: Jobseeker, browser: Client) -> None:
    """Without the PIN nothing changes and nothing typed is lost; the code goes to that phone and proves it."""
    wrong = add(browser, pin="000001")
    assert wrong.status_code == 422
    assert "0917 333 4444" in wrong.content.decode()
    assert set(held(me)) == {PHONE}
    assert add(browser).status_code == 302
    mine = held(me)[OTHER]
    assert (mine.owner, mine.is_main, mine.proven_at) == ("shared", False, None)
    page = reverse("jobseeker:phone_code", args=[mine.pk])
    browser.post(page, {"act": "send"})
    text = Message.objects.get(kind="phone_code")
    code = re.search(r"\d{6}", text.text)
    assert text.number == OTHER
    assert code
    assert browser.post(page, {"one_time_code": "000000"}).status_code == 422
    assert held(me)[OTHER].proven_at is None
    assert browser.post(page, {"one_time_code": code.group()}).status_code == 302
    assert held(me)[OTHER].proven_at is not None


def test_used_first_and_dropped_with_the_pin_only(me: Jobseeker, browser: Client) -> None:
    """Whoever holds an open page must not take over somebody's texts."""
    add(browser)
    key = held(me)[OTHER].pk
    page = reverse("jobseeker:own_phone", args=[key])
    for act in ("first", "drop"):
        assert browser.post(page, {"act": act, "owner": "own", "pin": "000001"}).status_code == 422
    assert not held(me)[OTHER].is_main
    browser.post(page, {"act": "first", "owner": "shared", "pin": PIN})
    assert held(me)[OTHER].is_main
    assert not held(me)[PHONE].is_main
    browser.post(page, {"owner": "own", "pin": PIN})
    assert held(me)[OTHER].owner == "own"
    browser.post(page, {"act": "drop", "owner": "own", "pin": PIN})
    assert set(held(me)) == {PHONE}
    assert held(me)[PHONE].is_main


def test_the_pages_are_not_kept_by_browsers_and_are_one_s_own(me: Jobseeker, browser: Client) -> None:
    """No copy on a shared computer; somebody else's phone does not exist."""
    other = JobseekerFactory(person__phone=OTHER)
    theirs = other.person.phones.get().pk
    assert "no-store" in browser.get(reverse("jobseeker:phones"))["Cache-Control"]
    for name in ("own_phone", "phone_code"):
        answer = browser.post(reverse(f"jobseeker:{name}", args=[theirs]), {"act": "drop", "owner": "own", "pin": PIN})
        assert answer.status_code == 404
    assert PersonPhone.objects.filter(pk=theirs).exists()


def test_the_list_costs_the_same_for_one_and_for_five(me: Jobseeker, browser: Client) -> None:
    """A constant number of queries."""
    page = reverse("jobseeker:phones")
    browser.get(page)
    with CaptureQueriesContext(connection) as one:
        browser.get(page)
    for number in range(4):
        PersonPhone.objects.create(
            person=me.person, number=f"+63917555000{number}", owner="own", is_main=False, added_at=now()
        )
    with CaptureQueriesContext(connection) as five:
        browser.get(page)
    assert len(one) == len(five)
