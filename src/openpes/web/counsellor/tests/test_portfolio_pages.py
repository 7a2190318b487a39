"""The adviser's portfolio and the firm's page: the register beside the papers, a suspension to a day, visits noted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, EmployerFactory, OfficeFactory, VacancyFactory, account_with

from openpes.organisations.models import Business, BusinessList, Employer, EmployerContact, Office
from openpes.people.names import match_key
from openpes.vacancies.models import ReportAnswer

pytestmark = pytest.mark.django_db(databases=["default", "access"])
URL = "counsellor:portfolio"


@pytest.fixture
def office() -> Office:
    """The adviser's office."""
    return OfficeFactory()


@pytest.fixture
def client(office: Office, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An adviser after the second step."""
    monkeypatch.setattr("openpes.web.doorkeeper.needs_second_factor", lambda roles: False)
    client = Client()
    client.force_login(account_with("employer_adviser", office=office, name="Liza Tan"))
    return client


def test_who_is_due_comes_first_and_lists_narrow(client: Client, office: Office) -> None:
    """With a plot, its table, and only the own office's firms."""
    EmployerFactory(office=office, name="Long Ago", decided_at=NOW - timedelta(days=400), introductions=4, answers=1)
    EmployerFactory(office=office, name="Fresh One", decided_at=NOW - timedelta(days=1))
    EmployerFactory(name="Elsewhere", decided_at=NOW - timedelta(days=400))
    page = client.get(reverse(URL)).content.decode()
    assert page.index("Long Ago") < page.index("Fresh One") and "Elsewhere" not in page
    assert "The same in numbers" in page and "answered 25% of 4" in page
    due = client.get(reverse(URL), {"show": "due"}).content.decode()
    assert "Long Ago" in due and "Fresh One" not in due
    assert "Fresh One" in client.get(reverse(URL), {"show": "new"}).content.decode()
    silent = client.get(reverse(URL), {"show": "silent"}).content.decode()
    assert "Long Ago" in silent and "Fresh One" not in silent
    assert "Have not reported" not in page, "the law of this country does not ask for it, as far as is known"


def test_the_queries_and_the_weight_do_not_grow(client: Client, office: Office) -> None:
    """One firm or thirty."""
    client.get(reverse(URL))
    seen = []
    for more in (1, 29):
        EmployerFactory.create_batch(more, office=office, decided_at=NOW - timedelta(days=300))
        with CaptureQueriesContext(connection) as caught:
            page = client.get(reverse(URL))
        seen.append(len(caught))
        assert len(page.content) < 60_000
    assert seen[0] == seen[1]


def test_a_visit_is_noted_and_nothing_typed_is_lost(client: Client, office: Office) -> None:
    """The firm's page tells it; a day to come is refused."""
    employer = EmployerFactory(office=office, decided_at=NOW)
    url = reverse("counsellor:employer_contact", args=[employer.ref])
    form = {"act": "contact", "kind": "visit", "words": "They need a cook",
            "happened_on_day": "2", "happened_on_month": "1", "happened_on_year": "2026"}  # fmt: skip
    bad = client.post(url, {**form, "happened_on_year": "2099"})
    assert bad.status_code == 422 and b"They need a cook" in bad.content
    assert client.post(url, form).status_code == 302 and EmployerContact.objects.get().label == "Liza Tan"
    assert b"They need a cook" in client.get(reverse("counsellor:employer", args=[employer.ref])).content
    other = EmployerFactory()
    assert client.post(reverse("counsellor:employer_contact", args=[other.ref]), form).status_code == 404


def test_the_register_stands_beside_the_decision(client: Client, office: Office) -> None:
    """Same number, other name: a warning that says so in words."""
    BusinessList.objects.create(as_of=NOW.date(), source="the registrar", sha256="x", rows=1, loaded_at=NOW)
    Business.objects.create(
        name="Golden Rice", name_key=match_key("Golden Rice"), number="CS-7", number_key="cs7", status="active"
    )
    employer = EmployerFactory(office=office, unverified=True, registration_number="CS 7", name="Manila Steel")
    page = client.get(reverse("counsellor:employer", args=[employer.ref])).content.decode()
    assert "this number belongs to another name" in page and "Golden Rice" in page


def test_a_firm_is_suspended_to_a_day(client: Client, office: Office) -> None:
    """The day stands on both sides; one that has passed is refused."""
    employer = EmployerFactory(office=office)
    url = reverse("counsellor:employer", args=[employer.ref])
    form = {"to": "suspended", "note": "Nobody answers", "until_day": "5", "until_month": "6", "until_year": "2020"}
    assert client.post(url, form).status_code == 422
    assert Employer.objects.get().state == "verified"
    assert client.post(url, {**form, "until_year": "2099"}).status_code == 302
    assert "2099" in client.get(url).content.decode()
    owner = Client()
    owner.force_login(account_with("employer_staff", employer=employer))
    firm = owner.get(reverse("employer:firm")).content.decode()
    assert "The suspension ends on" in firm and "2099" in firm and reverse("employer:appeal") in firm


def test_a_counsellor_has_no_portfolio_and_sees_no_papers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were no such page."""
    monkeypatch.setattr("openpes.web.doorkeeper.needs_second_factor", lambda roles: False)
    client = Client()
    client.force_login(account_with("counsellor", office=office))
    assert client.get(reverse(URL)).status_code == 404
    employer = EmployerFactory(office=office)
    page = client.get(reverse("counsellor:employer", args=[employer.ref])).content.decode()
    assert "Visits and calls" not in page and "Each look is written down" not in page


def test_who_has_not_reported_is_found_where_the_law_asks_for_it(client: Client, office: Office, settings) -> None:
    """Indonesia: an advert without the answers of the report is not reported; with them the firm leaves the list."""
    settings.COUNTRY = "ID"
    owing = EmployerFactory(office=office, name="Owes A Report", decided_at=NOW)
    done = EmployerFactory(office=office, name="Has Told All", decided_at=NOW)
    EmployerFactory(office=office, name="No Advert Yet", decided_at=NOW)
    advert, told = VacancyFactory(employer=owing), VacancyFactory(employer=done)
    VacancyFactory(employer=owing, waiting=True)
    ReportAnswer.objects.create(vacancy=told, sex="any", age_from=18, given_at=NOW)
    page = client.get(reverse(URL)).content.decode()
    assert "Have not reported" in page and "No Advert Yet" in page
    late = client.get(reverse(URL), {"show": "report"}).content.decode()
    assert "Owes A Report" in late and "Has Told All" not in late and "No Advert Yet" not in late
    ReportAnswer.objects.create(vacancy=advert, sex="any", age_from=None, given_at=NOW)
    assert "Owes A Report" in client.get(reverse(URL), {"show": "report"}).content.decode(), "half an answer is none"
    ReportAnswer.objects.update(age_from=18)
    assert "Owes A Report" not in client.get(reverse(URL), {"show": "report"}).content.decode()
