"""Matching in front of the person: what may be ticked, and the way from "why not" to an introduction."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.factories import JobseekerFactory, OfficeFactory, ReferralFactory, VacancyFactory, account_with

from openpes.referrals.models import Referral
from openpes.vacancies.states import VacancyState

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office))


def test_at_most_five_jobs_are_shown_and_at_most_three_are_sent(desk, office):
    seeker = JobseekerFactory(office=office)
    for _number in range(7):
        VacancyFactory(employer__office=office)
    url = reverse("counsellor:match", args=[seeker.ref])
    shown = re.findall(r'name="vacancies" value="(\w+)"', desk.get(url).content.decode())
    assert len(shown) == 5
    refused = desk.post(url, {"vacancies": shown[:4], "agreed": "on", "note": "Cheerful."})
    assert refused.status_code == 422 and "at most 3" in refused.content.decode()
    assert "Cheerful." in refused.content.decode() and refused.content.decode().count(" checked") == 5
    assert not Referral.objects.exists()
    assert desk.post(url, {"vacancies": shown[:3], "agreed": "on"}).status_code == 302
    assert Referral.objects.count() == 3
    left = re.findall(r'name="vacancies" value="(\w+)"', desk.get(url).content.decode())
    assert len(left) == 4 and not set(left) & set(shown[:3])


def test_a_job_found_by_its_number_can_be_introduced_even_when_five_others_fit_better(desk, office):
    seeker = JobseekerFactory(office=office)
    for _number in range(5):
        VacancyFactory(employer__office=office)
    other = VacancyFactory(employer__office=office, title="Receptionist", isco="4226")
    match = reverse("counsellor:match", args=[seeker.ref])
    assert other.ref not in desk.get(match).content.decode()
    page = desk.get(reverse("counsellor:why_not", args=[seeker.ref]) + f"?text={other.ref}").content.decode()
    link = re.search(r'href="([^"]+\?job=\w+)"', page).group(1)
    assert re.search(rf'value="{other.ref}" checked', desk.get(link).content.decode())
    assert desk.post(link, {"vacancies": [other.ref], "agreed": "on"}).status_code == 302
    assert Referral.objects.get().vacancy == other
    again = desk.get(reverse("counsellor:why_not", args=[seeker.ref]) + f"?text={other.ref}").content.decode()
    assert "already introduced" in again and "?job=" not in again


def test_why_not_of_a_closed_job_and_of_one_that_is_no_business_of_the_office(desk, office):
    seeker = JobseekerFactory(office=office)
    closed = VacancyFactory(employer__office=office, state=VacancyState.CLOSED)
    hidden = VacancyFactory(state=VacancyState.SUBMITTED, title="Secret plan")
    url = reverse("counsellor:why_not", args=[seeker.ref])
    page = desk.get(f"{url}?text={closed.ref}").content.decode()
    assert "not open now" in page and "?job=" not in page
    page = desk.get(f"{url}?text={hidden.ref}").content.decode()
    assert "No such live job" in page and "Secret plan" not in page
    assert desk.get(reverse("counsellor:match", args=[seeker.ref]) + f"?job={hidden.ref}").status_code == 404


def test_what_stands_in_the_way_of_all_is_said_and_nothing_typed_is_lost(desk, office):
    """A job filled between showing and sending."""
    seeker = JobseekerFactory(office=office)
    vacancy = VacancyFactory(employer__office=office)
    url = reverse("counsellor:match", args=[seeker.ref])
    ReferralFactory(jobseeker=seeker, vacancy=vacancy)
    answer = desk.post(url, {"vacancies": [vacancy.ref], "agreed": "on", "note": "Cheerful."})
    assert answer.status_code == 422
    assert Referral.objects.count() == 1


def test_a_young_person_is_not_offered_dangerous_work(desk, office):
    young = JobseekerFactory(office=office, person__minor=True, wanted=["8111"])
    mine = VacancyFactory(employer__office=office, hazardous_work=True)
    page = desk.get(reverse("counsellor:match", args=[young.ref])).content.decode()
    assert mine.ref not in page
    page = desk.get(reverse("counsellor:why_not", args=[young.ref]) + f"?text={mine.ref}").content.decode()
    assert "dangerous" in page and "?job=" not in page


def test_what_a_job_does_not_ask_for_is_left_out_beside_it(desk, office):
    seeker = JobseekerFactory(office=office)
    VacancyFactory(employer__office=office)
    page = desk.get(reverse("counsellor:match", args=[seeker.ref])).content.decode()
    reasons = re.search(r'<ul class="op-why">.*?</ul>', page, re.DOTALL).group(0)
    assert "Distance" in reasons and "none asked for" not in reasons
