"""Screens of USSD: the same talk as by text, one screen at a time; a turn handed in twice is heard once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories import JobseekerFactory, OfficeFactory

from openpes.core.clock import now
from openpes.dialogues.models import Conversation
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import Message
from openpes.messaging.signing import SIGNATURE, TIME, signature_of
from openpes.people.models import Account
from openpes.sms.ussd import one_screen

SECRET, PHONE = "of the gateway", "+639171234567"

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def office(settings: Any) -> Any:
    """An office, and a gateway with a secret."""
    settings.SMS_SECRET = SECRET
    return OfficeFactory(name="PESO Cebu", phone="032-255", opening_hours="8-17")


class Dialled:
    """A phone that dials, and types."""

    def __init__(self, session: str = "s1") -> None:
        self.session, self.turn = session, -1

    def post(self, text: str, secret: str = SECRET) -> Any:
        """The answer to the turn that is now."""
        body = json.dumps({"session": self.session, "turn": self.turn, "from": PHONE, "text": text}).encode()
        moment = str(int(now().timestamp()))
        headers = {TIME: moment, SIGNATURE: signature_of(body, moment, secret)}
        return Client().post("/sms/ussd", body, content_type="application/json", headers=headers)

    def __call__(self, text: str = "") -> str:
        """The next turn."""
        self.turn += 1
        answer = self.post(text)
        assert answer.status_code == 200
        screen = answer.content.decode()
        assert len(screen) <= len("CON ") + 160
        return screen


def read_on(phone: Dialled, screen: str) -> str:
    """All screens of one sentence."""
    while screen.endswith(" 00>"):
        more = phone("00")
        screen = screen.removesuffix(" 00>") + " " + more[4:]
    return screen


def test_she_registers_and_chooses_her_pin_by_ussd() -> None:
    """Six questions, then the PIN; it is kept nowhere but in the account, and the code comes by text."""
    phone = Dialled()
    assert phone().startswith("CON openpes: 1 English")
    assert "Do you agree? YES or NO" in read_on(phone, phone("1"))
    assert phone("YES").startswith("CON 1/6")
    for text in ("Maria Santos", "14 3 2007", "Cebu", "waiter", "4"):
        phone(text)
    assert "PIN of 6 digits" in phone("2")
    assert "too easy" in phone("111111")
    assert phone("274916").startswith("END Thank you")
    account = Account.objects.get()
    assert account.check_password("274916")
    assert not account.must_change_secret
    assert account.username in Message.objects.get(kind="welcome").text
    assert all("274916" not in str(row) for row in Conversation.objects.values_list("facts", "said_key"))
    assert Jobseeker.objects.get().state == "active"


def test_a_pin_does_not_travel_by_text() -> None:
    """The talk goes on by text, and the PIN typed there is not taken."""
    from openpes.dialogues.operations import hear

    phone = Dialled()
    for text in ("", "1", "YES", "Maria Santos", "14 3 2007", "Cebu", "waiter", "4", "2"):
        phone(text)
    answer = hear(channel="sms", address=PHONE, text="274916", at=now())[0].text
    assert "Never text a PIN" in answer
    account = Account.objects.get()
    assert account.username in answer
    assert not account.check_password("274916")


def test_a_turn_handed_in_twice_is_heard_once_and_answered_the_same() -> None:
    """The gateway did not hear our answer."""
    phone = Dialled()
    phone()
    first = phone("1")
    assert phone.post("1").content.decode() == first
    assert Conversation.objects.get(ended_at=None).state == "consent"


def test_who_dials_sees_what_waits_else_what_can_be_done() -> None:
    """The open question first; a known person without one reads the words that work."""
    phone = Dialled()
    for text in ("", "1", "YES"):
        phone(text)
    assert Dialled("s2")().startswith("CON 1/6")
    Conversation.objects.all().delete()
    JobseekerFactory(person__phone=PHONE)
    assert "MOVE" in Dialled("s3")()


def test_unsigned_and_unreadable_calls_find_nothing() -> None:
    """No door without the signature; a call without its turn is told what to send."""
    phone = Dialled()
    assert phone.post("", secret="another").status_code == 404
    phone.turn = "first"  # type: ignore[assignment]
    assert phone.post("").status_code == 400
    assert not Session.objects.exists()


def test_long_sentences_are_cut_between_words_and_wide_letters_have_less_room() -> None:
    """Nothing is lost between screens."""
    text = " ".join(f"word{number}" for number in range(60))
    left, read = text, []
    while left:
        screen, left = one_screen(left)
        assert len(screen) <= 160
        read.append(screen.removesuffix(" 00>"))
    assert " ".join(read) == text
    assert len(one_screen("ការងារ" * 30)[0]) <= 80
