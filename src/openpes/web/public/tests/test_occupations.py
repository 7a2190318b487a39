"""What is this work? Found by words and by kind, honest about today's figures, light, and on paper."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, EmployerFactory, JobseekerFactory, VacancyFactory

from openpes.programmes.tests.makers import a_cycle, a_version
from openpes.reference import taxonomy
from openpes.reference.sheets import sheet
from openpes.vacancies.states import VacancyState
from openpes.web.public.occupation_facts import occupation_facts
from openpes.web.public.occupation_paper import paper_of

pytestmark = pytest.mark.django_db(databases=["default", "access"])
LATER = 30 * 1024


def page(name: str, *args: str, **query: str) -> str:
    return Client().get(reverse(f"web:{name}", args=args), query).content.decode()


def offer(pay: int, **values: object) -> None:
    VacancyFactory(isco="5131", pay_amount=Decimal(pay), pay_currency="PHP", pay_period="month", **values)


def test_all_kinds_of_work_are_reached_by_browsing():
    first = page("occupations")
    links = set()
    for major in "0123456789":
        assert f"?kind={major}" in first
        text = page("occupations", kind=major)
        links |= {code for code in taxonomy.unit_codes() if reverse("web:occupation", args=[code]) in text}
    assert links == set(taxonomy.unit_codes())


@pytest.mark.parametrize("words", ["waiter", "watier", "Serbidor sa restawran"])
def test_work_is_found_in_own_words(words):
    assert reverse("web:occupation", args=["5131"]) in page("occupations", q=words)


def test_words_that_fit_nothing_and_odd_kinds_are_answered_gently():
    assert "No kind of work fits these words" in page("occupations", q="qqqqq")
    assert "Or look through the ten kinds" in page("occupations", kind="x")


def test_a_sheet_says_that_it_is_a_draft_and_what_the_work_is():
    text = page("occupation", "2221")
    for words in (
        "Draft: no expert has signed this sheet yet",
        "A day",
        "Ways in",
        "Where it leads",
        "Work that is near",
        "Give medicines as prescribed",
        "From Nurse to Midwife",
    ):
        assert words in text
    # The licence has its name here, and who gives it, for a source says so; nobody has compared it with the law yet.
    assert "Professional Regulation Commission" in text
    assert "Not yet compared with the law" in text


def test_a_signed_sheet_is_no_draft(monkeypatch):
    signed = replace(sheet("5131"), signed_by="Ana Reyes, head waiter", signed_on="2026-10-31")
    monkeypatch.setattr("openpes.web.public.occupation_facts.sheet", lambda isco: signed)
    text = page("occupation", "5131")
    assert "Signed by Ana Reyes, head waiter" in text
    assert "Draft:" not in text


def test_dangerous_work_says_so():
    assert "Dangerous work" in page("occupation", "7111") or "Can be dangerous" in page("occupation", "7111")
    assert "angerous" not in page("occupation", "4110")


def test_live_figures_are_of_public_adverts_only():
    for pay in (10_000, 12_000, 14_000, 16_000, 18_000):
        offer(pay, places=2)
    offer(99_000, state=VacancyState.CLOSED, closed_at=NOW)
    offer(99_000, employer=EmployerFactory(unverified=True))
    text = " ".join(page("occupation", "5131").split())
    assert "5 with 10 places still free" in text
    assert "₱14,000" in text and "₱12,000" in text and "₱16,000" in text and "(5 adverts)" in text
    assert "99,000" not in text


def test_too_few_adverts_give_no_usual_pay():
    for pay in (11_111, 12_222, 13_333, 14_444):
        offer(pay)
    text = page("occupation", "5131")
    assert "Too few adverts with pay" in text
    assert "12,222" not in text


def test_programmes_are_the_open_ones_that_lead_to_the_work():
    assert "none just now" in page("occupation", "5131").split("Programmes that lead to this work")[1]
    a_cycle(a_version(isco=["5131", "5120"], title="Serving well"))
    a_cycle(a_version(isco=["5131"], title="Over already"), apply_until=TODAY - timedelta(days=1))
    a_cycle(a_version(isco=["7212"], title="Welding"))
    text = page("occupation", "5131").split("Programmes that lead to this work")[1]
    assert "Serving well" in text and "apply until" in text
    assert "Over already" not in text and "Welding" not in text and "none just now" not in text
    paper = paper_of(occupation_facts("5131", "en", NOW), country_name="Philippines", language="en", demo=False)
    lines = {one["title"]: one["lines"] for one in paper["lists"]}["Programmes that lead to this work"]
    assert len(lines) == 1 and lines[0].startswith("Serving well (apply until ")


def test_a_licence_that_no_source_names_here_says_so():
    electrician = page("occupation", "7411")
    assert "Who gives it here is not known." in electrician
    assert "Ask your office which papers employers want." in electrician
    paper = paper_of(occupation_facts("7411", "en", NOW), country_name="Philippines", language="en", demo=False)
    assert any(
        line.endswith("Who gives it here is not known.")
        for line in {one["title"]: one["lines"] for one in paper["lists"]}["Licences"]
    )
    assert "not known" not in page("occupation", "2221").split("Where it leads")[0].split("Ways in")[1]


def test_people_are_a_band_never_a_count():
    for _ in range(3):
        JobseekerFactory(wanted=["5131"])
    text = page("occupation", "5131")
    assert "fewer than 10" in text


@pytest.mark.parametrize("isco", ["9999", "513", "5", "abcd", "51310"])
def test_no_such_work_is_not_found(isco):
    for name in ("occupation", "occupation_pdf"):
        assert Client().get(reverse(f"web:{name}", args=[isco])).status_code == 404


def test_the_paper_is_a_pdf_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    for _ in range(2):
        answer = Client().get(reverse("web:occupation_pdf", args=["5131"]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert len(list((tmp_path / "cache" / "sheets").iterdir())) == 1


@pytest.mark.parametrize("demo", [True, False])
def test_invented_figures_say_so_on_paper(demo):
    paper = paper_of(occupation_facts("5131", "en", NOW), country_name="Philippines", language="en", demo=demo)
    assert ("invented" in paper["now"]["note"]) is demo


def test_more_adverts_cost_no_more_queries():
    counts = []
    for _ in range(3):
        for _ in range(7):
            offer(15_000)
        with CaptureQueriesContext(connection) as asked:
            page("occupation", "5131")
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_pages_and_paper_in_each_language(language, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    client = Client()
    client.cookies["openpes_language"] = language
    for address in (
        reverse("web:occupations"),
        reverse("web:occupation", args=["7112"]),
        reverse("web:occupation_pdf", args=["7112"]),
    ):
        assert client.get(address).status_code == 200
    if language != "en":
        assert 'lang="en"' in client.get(reverse("web:occupation", args=["7112"])).content.decode()


def test_pages_are_light():
    for text in (page("occupations"), page("occupation", "2221"), page("occupations", kind="2")):
        assert len(gzip.compress(text.encode(), 6)) <= LATER
        assert "style=" not in text and "onclick" not in text


def test_an_advert_leads_to_the_sheet():
    vacancy = VacancyFactory(isco="5131")
    text = page("job", vacancy.ref)
    assert reverse("web:occupation", args=["5131"]) in text and "What is this work?" in text
