"""The register of licensed agencies: loading, replacing, what a licence is worth, and the public search."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import EmployerFactory, account_with, actor_with

from openpes.core.decisions import NotPermitted, Refused
from openpes.core.spreadsheets import as_xlsx
from openpes.journeys.load_agencies import load_agencies
from openpes.organisations.agency_models import Agency, AgencyList
from openpes.organisations.agency_operations import set_agency_licence
from openpes.organisations.agency_queries import find_agencies, licence_of, overseas_licence_of
from openpes.organisations.rules import LicenceFacts, licence_on
from openpes.organisations.states import AgencyKind, AgencyStatus, Licence

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 24)
HEAD = "name,licence_number,kind,valid_from,valid_until,status,address\n"
SUN = "Sun Manpower,DMW-001-LB,overseas,2024-01-01,2027-12-31,valid,Ermita\n"
OLD = "Old Road Agency,DMW-002-LB,overseas,2020-01-01,2024-12-31,,\n"
pytestmark = pytest.mark.django_db(databases=["default", "access"])


def load(text: str | bytes, as_of: date = ON, role: str = "administrator"):
    content = text.encode() if isinstance(text, str) else text
    return load_agencies(content=content, as_of=as_of, source="the ministry", by=actor_with(role), at=AT)


@pytest.mark.parametrize(
    ("fields", "worth"),
    [
        ({}, Licence.LIVE),
        ({"valid_before": ON}, Licence.EXPIRED),
        ({"valid_before": ON + timedelta(days=1)}, Licence.LIVE),
        ({"valid_before": None}, Licence.UNKNOWN),
        ({"valid_from": ON + timedelta(days=1)}, Licence.NOT_YET),
        ({"status": AgencyStatus.SUSPENDED}, Licence.SUSPENDED),
        ({"status": AgencyStatus.CANCELLED}, Licence.CANCELLED),
        ({"kind": AgencyKind.DOMESTIC}, Licence.OTHER_KIND),
        ({"kind": AgencyKind.BOTH}, Licence.LIVE),
    ],
)
def test_what_a_line_is_worth(fields: dict, worth: Licence) -> None:
    facts = {"kind": AgencyKind.OVERSEAS, "status": AgencyStatus.VALID, "valid_from": None}
    line = LicenceFacts(**{**facts, "valid_before": date(2027, 1, 1), **fields})
    assert licence_on(line, ON, wanted=AgencyKind.OVERSEAS) == worth


def test_a_list_becomes_the_register_and_again_changes_nothing() -> None:
    loaded = load(HEAD + SUN + OLD)
    assert (loaded.made, loaded.changed, loaded.bad) == (2, 0, [])
    assert licence_of("dmw 001 lb", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.LIVE
    assert licence_of("DMW-001-LB", on=ON, wanted=AgencyKind.DOMESTIC) == Licence.OTHER_KIND
    assert licence_of("DMW-002-LB", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.EXPIRED
    assert licence_of("DMW-009", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.NOT_LISTED
    again = load(HEAD + SUN + OLD)
    assert (again.made, again.changed, again.already) == (0, 0, 2)
    assert Agency.objects.count() == 2 and AgencyList.objects.count() == 1


def test_a_newer_list_takes_off_what_it_does_not_name() -> None:
    load(HEAD + SUN + OLD)
    loaded = load(HEAD + OLD.replace("2024-12-31", "2028-12-31"), ON + timedelta(days=1))
    assert (loaded.made, loaded.changed) == (0, 1)
    assert licence_of("DMW-001-LB", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.NOT_LISTED
    assert licence_of("DMW-002-LB", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.LIVE


def test_every_bad_row_is_told_and_the_good_ones_are_taken() -> None:
    bad = (
        ",DMW-3,overseas,,2027-12-31,,\n"
        "A,DMW-4,abroad,,2027-12-31,,\n"
        "B,DMW-5,both,,31/12/2027,,\n"
        "C,DMW-6,both,2028-01-01,2027-12-31,,\n"
        "D,DMW-7,both,,2027-12-31,perhaps,\n"
        "E,dmw 001 lb,overseas,,2027-12-31,,\n"
        "F,---,overseas,,2027-12-31,,\n"
    )
    loaded = load(HEAD + SUN + bad)
    assert [(one.line, one.column) for one in loaded.bad] == [
        (3, "name"),
        (4, "kind"),
        (5, "valid_until"),
        (6, "valid_until"),
        (7, "status"),
        (8, "licence_number"),
        (9, "licence_number"),
    ]
    assert loaded.made == 1 and Agency.objects.get().name == "Sun Manpower"


def test_a_workbook_is_read_too() -> None:
    rows = [("Sun Manpower", "DMW-001-LB", "overseas", date(2027, 12, 31))]
    loaded = load(as_xlsx([("List", ["name", "licence_number", "kind", "valid_until"], rows)]))
    assert loaded.made == 1 and Agency.objects.get().valid_before == date(2028, 1, 1), loaded.bad


def test_what_is_refused_changes_nothing() -> None:
    load(HEAD + SUN)
    with pytest.raises(Refused, match="list_is_older"):
        load(HEAD + OLD, ON - timedelta(days=1))
    with pytest.raises(Refused, match="list_is_empty"):
        load(HEAD + ",,,,,,\n", ON + timedelta(days=1))
    with pytest.raises(NotPermitted):
        load(HEAD + OLD, role="analyst")
    assert [one.name for one in Agency.objects.all()] == ["Sun Manpower"]
    assert licence_of("DMW-001-LB", on=ON, wanted=AgencyKind.OVERSEAS) == Licence.LIVE


def test_an_employer_writes_its_number_down_and_the_register_says_what_it_is_worth() -> None:
    employer = EmployerFactory()
    assert overseas_licence_of(employer, on=ON) == Licence.UNKNOWN
    load(HEAD + SUN)
    assert overseas_licence_of(employer, on=ON) == Licence.UNKNOWN, "who gave no number is asked, not refused"
    actor = actor_with("employer_administrator", scope_id=employer.pk)
    set_agency_licence(employer=employer, number="DMW-001-LB", by=actor, at=AT)
    assert overseas_licence_of(employer, on=ON) == Licence.LIVE
    with pytest.raises(NotPermitted):
        set_agency_licence(employer=EmployerFactory(), number="DMW-001-LB", by=actor, at=AT)


def test_the_public_page_is_honest_without_a_list_and_tells_the_day_with_one() -> None:
    url, browser = reverse("web:agencies"), Client()
    assert "No list of licensed agencies has been loaded" in browser.get(url).content.decode()
    load(HEAD + SUN + OLD)
    page = browser.get(url, {"text": "sun"}).content.decode()
    assert "Sun Manpower" in page and "Licensed</strong>, until" in page and "List of" in page
    assert "The licence has expired" in browser.get(url, {"text": "dmw-002"}).content.decode()
    assert "Not on the register" in browser.get(url, {"text": "moon"}).content.decode()
    assert "at least two letters" in browser.get(url, {"text": "-"}).content.decode()


def test_the_search_costs_the_same_for_one_and_for_twenty() -> None:
    rows = "".join(f"Sun {number},S-{number},overseas,,2027-12-31,,\n" for number in range(30))
    counted = []
    for text in (HEAD + SUN, HEAD + SUN + rows):
        load(text)
        with CaptureQueriesContext(connection) as queries:
            find_agencies("sun", on=ON)
        counted.append(len(queries))
    assert counted[0] == counted[1] == 2


def test_an_administrator_loads_the_file_and_sees_the_bad_rows(signed_in) -> None:
    url = reverse("administration:load_agencies")
    browser = signed_in(account_with("administrator"))
    data = {"source": "DMW", "as_of_day": "1", "as_of_month": "11", "as_of_year": "2025"}
    file = SimpleUploadedFile("list.csv", (HEAD + SUN + "A,DMW-4,abroad,,2027-12-31,,\n").encode())
    page = browser.post(url, {**data, "file": file})
    assert page.status_code == 200 and "abroad" in page.content.decode() and Agency.objects.count() == 1
    assert signed_in(account_with("analyst")).get(url).status_code == 404
