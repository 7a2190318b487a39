"""The river in each of the fifteen countries, under its law and in its language: register, post, match, refer, place.

What somebody reads outside the office is read here as a page; what an officer does is done through the journeys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from random import Random
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openpes.config import catalogues
from openpes.config.locale_info import PAGES_IN, folder_of, html_tag, languages_of
from openpes.core.actors import system
from openpes.core.calendars import to_civil
from openpes.core.clock import now
from openpes.core.dates_in_words import calendar_for, own_digits
from openpes.demo.naming import name_list, person_name
from openpes.demo.pay import PayScale
from openpes.demo.phone_numbers import SyntheticNumbers
from openpes.demo.places import Places
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.decide_vacancy import approve_vacancy
from openpes.journeys.links import answer_token
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.journeys.run_match import run_national_match
from openpes.matching.queries import explain
from openpes.placements.models import Outcome
from openpes.reference import taxonomy
from openpes.reference.country import today
from openpes.referrals.states import Answer, Ending
from openpes.vacancies.models import Vacancy
from openpes.web.employer.tests.browser import standing_in
from openpes.web.jobseeker.draft import STEPS
from openpes.web.jobseeker.tests.registrant import ANSWERS, step_url
from openpes_countries import known_countries, load_country, pay_meets_minimum
from tests.factories import EmployerFactory, OfficeFactory, account_with, actor_with

pytestmark = pytest.mark.django_db(databases=["default", "access"])
WAITER = "5131"


@pytest.fixture(scope="module", autouse=True)
def compiled() -> Iterator[None]:
    """The catalogues as they are now."""
    catalogues.compile_all()
    yield


class _Seen(HTMLParser):
    """The words that a page shows, tag by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.texts.append(" ".join(data.split()))


class Nation:
    """One country with an office, an employer and the pages in its first national language."""

    def __init__(self, code: str, language: str, signed_in: Callable[..., Client]) -> None:
        self.pack, self.language = load_country(code), language
        self.at, self.rng, self._sign_in = now(), Random(7), signed_in
        self.places, self.names = Places(self.pack), name_list(code)
        self.area = self.places.fullest(1)[0].code
        self.numbers = SyntheticNumbers(self.pack)
        self.scale = PayScale(self.pack, today(self.at))
        office = OfficeFactory(area_code=self.area)
        self.counsellor = actor_with(
            "counsellor", scope_id=office.pk, account=account_with("counsellor", office=office)
        )
        self.adviser = actor_with(
            "employer_adviser", scope_id=office.pk, account=account_with("employer_adviser", office=office)
        )
        self.employer = EmployerFactory(
            office=office, area_code=self.area, contact_phone=self.numbers.number(1), name=self.names.family[0]
        )
        self.pages = 0
        self._english = self._untranslated_would_be()

    def _untranslated_would_be(self) -> set[str]:
        """The English of every translated sentence of some length: none of them may stand on a page."""
        if self.language == "en":
            return set()
        found = set()
        for message in catalogues.read(folder_of(self.language)):
            if not message.id or not any(message.string or ()):
                continue
            text = message.id if isinstance(message.id, str) else message.id[0]
            words = message.string if isinstance(message.string, str) else message.string[0]
            if words.strip() != text.strip() and "%" not in text and len(text.split()) > 1:
                found.add(" ".join(text.split()))
        return found

    def browser(self, client: Client | None = None) -> Client:
        client = client or Client()
        client.cookies["openpes_language"] = self.language
        return client

    def read(self, response: HttpResponse) -> str:
        """The page, after a look at its language and its words."""
        page = response.content.decode()
        assert response.status_code == 200, (response.status_code, page[:3000])
        assert f'<html lang="{html_tag(self.language)}"' in page
        seen = _Seen()
        seen.feed(page)
        left = [text for text in seen.texts if text in self._english]
        assert not left, f"English on a page in {self.language}: {left}"
        self.pages += 1
        return page

    def typed_date(self, day: date) -> dict[str, str]:
        """A birth date as somebody here would write it: own calendar, own digits."""
        year, month, number = to_civil(day, calendar_for(self.language, self.pack.calendar.civil))
        boxes = {"born_on_day": number, "born_on_month": month, "born_on_year": year}
        return {name: own_digits(str(part), self.language) for name, part in boxes.items()}

    def pay(self) -> Decimal:
        """A month's pay that the law of the place allows for a full week."""
        return (self.scale.floor(self.area, "I", WAITER) * Decimal("1.2")).quantize(Decimal(1)) + 1

    # --- the steps ---

    def register(self) -> Jobseeker:
        """Somebody registers alone, page by page."""
        client, name = self.browser(), person_name(self.rng, self.names, "female").text
        phone = self.numbers.number(2).removeprefix(f"+{self.pack.phone.country_code}")
        answers: dict[str, dict[str, Any]] = {
            **ANSWERS,
            "who": {"name": name, "sex": "female", **self.typed_date(date(2003, 6, 19))},
            "phone": {"phone": own_digits((self.pack.phone.trunk_prefix or "") + phone, self.language), "owner": "own"},
            "place": {
                "area_code": self.area, "education": self.pack.education_levels[-1].code, "work_status": "looking"
            },
            "work": {"work1_text": taxonomy.name_of(WAITER, self.language), "work1_code": WAITER},
            "wishes": {"max_km": "25", "times": [], "pay_amount": str(self.pay()), "pay_period": "month"},
        }  # fmt: skip
        for step in STEPS:
            self.read(client.get(step_url(step)))
            answer = client.post(step_url(step), answers[step])
            assert answer.status_code == 302, (step, answer.content.decode()[:6000])
        self.read(client.get(answer.url))
        self.read(client.get(reverse("jobseeker:home")))
        self.jobseeker_browser = client
        made = Jobseeker.objects.get()
        assert made.person.name_as_given == name and made.person.born_on == date(2003, 6, 19)
        assert made.person.language == self.language
        assert made.person.phones.get().number == self.numbers.number(2)
        return made

    def post(self) -> Vacancy:
        """The employer writes an advert, page by page; below the wage that applies it is refused."""
        client = self.browser(self._sign_in(account_with("employer_staff", employer=self.employer)))
        self.read(client.get(reverse("employer:home")))
        typed = {
            "work_text": [taxonomy.name_of(WAITER, self.language)], "work_code": [WAITER], "places": ["2"],
            "pay_amount": [str(self.pay())], "description": [self.names.adverts[0]],
            "weekly_hours": [str(self.scale.full_week)], "area_code": [self.area],
        }  # fmt: skip
        url = reverse("employer:post")
        form = standing_in(self.read(client.get(url)), "work_text") | typed
        second = standing_in(self.read(client.post(url, form | {"step": ["job"]})), "work_text") | typed
        if self.wage_is_known():
            refused = client.post(url, second | {"pay_amount": ["1"], "step": ["send"]})
            assert refused.status_code == 422 and not Vacancy.objects.exists(), "pay below the law's least is refused"
        answer = client.post(url, second | {"step": ["send"]})
        assert answer.status_code == 302, answer.content.decode()[:8000]
        self.read(client.get(answer.url))
        self.employer_browser = client
        return approve_vacancy(vacancy=Vacancy.objects.get(), note="", judged_safe=True, by=self.adviser, at=self.at)

    def wage_is_known(self) -> bool:
        """Does the law of the country, verified or not, call one unit of money a month too little?"""
        return pay_meets_minimum(
            self.pack, pay=Decimal(1), currency=self.pack.currency.code, period="month", on=today(self.at),
            weekly_hours=self.scale.full_week, area=self.area, sector=None,
        ).is_no  # fmt: skip


def first_national_language(code: str) -> str:
    """The first language of the pages that is not English, else English."""
    return next((tag for tag, _name in languages_of(code) if tag != "en"), "en")


@pytest.fixture
def nation(request: Any, settings: Any, signed_in: Callable[..., Client]) -> Nation:
    code = request.param
    settings.COUNTRY = code
    settings.LANGUAGES = languages_of(code)
    settings.LANGUAGE_CODE = settings.LANGUAGES[0][0]
    settings.DRAFT_LANGUAGES = {}
    return Nation(code, first_national_language(code), signed_in)


@pytest.mark.parametrize("nation", known_countries(), indirect=True)
def test_from_registration_to_placement_under_the_countrys_law_and_in_its_language(nation: Nation) -> None:
    nation.read(nation.browser().get("/"))
    made = nation.register()
    vacancy = nation.post()
    nation.read(nation.browser().get(reverse("web:job", args=[vacancy.ref])))

    run = run_national_match(by=system("match.run"), at=nation.at)
    assert (run.people, run.vacancies, run.suggestions) == (1, 1, 1)
    page = nation.read(nation.jobseeker_browser.get(reverse("jobseeker:suggestion", args=[vacancy.ref])))
    assert vacancy.title in page
    jobseeker = jobseeker_for(nation.counsellor, made.ref, at=nation.at)
    match = explain(nation.counsellor, jobseeker, vacancy.pk, at=nation.at)
    assert not match.obstacles and sum(match.parts) == match.score

    referral = refer_jobseeker(
        jobseeker=jobseeker, vacancy=vacancy, note="", agreed_now=True, by=nation.counsellor, at=nation.at
    )
    nation.read(nation.jobseeker_browser.get(reverse("jobseeker:referral", args=[referral.ref])))
    link = reverse(
        "web:answer", args=[answer_token(referral_ref=referral.ref, employer_id=nation.employer.pk, at=nation.at)]
    )
    employer = nation.browser()
    assert made.person.name_as_given in nation.read(employer.get(link))
    done = employer.post(link, {"answer": Answer.HIRED})
    assert done.status_code == 302, done.content.decode()[:4000]
    nation.read(employer.get(done.url))

    referral.refresh_from_db()
    assert referral.ending == Ending.HIRED and Outcome.objects.get().is_placement
    nation.read(nation.jobseeker_browser.get(reverse("jobseeker:home")))
    nation.read(nation.employer_browser.get(reverse("employer:introduction", args=[referral.ref])))
    assert nation.pages >= 2 * len(STEPS)


def test_every_country_is_walked_and_speaks_a_language_of_its_own() -> None:
    assert set(known_countries()) == set(PAGES_IN)
    for code in known_countries():
        tags = {language.tag.casefold() for language in load_country(code).languages}
        assert {tag for tag in PAGES_IN[code] if tag != "en"} <= tags, code
        assert re.fullmatch(r"[a-z]{2,3}(-[a-z]{4})?", first_national_language(code))
