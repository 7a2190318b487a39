"""What an employer may see of an introduced person, the answer, the list, and the vacancy's own page."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    PersonFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
)

from openpes.core.access_log import views_of
from openpes.messaging.queries import latest_messages
from openpes.people.states import Purpose
from openpes.placements.models import Outcome
from openpes.referrals.states import Ending, ReferralState
from openpes.vacancies.states import CloseReason, VacancyState

pytestmark = pytest.mark.django_db(databases=["default", "access"])

PHONE = "+639170000001"


@pytest.fixture
def vacancy():
    return VacancyFactory(skill_ids=["carry-plates-and-trays", "know-food-hygiene"])


@pytest.fixture
def client_of(vacancy, signed_in) -> Client:
    return signed_in(account_with("employer_staff", employer=vacancy.employer))


def introduce(vacancy, *, consents: list[Purpose] | None = None, **columns):
    person = PersonFactory(name_as_given="Liza Cruz", phone=PHONE, consents=consents)
    jobseeker = JobseekerFactory(person=person, skill_ids=["carry-plates-and-trays"])
    return ReferralFactory(vacancy=vacancy, jobseeker=jobseeker, **columns)


def page_of(client: Client, referral) -> str:
    return client.get(reverse("employer:introduction", args=[referral.ref])).content.decode()


def test_the_contact_is_shown_only_to_whom_the_person_agreed(client_of, vacancy) -> None:
    """With consent the phone, without it the office."""
    assert PHONE in page_of(client_of, introduce(vacancy))


def test_without_consent_the_contact_is_masked(client_of, vacancy) -> None:
    """The name is there, the number is not."""
    page = page_of(client_of, introduce(vacancy, consents=[Purpose.REGISTRATION]))
    assert "Liza Cruz" in page
    assert PHONE not in page
    assert "has not agreed" in page


def test_after_the_end_neither_name_nor_contact_are_shown(client_of, vacancy) -> None:
    """Nor in the lists."""
    referral = introduce(
        vacancy, state=ReferralState.ENDED, ended_at=NOW, ending=Ending.NOT_HIRED, note="A calm person"
    )
    pages = page_of(client_of, referral) + "".join(
        client_of.get(url).content.decode()
        for url in (
            reverse("employer:introductions"),
            reverse("employer:home"),
            reverse("employer:vacancy", args=[vacancy.ref]),
        )
    )
    assert referral.ref in pages
    assert "Liza Cruz" not in pages
    assert PHONE not in pages
    assert "A calm person" not in pages


def test_age_sex_and_what_they_hope_to_earn_are_never_shown(client_of, vacancy) -> None:
    """Reasons in words, without the pay that the person asks for."""
    referral = introduce(vacancy, parts=[255 * 30, 255 * 25, 255 * 15, 255 * 10, 0, 0, 0])
    page = page_of(client_of, referral)
    assert "Kind of work" in page
    assert "Has 1 of the 2 skills" in page
    for forbidden in ("2007", "Woman", "female", "12,000", "12000"):
        assert forbidden not in page
    assert '<span class="op-score__name">Pay</span>' not in page


def test_each_view_is_logged_for_the_person(client_of, vacancy) -> None:
    """She can see who looked."""
    referral = introduce(vacancy)
    page_of(client_of, referral)
    assert [one.verb for one in views_of(referral.jobseeker.person.log_key)] == ["view"]


def test_an_introduction_to_another_firm_does_not_exist(client_of) -> None:
    """Not to be seen, not to be answered, and no view of it is written."""
    other = introduce(VacancyFactory())
    url = reverse("employer:introduction", args=[other.ref])
    assert client_of.get(url).status_code == 404
    assert client_of.post(url, {"answer": "hired"}).status_code == 404
    other.refresh_from_db()
    assert other.state == ReferralState.SENT
    assert not views_of(other.jobseeker.person.log_key)


def test_a_hire_becomes_a_placement_and_a_no_needs_a_reason(client_of, vacancy) -> None:
    """One coded answer on the page."""
    referral = introduce(vacancy)
    url = reverse("employer:introduction", args=[referral.ref])
    answer = client_of.post(url, {"answer": "not_hired"})
    assert answer.status_code == 422
    assert "Choose the reason" in answer.content.decode()
    assert client_of.post(url, {"answer": "hired"}).status_code == 302
    referral.refresh_from_db()
    assert referral.ending == Ending.HIRED
    assert Outcome.objects.filter(jobseeker=referral.jobseeker).count() == 1
    again = client_of.post(url, {"answer": "not_hired", "reason": "pay"})
    assert again.status_code == 422
    assert "already ended" in again.content.decode()


def test_still_open_confirms_the_places_and_none_leads_to_closing(client_of, vacancy) -> None:
    """The liveness ledger, by the employer's own word."""
    url = reverse("employer:confirm", args=[vacancy.ref])
    assert client_of.post(url, {"places_left": "1"}).status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.places_left == 1
    assert vacancy.last_confirmed_at > NOW
    assert client_of.post(url, {"places_left": "9"}).status_code == 422
    assert "close" in client_of.post(url, {"places_left": "0"}).url
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.places_left) == (VacancyState.LIVE, 1)


def test_closing_says_who_waits_and_tells_them(client_of, vacancy) -> None:
    """Nobody is left without an ending."""
    referral = introduce(vacancy)
    url = reverse("employer:close", args=[vacancy.ref])
    assert "1 person waits" in client_of.get(url).content.decode()
    assert client_of.post(url, {}).status_code == 422
    assert client_of.post(url, {"reason": "withdrawn"}).status_code == 302
    vacancy.refresh_from_db()
    referral.refresh_from_db()
    assert (vacancy.state, vacancy.close_reason) == (VacancyState.CLOSED, CloseReason.WITHDRAWN)
    assert (referral.state, referral.ending) == (ReferralState.ENDED, Ending.WITHDRAWN)
    assert [one for one in latest_messages() if one.number == PHONE]


def test_the_home_page_says_one_thing_to_do(client_of, vacancy) -> None:
    """Who waits comes first."""
    introduce(vacancy)
    page = client_of.get(reverse("employer:home")).content.decode()
    assert "1 person waits for your answer." in page
    assert "Liza Cruz" in page


def test_a_sent_back_vacancy_shows_the_offices_note(signed_in) -> None:
    """And leads to changing it."""
    vacancy = VacancyFactory(state=VacancyState.REFUSED, decision_note="Please say what the pay is.")
    client = signed_in(account_with("employer_staff", employer=vacancy.employer))
    assert "sent “Waiter” back" in client.get(reverse("employer:home")).content.decode()
    page = client.get(reverse("employer:vacancy", args=[vacancy.ref])).content.decode()
    assert "Please say what the pay is." in page
    assert reverse("employer:edit", args=[vacancy.ref]) in page


def test_a_jobseeker_and_a_visitor_have_no_such_pages(signed_in) -> None:
    """The first sees nothing, the second is asked to sign in."""
    person = JobseekerFactory().person
    client = signed_in(account_with("jobseeker", person=person))
    for name in ("home", "introductions", "post", "firm", "welcome"):
        assert client.get(reverse(f"employer:{name}")).status_code == 404
        assert Client().get(reverse(f"employer:{name}")).status_code == 302


def test_lists_make_a_constant_number_of_queries(signed_in, django_assert_max_num_queries) -> None:
    """Of 1, 20 and 100 introductions and vacancies."""
    counted: dict[str, list[int]] = {}
    for number in (1, 20, 100):
        employer = EmployerFactory()
        client = signed_in(account_with("employer_staff", employer=employer))
        vacancies = VacancyFactory.create_batch(number, employer=employer)
        for one in vacancies[:-1]:
            ReferralFactory(vacancy=one)
            ReferralFactory(vacancy=vacancies[-1])
        ReferralFactory(vacancy=vacancies[-1])
        for url in (
            reverse("employer:home"),
            reverse("employer:introductions"),
            reverse("employer:firm"),
            reverse("employer:post"),
            reverse("employer:vacancy", args=[vacancies[-1].ref]),
        ):
            client.get(url)
            with django_assert_max_num_queries(30) as captured:
                assert client.get(url).status_code == 200
            counted.setdefault(url.split("/")[2], []).append(len(captured))
    assert all(len(set(numbers)) == 1 for numbers in counted.values()), counted


def test_pages_are_light(signed_in) -> None:
    """At most 30 KB after the first load, as sent over the line; the longest list too."""
    employer = EmployerFactory()
    client = signed_in(account_with("employer_staff", employer=employer))
    vacancies = VacancyFactory.create_batch(25, employer=employer)
    for one in vacancies:
        ReferralFactory(vacancy=one)
    for url in (
        reverse("employer:register"),
        reverse("employer:home"),
        reverse("employer:introductions"),
        reverse("employer:post"),
        f"{reverse('employer:post')}?copy={vacancies[0].ref}",
        reverse("employer:vacancy", args=[vacancies[0].ref]),
    ):
        page = client.get(url)
        assert page.status_code == 200
        assert len(gzip.compress(page.content, 6)) <= 15 * 1024, url
        assert len(page.content) <= 60 * 1024, (url, len(page.content))
