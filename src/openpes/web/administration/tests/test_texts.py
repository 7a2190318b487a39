"""Texts and their cost: by office, for those who may, in a constant number of questions to the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook
from tests.factories import OfficeFactory, account_with

from openpes.core.clock import now
from openpes.messaging.models import Message
from openpes.organisations.models import Office
from openpes.people.models import Account

pytestmark = pytest.mark.django_db
URL = "/administration/texts/"


def text(office: Office | None, at: datetime, *, cost: str | None = "0.40", state: str = "sent", why: str = "") -> None:
    """A text that went, or was held."""
    Message.objects.create(
        number="+639171234567", kind="x", language="en", text="x", segments=2, state=state, made_at=at, office=office,
        cost=Decimal(cost) if cost else None, currency="PHP" if cost else "", held_because=why,
    )  # fmt: skip


def test_administrators_see_all_offices_and_managers_their_own(signed_in: Callable[[Account], Client]) -> None:
    """Nobody else has the page."""
    mine, other = OfficeFactory(name="Mine"), OfficeFactory(name="Other")
    text(mine, now())
    text(other, now(), cost=None)
    text(None, now(), state="held", why="cap_prefix", cost=None)
    page = signed_in(account_with("administrator")).get(URL).content.decode()
    assert "Mine" in page
    assert "Other" in page
    assert "PHP 0.40" in page
    assert "not known" in page
    assert "Too many to one block" in page
    page = signed_in(account_with("office_manager", office=mine)).get(URL).content.decode()
    assert "Mine" in page
    assert "Other" not in page
    assert signed_in(account_with("counsellor", office=mine)).get(URL).status_code == 404
    assert signed_in(account_with("administrator")).get(f"{URL}?month=2026-99").status_code == 404


def test_the_workbook_says_the_same(signed_in: Callable[[Account], Client]) -> None:
    """One row an office, the price as a number."""
    text(OfficeFactory(name="Mine"), now())
    content = signed_in(account_with("administrator")).get(f"{URL}file.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[-1] == ["Mine", 1, 2, 0, 0, 0, 0.4, "PHP"]


def test_twenty_offices_ask_no_more_than_one(
    signed_in: Callable[[Account], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The page asks the database the same number of times."""
    client = signed_in(account_with("administrator"))
    for _one in range(20):
        text(OfficeFactory(), now())
    with django_assert_max_num_queries(14):
        assert client.get(URL).status_code == 200
