"""Texts in and out through a real Kannel with a pretended operator; skipped visibly where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openpes.config import outbox_handlers
from openpes.core import outbox
from openpes.core.clock import now
from openpes.dialogues import operations as dialogues
from openpes.dialogues.models import Conversation
from openpes.dialogues.states import Reply
from openpes.jobseekers.models import Jobseeker
from openpes.messaging.models import IncomingText, Message
from openpes.messaging.operations import queue_text
from openpes.messaging.states import MessageState
from openpes.people.models import PersonPhone
from openpes.referrals.models import Referral
from tests.factories import EmployerFactory, OfficeFactory, VacancyFactory
from tests.sms import kannel as programs
from tests.sms.kannel import PHONE, Kannel, until

SECRET = "between-kannel-and-us"

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(not programs.is_installed(), reason="no Kannel here: apt install kannel kannel-extras"),
]


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A talk that only repeats, in letters that need UCS-2."""
    monkeypatch.setattr(dialogues, "hear", lambda **given: [Reply(f"You wrote {given['text']}. ไทย", "th")])


@pytest.fixture
def in_turn() -> Iterator[None]:
    """The server answers a request only while the test waits."""
    with programs.taking_turns():
        yield


@pytest.fixture
def kannel(in_turn: None, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Kannel]:
    """A Kannel that knows this service, and a service that knows this Kannel."""
    settings.SMS_SECRET, settings.BASE_URL, settings.MESSAGING_PROVIDER = SECRET, live_server.url, "kannel"
    settings.SMS_USER, settings.SMS_PASSWORD, settings.SMS_FROM = "openpes", "of-smsbox", programs.OURS
    with programs.running(tmp_path, base_url=live_server.url, secret=SECRET) as running:
        settings.SMS_URL = running.send_url
        yield running


def test_a_text_comes_in_is_answered_and_the_answer_is_delivered(echo: None, kannel: Kannel) -> None:
    """The whole way: phone, operator, Kannel, us, and back, in letters that need UCS-2; then the delivery report."""
    assert outbox_handlers is not None
    kannel.phone_texts("kumusta po")
    assert until(lambda: IncomingText.objects.exists())
    incoming = IncomingText.objects.get()
    assert (incoming.number, incoming.text, incoming.provider) == (PHONE, "kumusta po", "kannel")
    assert until(lambda: outbox.work_once(at=now()) == 0)
    reply = Message.objects.get()
    assert reply.answers_id == incoming.pk
    assert until(lambda: "ucs-2" in kannel.said_to_phone())
    assert until(lambda: Message.objects.filter(pk=reply.pk, state=MessageState.DELIVERED).exists())


def test_a_text_that_kannel_does_not_take_is_tried_again(kannel: Kannel, settings: Any) -> None:
    """A wrong password at the gateway loses no text."""
    settings.SMS_PASSWORD = "wrong"
    facts = {"office": "Cebu", "words": "come by"}
    message = queue_text(number=PHONE, kind="from_office", facts=facts, language="en", at=now(), awaited=True)
    assert message is not None
    outbox.work_once(at=now())
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    left = outbox.OutboxMessage.objects.get()
    assert (left.attempts, left.done_at) == (1, None)
    assert "wrong" not in left.last_error


def test_she_registers_and_applies_over_kannel(kannel: Kannel) -> None:
    """The first days of a young person with a cheap phone: every text goes through the operator, in and out."""
    office = OfficeFactory(name="PESO Cebu", phone="032-255", opening_hours="8-17")
    vacancy = VacancyFactory(employer=EmployerFactory(office=office))
    with kannel.line() as line:

        def says(text: str) -> str:
            """What comes back to the phone for one text."""
            line.text(text)
            # On one connection with the server's thread, the last row that it writes says that it has done.
            assert until(lambda: outbox.OutboxMessage.objects.filter(kind="sms.hear", done_at=None).exists()), text
            replies = Message.objects.filter(answers=IncomingText.objects.latest("pk"))
            assert until(lambda: outbox.work_once(at=now()) == 0 and replies.exists()), text
            assert not outbox.OutboxMessage.objects.exclude(last_error="").exists()
            reply = replies.get()
            assert line.hears(reply.text), reply.text
            return reply.text

        assert "English" in says("JOB")
        assert "YES" in says("1")
        for text in ("YES", "Maria Santos", "14 3 2007", "Cebu", "waiter", "4"):
            says(text)
        last = says("2")
        jobseeker = Jobseeker.objects.get()
        assert jobseeker.ref in last
        assert vacancy.title in says("JOB")
        ref = next(iter(Conversation.objects.get(state="jobs").facts["jobs"]))
        assert ref in says(f"1 {ref}")
    referral = Referral.objects.get()
    assert (referral.jobseeker_id, referral.vacancy_id) == (jobseeker.pk, vacancy.pk)
    assert PersonPhone.objects.get().number == PHONE
    # One answer a text: no second text says the same as the answer.
    assert not Message.objects.filter(kind__in=("welcome", "guardian_needed")).exists()
    ours = Message.objects.filter(number=PHONE, kind="reply")
    assert until(lambda: not ours.exclude(state=MessageState.DELIVERED).exists())
