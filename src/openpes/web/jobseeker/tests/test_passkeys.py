"""A phone's own lock signs in beside the PIN: added only on a phone that is hers alone, and taken away again."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import JobseekerFactory

from openpes.core.actors import system
from openpes.core.clock import now
from openpes.core.models import ChangeEntry
from openpes.jobseekers.models import Jobseeker
from openpes.people.models import Account, Passkey
from openpes.people.signing import give_new_pin
from openpes.people.tests.authenticator import Device
from openpes.web.passkey_questions import ASKED

pytestmark = pytest.mark.django_db(databases="__all__")
PIN, HOME = "481927", "http://testserver"
PAGE, DOOR = "jobseeker:passkeys", "web:passkey_sign_in"


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    """The service is reached where the test's browser goes."""
    settings.BASE_URL = HOME


@pytest.fixture
def me() -> Jobseeker:
    """Somebody with a code and a PIN."""
    jobseeker: Jobseeker = JobseekerFactory()
    account = Account(username="ABCD-EFGH", name="x", person=jobseeker.person, created_at=now())
    account.set_password(PIN)
    account.save()
    return jobseeker


@pytest.fixture
def browser(me: Jobseeker) -> Client:
    """Her browser, signed in, on a phone that she said is hers alone."""
    client = Client()
    client.force_login(me.person.account, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("jobseeker:offline"), {"alone": "yes"})
    return client


def options_on(client: Client, page: str) -> str:
    """What a page asks the device to sign."""
    found = re.search(r'data-passkey-options="([^"]*)"', client.get(reverse(page)).content.decode())
    assert found
    return html.unescape(found.group(1))


def add(client: Client, device: Device, pin: str = PIN) -> Any:
    """Add a device on her page."""
    answer = device.adds(options_on(client, PAGE))
    return client.post(reverse(PAGE), {"name": "My phone", "pin": pin, "answer": answer})


def signs_in(device: Device) -> Client:
    """Somebody without a session signs in with a device; whether it worked shows on `client.session`."""
    client = Client()
    client.post(reverse(DOOR), {"answer": device.signs(options_on(client, DOOR))})
    return client


def test_a_phone_is_added_signs_in_and_is_dropped(me: Jobseeker, browser: Client) -> None:
    """The whole life of a key; the PIN goes on working, and each change is in the log."""
    device = Device(HOME)
    assert add(browser, device).status_code == 302
    row = Passkey.objects.get()
    assert (row.account, row.name, row.uses) == (me.person.account, "My phone", 0)
    for used in (1, 2):
        other = signs_in(device)
        assert other.get(reverse("jobseeker:home")).status_code == 200
        row.refresh_from_db()
        assert row.uses == used and row.used_at is not None
    typed = Client()
    assert typed.post(reverse("web:sign_in"), {"username": "ABCD-EFGH", "secret": PIN}).status_code == 302
    assert "My phone" in browser.get(reverse(PAGE)).content.decode()
    assert browser.post(reverse("jobseeker:passkey_remove", args=[row.pk])).status_code == 302
    assert not Passkey.objects.exists()
    assert "_auth_user_id" not in signs_in(device).session
    verbs = ChangeEntry.objects.filter(verb__startswith="account.passkey").values_list("verb", flat=True)
    assert sorted(verbs) == ["account.passkey_add", "account.passkey_remove"]


def test_nothing_is_offered_before_she_says_that_the_phone_is_hers_alone(me: Jobseeker, browser: Client) -> None:
    """On a shared phone there is no form, and a form that is sent all the same adds nothing."""
    browser.post(reverse("jobseeker:offline"), {"alone": "no"})
    assert "data-passkey-options" not in browser.get(reverse(PAGE)).content.decode()
    browser.post(reverse(PAGE), {"pin": PIN, "answer": "{}"})
    assert not Passkey.objects.exists()


def test_adding_asks_for_the_pin_and_for_the_phones_own_lock(me: Jobseeker, browser: Client) -> None:
    """A wrong PIN, a phone without a lock, an answer for another site or an older question: nothing is added."""
    assert add(browser, Device(HOME), pin="000001").status_code == 422
    assert add(browser, Device(HOME, verifies=False)).status_code == 422
    assert add(browser, Device("https://elsewhere.test")).status_code == 422
    old = Device(HOME).adds(options_on(browser, PAGE))
    options_on(browser, PAGE)
    assert browser.post(reverse(PAGE), {"pin": PIN, "answer": old}).status_code == 422
    for nonsense in ("", "{}", "[]", "not json", '{"id": 1}', "null"):
        options_on(browser, PAGE)
        assert browser.post(reverse(PAGE), {"pin": PIN, "answer": nonsense}).status_code == 422, nonsense
    assert not Passkey.objects.exists()


def test_a_false_or_repeated_answer_opens_nothing(me: Jobseeker, browser: Client) -> None:
    """Another key's signature, no lock, the same answer twice, a late one, and a copied key."""
    device = Device(HOME)
    add(browser, device)
    assert "_auth_user_id" in signs_in(device).session
    thief = Device(HOME, key_id=device.key_id, handle=device.handle, uses=9)
    assert "_auth_user_id" not in signs_in(thief).session
    assert "_auth_user_id" not in signs_in(Device(HOME)).session
    device.verifies = False
    assert "_auth_user_id" not in signs_in(device).session
    device.verifies = True
    client = Client()
    answer = device.signs(options_on(client, DOOR))
    assert client.post(reverse(DOOR), {"answer": answer}).status_code == 302
    client.logout()
    assert client.post(reverse(DOOR), {"answer": answer}).status_code == 422
    copied = Device(HOME, key=device.key, key_id=device.key_id, handle=device.handle, uses=0)
    assert "_auth_user_id" not in signs_in(copied).session
    for nonsense in ("", "{}", "[]", "not json", '{"id": 1}', "null"):
        options_on(client, DOOR)
        assert client.post(reverse(DOOR), {"answer": nonsense}).status_code == 422, nonsense
    late = Client()
    answer = device.signs(options_on(late, DOOR))
    session = late.session
    session[ASKED]["at"] = (now() - timedelta(minutes=6)).isoformat()
    session.save()
    assert late.post(reverse(DOOR), {"answer": answer}).status_code == 422


def test_a_key_belongs_to_one_account_and_ends_with_recovery(me: Jobseeker, browser: Client) -> None:
    """Nobody drops somebody else's key; a closed account stays closed; a PIN from the office ends all keys."""
    device = Device(HOME)
    add(browser, device)
    row = Passkey.objects.get()
    stranger = JobseekerFactory()
    theirs = Account.objects.create(username="ZZZZ-ZZZZ", name="y", person=stranger.person, created_at=now())
    other = Client()
    other.force_login(theirs, backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(reverse("jobseeker:passkey_remove", args=[row.pk])).status_code == 404
    assert "My phone" not in other.get(reverse(PAGE)).content.decode()
    Account.objects.filter(pk=row.account_id).update(is_active=False)
    assert "_auth_user_id" not in signs_in(device).session
    account = Account.objects.get(pk=row.account_id)
    give_new_pin(account=account, pin="592731", checked="known", by=system(), at=now())
    assert not Passkey.objects.exists()


def test_a_key_of_somebody_who_works_here_signs_nobody_in(me: Jobseeker, browser: Client) -> None:
    """Who is no jobseeker keeps name, password and second step."""
    device = Device(HOME)
    add(browser, device)
    Account.objects.update(person=None)
    assert "_auth_user_id" not in signs_in(device).session


def test_without_scripts_the_way_with_the_pin_is_there(me: Jobseeker, browser: Client) -> None:
    """What needs a script is hidden until one runs."""
    page = Client().get(reverse("web:sign_in")).content.decode()
    assert re.search(r"<p[^>]*data-passkey hidden>", page)
    page = Client().get(reverse(DOOR)).content.decode()
    assert re.search(r"<form[^>]*data-passkey hidden", page)
    assert reverse("web:sign_in") in page
