"""The labour market pages: right numbers, nothing small told, files that stay, light pages, few reads."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import CEBU, MANILA, NOW, OfficeFactory, VacancyFactory

from openpes.insights.freezing import publish_freeze
from openpes.insights.models import Freeze
from openpes.insights.release import vintage_of
from openpes.insights.tests.test_freezing import MAKER, OCTOBER, SEPTEMBER, frozen, registered
from openpes.vacancies.models import VacancyMove

pytestmark = pytest.mark.django_db(databases=["default", "access"])
AUGUST = datetime(2026, 8, 10, tzinfo=UTC)
CENTRAL_VISAYAS = "PH-07"
BULACAN = "PH-BUL"


def page(name: str, *args: str, **query: str) -> Any:
    return Client().get(reverse(f"web:{name}", args=args), query)


def places(number: int, area: str = CEBU, at: datetime = SEPTEMBER) -> None:
    vacancy = VacancyFactory(posted_at=at, live_since=at, places=number, area_code=area)
    VacancyMove.objects.create(vacancy=vacancy, state="live", places_left=number, at=at, actor="t")


def month(name: str = "2026-10", *, note: str = "") -> Freeze:
    return publish_freeze(freeze=frozen(name, note=note), by=MAKER, at=NOW)


@pytest.fixture
def october() -> Freeze:
    """30 people in Cebu and 4 in Manila, 10 places in Cebu."""
    office = OfficeFactory()
    for number in range(34):
        registered(OCTOBER, office=office, area_code=CEBU if number < 30 else MANILA)
    places(10)
    month("2026-09")
    return month()


def test_without_a_published_month_it_says_so():
    frozen()
    for name in ("labour_market", "labour_market_work", "labour_market_structure", "labour_market_quarter"):
        assert "No month has been published yet" in page(name).content.decode(), name
    assert page("labour_market_month_file", "latest", "figures.csv").status_code == 404
    assert page("labour_market", month="2026-10").status_code == 404


def test_the_country_and_an_area_in_sentences_and_small_areas_without_a_number(october):
    text = page("labour_market").content.decode()
    assert "30 people looked for work and 10 places were open: 3 people for each place." in text
    assert "The labour market in October 2026" in text
    # Of two areas one is small: the other would give it away beside the country's own number.
    assert 'aria-label="Central Visayas: –"' in text and "Too few" in page("labour_market_area", CENTRAL_VISAYAS).text
    for _ in range(12):
        registered(OCTOBER, office=OfficeFactory(), area_code=BULACAN)
    month(note="An office was late.")
    text = page("labour_market").content.decode()
    assert 'aria-label="Central Visayas: 3"' in text and 'aria-label="National Capital Region: –"' in text
    area = page("labour_market_area", CENTRAL_VISAYAS).content.decode()
    assert "30 people looked for work and 10 places were open" in area
    hidden = page("labour_market_area", MANILA).content.decode()
    assert "Too few people or places" in hidden and "4 people" not in hidden
    assert page("labour_market_area", CEBU).status_code == 404
    assert page("labour_market_area", "XX").status_code == 404


def test_an_earlier_month_keeps_its_own_page(october):
    text = page("labour_market", month="2026-09").content.decode()
    assert "The labour market in September 2026" in text and "Too few people or places" in text


def test_a_kind_of_work_by_area_and_its_occupations(october):
    work = page("labour_market_work").content.decode()
    assert "Personal service workers" in work
    kind = page("labour_market_kind", "51").content.decode()
    assert "Central Visayas" in kind and reverse("web:labour_market_near", args=["5131"]) in kind
    assert page("labour_market_kind", "5131").status_code == 404
    assert page("labour_market_kind", "99x").status_code == 404


def test_jobs_near_by_are_told_in_bands_the_nearest_first():
    for _number in range(6):
        places(2, CEBU)
    places(1, MANILA)
    text = page("labour_market_near", "5131").content.decode()
    assert "10–24" in text and "1–9" in text
    text = page("labour_market_near", "5131", area=MANILA).content.decode()
    assert text.index("1–9") < text.index("10–24")
    assert page("labour_market_near", "51").status_code == 404
    assert page("labour_market_near", "5131", area="nowhere").status_code == 200


def test_a_figure_tells_its_meaning_its_series_and_its_files(october):
    text = page("labour_market_figure", "registered_stock").content.decode()
    assert "Registrations that are active at the end of the month" in text
    assert reverse("web:labour_market_series", args=["registered_stock", "sdmx.xml"]) in text
    assert page("labour_market_figure", "happiness").status_code == 404
    assert "not been published" in page("labour_market_figure", "lu1").content.decode()


def test_each_form_of_a_series_holds_the_published_number(october):
    rows = list(
        csv.DictReader(io.StringIO(page("labour_market_series", "registered_stock", "csv").content.decode("utf-8-sig")))
    )
    assert [(row["month"], row["value"]) for row in rows] == [("2026-09", "0.0"), ("2026-10", "30.0")]
    data = json.loads(page("labour_market_series", "registered_stock", "json").content)
    assert data["series"][-1]["value"] == 30.0 and data["definition"]["version"] == "1.0"
    small = json.loads(page("labour_market_series", "registered_stock", "json", area=MANILA).content)
    assert (small["series"][-1]["value"], small["series"][-1]["n"], small["series"][-1]["status"]) == (None, None, "Q")
    assert b"REGISTERED_STOCK" in page("labour_market_series", "registered_stock", "sdmx.csv").content
    assert b"REGISTERED_STOCK" in page("labour_market_series", "registered_stock", "sdmx.xml").content
    assert page("labour_market_series", "registered_stock", "xlsx").content[:2] == b"PK"
    for kind, query in (("pdf", {}), ("sdmx.csv", {"area": MANILA}), ("csv", {"area": CEBU})):
        assert page("labour_market_series", "registered_stock", kind, **query).status_code == 404


def test_an_address_with_a_vintage_says_the_same_after_a_revision(october):
    latest = page("labour_market_month_file", "latest", "figures.csv")
    address = latest["Location"]
    assert vintage_of(october) in address
    before = Client().get(address)
    for _number in range(10):
        registered(OCTOBER)
    revision = month(note="An office was late.")
    assert Client().get(address).content == before.content
    assert vintage_of(revision) in page("labour_market_month_file", "latest", "figures.csv")["Location"]
    for wrong in ("2026-10.1-00000000", "2026-10.9-abcdef12", "x", "2026-10.1-"):
        assert page("labour_market_month_file", wrong, "figures.csv").status_code == 404
    for name in ("figures.json", "figures.xlsx", "sdmx.csv", "sdmx.xml", "structure.xml"):
        assert page("labour_market_month_file", vintage_of(revision), name).status_code == 200, name
    made = frozen(note="Not published.")
    assert page("labour_market_month_file", vintage_of(made), "figures.csv").status_code == 404


def test_whoever_holds_a_file_gets_it_only_once(october):
    address = reverse("web:labour_market_series", args=["registered_stock", "csv"])
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    listed = json.loads(page("labour_market_months").content)["months"]
    assert [one["month"] for one in listed] == ["2026-10", "2026-09"]


def test_only_the_picture_for_others_may_be_framed(october):
    embed = page("labour_market_embed", "registered_stock")
    assert "frame-ancestors *" in embed["Content-Security-Policy"] and "X-Frame-Options" not in embed
    assert "script-src 'none'" in embed["Content-Security-Policy"]
    assert vintage_of(october) in embed.content.decode()
    plain = page("labour_market")
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"] and plain["X-Frame-Options"] == "DENY"
    assert page("labour_market_embed", "caseload").status_code == 404


def test_the_quarter_and_the_structure_as_pages_and_paper(october):
    month("2026-08")
    text = page("labour_market_quarter").content.decode()
    assert "By office" in text and october.people.first().office.name in text
    assert "August 2026 to October 2026" in text and "Questions for the committee" in text
    paper = page("labour_market_quarter_paper", "2026-10")
    assert paper.content.startswith(b"%PDF")
    assert page("labour_market_quarter_paper", "2026-09").status_code == 404
    assert page("labour_market_quarter", last="2020-01").status_code == 404
    assert "Where people and jobs do not fit" in page("labour_market_structure").content.decode()


def test_pages_are_light_and_read_the_same_number_of_times(october):
    style = len(gzip.compress(open(str(finders.find("openpes/openpes.css")), "rb").read()))  # noqa: SIM115
    names = (("labour_market", ()), ("labour_market_area", (CENTRAL_VISAYAS,)), ("labour_market_work", ()))
    counts: list[dict[str, int]] = []
    for more in (0, 20):
        for number in range(more):
            registered(OCTOBER, area_code=(CEBU, MANILA)[number % 2])
            places(1, (CEBU, MANILA)[number % 2], AUGUST)
        if more:
            month("2026-08")
            month(note="More people.")
        found = {}
        for name, args in names:
            with CaptureQueriesContext(connection) as queries:
                answer = page(name, *args)
            found[name] = len(queries)
            assert len(gzip.compress(answer.content)) + style <= 60 * 1024
        counts.append(found)
    assert counts[0] == counts[1]
