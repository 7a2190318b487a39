"""The phone on the screen of a demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.factories import NOW, EmployerFactory, JobseekerFactory, account_with

from openpes.messaging.models import IncomingText
from openpes.messaging.operations import queue_text

pytestmark = pytest.mark.django_db
URL, EXAMPLE = "/demo/phone/", "+639051234567"


def test_a_typed_text_is_taken_in_and_shown() -> None:
    """As if a gateway had brought it; what is typed is shown as text, never as markup."""
    answer = Client().post(URL, {"number": EXAMPLE, "text": "HELP <b>"})
    assert answer.status_code == 302
    assert IncomingText.objects.get().text == "HELP <b>"
    queue_text(number=EXAMPLE, kind="phone_code", facts={"code": "123456"}, language="en", asked=True, at=NOW)
    page = Client().get(URL, {"number": EXAMPLE}).content.decode()
    assert "HELP &lt;b&gt;" in page
    assert "123456" in page


def test_no_real_persons_phone_is_shown_and_none_at_all_outside_a_demonstration(settings: Any) -> None:
    """Somebody's texts are nobody's toy."""
    real = JobseekerFactory()
    number = real.person.phones.get().number
    assert Client().get(URL, {"number": number}).status_code == 404
    assert Client().get(URL, {"number": "x"}).status_code == 404
    settings.MESSAGING_PROVIDER = "kannel"
    assert Client().get(URL).status_code == 404
    settings.MESSAGING_PROVIDER, settings.DEMO = "screen", False
    assert Client().get(URL).status_code == 404


def test_the_phone_of_an_invented_firm_can_be_played_with_and_a_real_firms_cannot() -> None:
    """A vacancy by text can be tried; nobody plays with the phone of a firm that exists."""
    firm = EmployerFactory(synthetic=True, name="Invented Eatery", contact_phone="+639181110000")
    account_with("employer_staff", employer=firm, username="employer-1", synthetic=True)
    assert "Invented Eatery" in Client().get(URL).content.decode()
    assert Client().post(URL, {"number": firm.contact_phone, "text": "VAC COOK 2 16000 CEBU"}).status_code == 302
    real = EmployerFactory(contact_phone="+639182220000")
    assert Client().get(URL, {"number": real.contact_phone}).status_code == 404
    assert Client().post(URL, {"number": real.contact_phone, "text": "VAC COOK 2"}).status_code == 404
