"""The doors of gateways: who knows the secret, what is taken, and that twice is once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.factories import NOW

from openpes.core.clock import now
from openpes.dialogues import operations as dialogues
from openpes.dialogues.states import Reply
from openpes.messaging.models import IncomingText, Message
from openpes.messaging.operations import queue_text, take_in_text
from openpes.messaging.signing import SIGNATURE, TIME, signature_of
from openpes.messaging.states import MessageState
from openpes.sms.hearing import hear

SECRET = "of the gateway"
HEARD = {"secret": SECRET, "ref": "k-1", "from": "+639171234567", "text": "សួស្តី", "sent": "1764000000"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    """A service whose gateway has a secret."""
    settings.SMS_SECRET = SECRET


def post(address: str, body: bytes, *, late: int = 0, signature: str = "") -> Any:
    """A signed call of a gateway."""
    moment = str(int(now().timestamp()) - late)
    headers = {TIME: moment, SIGNATURE: signature or signature_of(body, moment, SECRET)}
    return Client().post(address, body, content_type="application/json", headers=headers)


def text_out() -> Message:
    """A text that the gateway has."""
    message = queue_text(
        number="+639171234567", kind="from_office", facts={"office": "Cebu", "words": "x"}, language="en", at=NOW
    )
    assert message is not None
    Message.objects.filter(pk=message.pk).update(state="sent", provider="http", provider_ref="their-1")
    return message


def test_kannel_hands_in_a_text_once_and_only_with_the_secret(settings: Any) -> None:
    """The answer is empty, so that Kannel texts nothing by itself; without a secret there is no door."""
    assert Client().get("/sms/kannel/heard", HEARD | {"secret": "wrong"}).status_code == 404
    for _time in range(2):
        answer = Client().get("/sms/kannel/heard", HEARD)
        assert (answer.status_code, answer.content) == (200, b"")
    assert IncomingText.objects.get().text == "សួស្តី"
    settings.SMS_SECRET = ""
    assert Client().get("/sms/kannel/heard", HEARD | {"secret": ""}).status_code == 404


def test_kannel_reports_in_any_order() -> None:
    """Nonsense is answered and changes nothing."""
    message = text_out()
    Message.objects.update(provider="kannel")
    for status in ("8", "2", "1", "2", "1", "x"):
        Client().get("/sms/kannel/delivered", {"secret": SECRET, "message": message.pk, "status": status})
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED
    assert Client().get("/sms/kannel/delivered", {"secret": SECRET, "message": "9²"}).status_code == 200


def test_a_signed_text_is_taken_once_and_a_forged_or_stale_one_never() -> None:
    """A replay within the minutes of freshness changes nothing; later it is refused."""
    body = json.dumps({"ref": "h-1", "from": "09171234567", "text": "hello"}).encode()
    assert post("/sms/http/heard", body, signature="0" * 64).status_code == 404
    assert post("/sms/http/heard", body, late=3600).status_code == 404
    assert post("/sms/http/heard", body).json() == {"taken": True}
    assert post("/sms/http/heard", body).json() == {"taken": False}
    assert post("/sms/http/heard", b'["no object"]').status_code == 400
    assert post("/sms/http/heard", b'{"ref": 5}').status_code == 400
    assert IncomingText.objects.count() == 1


def test_a_signed_delivery_finds_its_text() -> None:
    """By the gateway's own reference."""
    message = text_out()
    assert post("/sms/http/delivered", b'{"ref": "their-1", "state": "delivered"}').json() == {"known": True}
    assert post("/sms/http/delivered", b'{"ref": "their-2", "state": "delivered"}').json() == {"known": False}
    assert post("/sms/http/delivered", b'{"ref": "their-1", "state": "eaten"}').status_code == 400
    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED


def test_a_text_is_heard_once_and_answered_to_where_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hearing it again, as the worker may, answers nothing more."""
    asked: list[dict[str, Any]] = []

    def understand(**given: Any) -> list[Reply]:
        asked.append(given)
        return [Reply("Welcome.", "en")]

    monkeypatch.setattr(dialogues, "hear", understand)
    incoming = take_in_text(
        provider="screen", provider_ref="1", number="+639171234567", text="hello", sent_at=NOW, at=NOW
    )
    assert incoming is not None
    assert [hear(incoming.pk, NOW), hear(incoming.pk, NOW)] == [1, 0]
    assert [(one["channel"], one["address"], one["text"]) for one in asked] == [("sms", "+639171234567", "hello")]
    reply = Message.objects.get()
    assert (reply.text, reply.number, reply.answers_id, reply.synthetic) == (
        "Welcome.",
        "+639171234567",
        incoming.pk,
        True,
    )
