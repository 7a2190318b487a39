"""Is this job real? The page."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import NOW, EmployerFactory, OfficeFactory

from openpes.complaints.models import Complaint
from openpes.complaints.operations import Told, make_complaint
from openpes.complaints.states import Channel
from openpes.core.actors import VISITOR

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/is-this-job-real/"


def test_the_page_asks_and_an_empty_answer_is_said(client: Client) -> None:
    """Without JavaScript; nothing typed, nothing guessed."""
    assert client.get(PATH).status_code == 200
    assert client.post(PATH, {"text": " "}).status_code == 422


def test_a_checked_firm_is_named_and_one_that_is_not_checked_is_unknown(client: Client) -> None:
    """Registered is not enough."""
    EmployerFactory(name="Kusina Maria")
    EmployerFactory(name="Quick Money Shop", unverified=True)
    assert "registered and checked" in client.post(PATH, {"text": "Work at KUSINA MARIA!"}).content.decode()
    assert "do not know" in client.post(PATH, {"text": "Quick Money Shop hires"}).content.decode()


def test_reports_are_told_in_bands_and_warn_from_two_on(client: Client) -> None:
    """One report is said, two warn; nobody reads which or by whom."""
    office = OfficeFactory()
    text = "Call +63 917 555 0101 today"
    for number in (1, 2):
        told = Told(
            kind="fake_advert", words=f"secret {number} +639175550101", danger="safe", channel=Channel.PUBLIC,
            language="en", office_id=office.pk,
        )  # fmt: skip
        make_complaint(told=told, by=VISITOR, at=NOW)
    page = client.post(PATH, {"text": text}).content.decode()
    assert "Be careful" in page
    assert "Several people" in page
    assert "secret" not in page
    Complaint.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    page = client.post(PATH, {"text": text}).content.decode()
    assert "It has been reported" in page
    assert "Be careful" not in page
