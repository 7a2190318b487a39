"""What a visitor reads: honest figures, jobs that are public and no others, rules with their sources, light pages."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import CEBU, MANILA, NOW, EmployerFactory, OfficeFactory, VacancyFactory

from openpes.reference.country import country, today
from openpes.vacancies.states import VacancyState
from openpes.web.public.rules_in_force import floors_that_stand_in, sections_of, value_words
from openpes_countries import known_countries, load_country

pytestmark = pytest.mark.django_db(databases=["default", "access"])
FIRST_LOAD, LATER = 60 * 1024, 30 * 1024
PAGES = ("home", "jobs", "for_employers", "rules", "privacy", "accessibility", "about")


def page(name: str, *args: str, **query: str) -> str:
    return Client().get(reverse(f"web:{name}", args=args), query).content.decode()


def test_the_first_page_counts_the_live_stock_and_no_more():
    VacancyFactory(places=7)
    VacancyFactory(state=VacancyState.CLOSED, places=90, closed_at=NOW)
    VacancyFactory(employer=EmployerFactory(unverified=True), places=80, title="Hidden job")
    text = page("home")
    assert '<span class="op-tile__number">1</span>' in text
    assert '<span class="op-tile__number">7</span>' in text
    assert "Hidden job" not in text


def test_an_empty_service_says_so():
    assert "No job is open just now" in page("home")
    assert "No job like this is open now" in page("jobs", q="astronaut")


@pytest.mark.parametrize("words", ["waiter", "WAITER ", "Serbidor sa restawran", "watier"])
def test_jobs_are_found_by_kind_of_work_in_own_words(words):
    VacancyFactory(title="Table service, evenings", isco="5131")
    VacancyFactory(title="Bricklayer", isco="7112")
    text = page("jobs", q=words)
    assert "Table service, evenings" in text
    assert "Bricklayer" not in text


def test_jobs_are_found_by_place_and_an_odd_place_is_left_out():
    VacancyFactory(title="Job in Cebu", area_code=CEBU)
    VacancyFactory(title="Job in Manila", area_code=MANILA)
    assert "Job in Manila" not in page("jobs", area=CEBU)
    both = page("jobs", area="nowhere", q="")
    assert "Job in Cebu" in both and "Job in Manila" in both


@pytest.mark.parametrize("query", [{"q": "x" * 500}, {"page": "zero"}, {"page": "999"}, {"q": "\u202e<script>"}])
def test_odd_searches_are_answered(query):
    VacancyFactory()
    response = Client().get(reverse("web:jobs"), query)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_list_of_jobs_reads_the_same_number_of_times():
    office = OfficeFactory()
    counts = []
    for more in (1, 19, 80):
        for _number in range(more):
            VacancyFactory(employer=EmployerFactory(office=office))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().get(reverse("web:jobs"))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_an_advert_reads_whole_and_only_while_it_is_public():
    job = VacancyFactory(title="Waiter", description="Serve guests.\n<b>Now</b>")
    text = page("job", job.ref)
    assert "Serve guests." in text and "<b>Now</b>" not in text
    assert "₱16,000 a month" in text and "An officer has checked this employer" in text
    for hidden in (
        VacancyFactory(waiting=True),
        VacancyFactory(state=VacancyState.PAUSED),
        VacancyFactory(employer=EmployerFactory(unverified=True)),
    ):
        assert Client().get(reverse("web:job", args=[hidden.ref])).status_code == 404


def test_an_advert_shows_nothing_about_who_posted_it():
    job = VacancyFactory()
    text = page("job", job.ref)
    assert job.employer.contact_name not in text
    assert job.employer.contact_phone not in text


def test_the_language_is_kept_and_leads_back_within_the_service_only():
    client = Client()
    answer = client.get(reverse("web:language"), {"lang": "fil", "next": "/jobs/?q=a"})
    assert (answer.url, answer.cookies["openpes_language"].value) == ("/jobs/?q=a", "fil")
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert client.get(reverse("web:language"), {"lang": "fil", "next": elsewhere}).url == "/"
    odd = Client().get(reverse("web:language"), {"lang": "xx"})
    assert "openpes_language" not in odd.cookies
    assert 'lang="fil"' in client.get("/").content.decode()


def test_rules_keep_law_apart_from_policy_and_name_the_source():
    law, policy = page("rules", part="law"), page("rules", part="policy")
    assert "RA 9231" in law and "Youngest age for ordinary work" in law
    assert "not yet verified by a national officer" in law
    assert "RA 9231" not in policy and "openpes default" not in policy
    assert "14 days" in policy


def test_where_the_law_is_not_known_the_floor_of_the_ilo_is_said_plainly():
    adverts = page("rules", part="law", about="advert_rules")
    assert "Choosing people by height or weight" in adverts
    assert "What applies here:" in adverts and "ILO Convention No. 111" in adverts


@pytest.mark.parametrize("code", known_countries())
def test_the_rules_of_every_country_can_be_read(code):
    pack, on = load_country(code), today(NOW)
    for layer in ("law", "policy"):
        for section in sections_of(pack, layer, on):
            for rule in section["rules"]:
                assert rule.name and rule.value, (code, rule)
                assert "mappingproxy" not in rule.value and "Decimal(" not in rule.value, (code, rule)
    unknown = [ground for ground in ("height", "photo") if not pack.value(f"advert_rules.{ground}", on=on).known]
    assert {f"advert_rules.{ground}" for ground in unknown} <= set(floors_that_stand_in(pack, on))


def test_an_unknown_value_is_called_so():
    assert value_words(country().value("ages.light_work", on=today(NOW))) == "not known"


def test_how_long_data_is_kept_comes_from_the_policy():
    months = country().value("retention.inactive_jobseeker_months", on=today(NOW)).value
    text = page("privacy")
    assert f"{months} months after you were last in touch with us" in text
    assert "cannot be called back" in text


def test_whose_work_it_stands_on_is_said():
    text = page("about")
    assert "ISCO-08" in text and "CC BY 4.0" in text and "govuk-frontend" in text


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_light(name):
    office = OfficeFactory()
    for _number in range(25):
        VacancyFactory(employer=EmployerFactory(office=office))
    sent = len(Client().get(reverse(f"web:{name}")).content)
    assets = sum(
        len(gzip.compress(Path(finders.find(f"openpes/{file}")).read_bytes(), 9))
        for file in ("openpes.css", "icon.svg")
    )
    assert sent <= LATER
    assert sent + assets <= FIRST_LOAD


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_pages_open_in_each_language(name, language):
    client = Client()
    client.cookies["openpes_language"] = language
    assert client.get(reverse(f"web:{name}")).status_code == 200
