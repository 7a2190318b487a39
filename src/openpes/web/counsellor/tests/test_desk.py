"""The desk: find, register, match and refer, follow up, decide; and what nobody else may see."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import (
    CEBU,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    PersonFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
)

from openpes.core.models import AccessEntry
from openpes.jobseekers.models import Jobseeker
from openpes.people.models import Account, Person
from openpes.placements.models import Outcome
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office))


def a_person(**changes: str) -> dict[str, str]:
    return {
        "name": "Liza Soriano",
        "born_on_day": "2",
        "born_on_month": "5",
        "born_on_year": "2007",
        "sex": "female",
        "phone": "0917 123 4567",
        "phone_owner": "shared",
        "language": "en",
        "area_code": CEBU,
        "education": "",
        "work_text": "waiter",
        "work_code": "5131",
        "agreed": "on",
        "share_contact": "on",
        **changes,
    }


def test_registering_at_the_desk_gives_a_code_and_a_pin_once(desk):
    response = desk.post(reverse("counsellor:register"), a_person())
    assert response.status_code == 302, response.content.decode()
    slip = desk.get(response.url).content.decode()
    account = Account.objects.get(person__name_as_given="Liza Soriano")
    assert account.username in slip and account.must_change_secret
    pin = re.search(r">(\d{6})<", slip).group(1)
    assert account.check_password(pin)
    assert pin not in desk.get(response.url).content.decode(), "the first PIN is shown once"
    jobseeker = Jobseeker.objects.get()
    assert (jobseeker.channel, jobseeker.state, jobseeker.wanted.get().isco) == ("desk", "active", "5131")
    assert jobseeker.person.phones.get().owner == "shared"


def test_a_likely_duplicate_is_told_before_saving_and_can_be_overruled(desk):
    desk.post(reverse("counsellor:register"), a_person())
    again = desk.post(reverse("counsellor:register"), a_person(name="Soriano, Liza"))
    assert again.status_code == 422 and "the same name and birth date" in again.content.decode()
    assert "Liza Soriano" in again.content.decode() and Person.objects.count() == 1
    assert desk.post(reverse("counsellor:register"), a_person(another_person="on")).status_code == 302
    assert Person.objects.count() == 2


def test_nothing_typed_is_lost_when_something_is_wrong(desk):
    page = desk.post(reverse("counsellor:register"), a_person(phone="12", agreed="", name="ស៊ុខា")).content.decode()
    assert "ស៊ុខា" in page and 'value="12"' in page and Person.objects.count() == 0


def test_a_minor_needs_a_guardian_at_the_desk(desk):
    young = a_person(born_on_year="2010")
    refused = desk.post(reverse("counsellor:register"), young)
    assert refused.status_code == 422 and "guardian" in refused.content.decode()
    assert desk.post(reverse("counsellor:register"), {**young, "guardian_name": "Aling Nena"}).status_code == 302
    assert Jobseeker.objects.get().state == "active"


def test_finding_never_browses_and_is_logged(desk, office):
    own = JobseekerFactory(office=office, person__name_as_given="Сүхбаатар")
    JobseekerFactory(person__name_as_given="Sukhbaatar Elsewhere")
    assert own.ref not in desk.get(reverse("counsellor:find") + "?text=").content.decode()
    page = desk.get(reverse("counsellor:find") + "?text=Suhbaatar").content.decode()
    assert own.ref in page and "Elsewhere" not in page
    search = AccessEntry.objects.using("access").get(verb="search")
    assert search.detail["found"] == [own.person.log_key]


def test_each_opening_of_a_person_is_one_line_in_the_access_log(desk, office):
    own = JobseekerFactory(office=office)
    assert desk.get(reverse("counsellor:person", args=[own.ref])).status_code == 200
    entry = AccessEntry.objects.using("access").get(verb="view")
    assert entry.subject == own.person.log_key


def test_from_search_to_referral_in_six_clicks(desk, office):
    """Clicks: find (1), the person (2), jobs (3), tick one (4), agreed (5), introduce (6)."""
    seeker = JobseekerFactory(office=office)
    vacancy = VacancyFactory(employer__office=office)
    found = desk.get(reverse("counsellor:find") + f"?text={seeker.ref}").content.decode()
    person = re.search(r'href="(/desk/people/[^"]+/)"', found).group(1)
    jobs = re.search(r'href="(/desk/people/[^"]+/match/)"', desk.get(person).content.decode()).group(1)
    page = desk.get(jobs).content.decode()
    assert vacancy.ref in page and "within your 20 km" in page
    sent = desk.post(jobs, {"vacancies": [vacancy.ref], "agreed": "on", "note": "Cheerful."})
    assert sent.url == person
    assert Referral.objects.get().note == "Cheerful."
    assert vacancy.ref not in desk.get(jobs).content.decode(), "who is sent once is not proposed again"


def test_nobody_is_introduced_without_their_word(desk, office):
    seeker, vacancy = JobseekerFactory(office=office), VacancyFactory(employer__office=office)
    url = reverse("counsellor:match", args=[seeker.ref])
    assert desk.post(url, {"vacancies": [vacancy.ref]}).status_code == 422
    assert desk.post(url, {"agreed": "on"}).status_code == 422
    assert not Referral.objects.exists()


def test_why_not_says_why_not(desk, office):
    seeker = JobseekerFactory(office=office, max_km=5)
    far = VacancyFactory(employer__office=office, latitude=14.6, longitude=121.0)
    page = desk.get(reverse("counsellor:why_not", args=[seeker.ref]) + f"?text={far.ref}").content.decode()
    assert "Too far" in page
    found = desk.get(reverse("counsellor:why_not", args=[seeker.ref]) + "?text=waiter").content.decode()
    assert far.ref in found


def test_what_the_employer_said_on_the_phone_reaches_the_person(desk, office):
    referral = ReferralFactory(jobseeker__office=office)
    url = reverse("counsellor:referral", args=[referral.ref])
    assert desk.post(url, {"act": "answer", "answer": "not_hired"}).status_code == 422
    assert (
        desk.post(
            url, {"act": "answer", "answer": "hired", "starts_on_day": "", "starts_on_month": "", "starts_on_year": ""}
        ).status_code
        == 302
    )
    referral.refresh_from_db()
    assert referral.ending == "hired" and Outcome.objects.get().grade == "said_by_employer"
    assert referral.events.last().channel == "phone_call"


def test_a_referral_can_be_taken_back(desk, office):
    referral = ReferralFactory(jobseeker__office=office)
    desk.post(reverse("counsellor:referral", args=[referral.ref]), {"act": "withdraw", "why": "sent_by_mistake"})
    referral.refresh_from_db()
    assert (referral.ending, referral.ending_reason) == ("withdrawn", "sent_by_mistake")


def test_an_advert_is_published_by_somebody_else_for_a_checked_employer(office, signed_in):
    adviser = signed_in(account_with("employer_adviser", office=office))
    vacancy = VacancyFactory(waiting=True, employer__office=office)
    url = reverse("counsellor:vacancy", args=[vacancy.ref])
    assert adviser.post(url, {"act": "refuse", "note": ""}).status_code == 422
    assert adviser.post(url, {"act": "approve", "note": ""}).status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.state == "live"
    unchecked = VacancyFactory(waiting=True, employer=EmployerFactory(office=office, unverified=True))
    answer = adviser.post(reverse("counsellor:vacancy", args=[unchecked.ref]), {"act": "approve", "note": ""})
    assert answer.status_code == 422 and "checked first" in answer.content.decode()


def test_an_employer_is_verified_by_a_named_officer(office, signed_in):
    adviser = signed_in(account_with("employer_adviser", office=office))
    employer = EmployerFactory(office=office, unverified=True)
    url = reverse("counsellor:employer", args=[employer.ref])
    assert adviser.post(url, {"to": "refused", "note": ""}).status_code == 422
    assert adviser.post(url, {"to": "verified", "note": "permit seen"}).status_code == 302
    employer.refresh_from_db()
    assert employer.state == "verified" and employer.decided_by.name.startswith("Staff")


def test_outcomes_and_evidence_are_written_down(desk, office):
    seeker = JobseekerFactory(office=office)
    url = reverse("counsellor:outcome", args=[seeker.ref])
    day = {"starts_on_day": "20", "starts_on_month": "11", "starts_on_year": "2026"}
    assert (
        desk.post(url, {"kind": "self_employment", "grade": "said_by_person", "source": "told me", **day}).status_code
        == 302
    )
    outcome = Outcome.objects.get()
    desk.post(
        reverse("counsellor:evidence", args=[seeker.ref, outcome.ref]),
        {"grade": "confirmed_by_register", "agrees": "yes", "source": "business register"},
    )
    outcome.refresh_from_db()
    assert outcome.grade == "confirmed_by_register" and outcome.contested_at is None


def test_the_whole_profile_can_be_written_down(desk, office):
    seeker = JobseekerFactory(office=office)
    url = reverse("counsellor:edit_profile", args=[seeker.ref])
    skill = re.search(r'name="skill_ids" value="([^"]+)"', desk.get(url).content.decode()).group(1)
    response = desk.post(
        url,
        {
            "work_status": "looking",
            "area_code": CEBU,
            "education": "",
            "experience_months": "7",
            "max_km": "15",
            "skill_ids": [skill],
            "licence_ids": ["none"],
            "language_codes": ["en"],
            "pay_amount": "450",
            "pay_period": "day",
        },
    )
    assert response.status_code == 302, response.content.decode()
    seeker.refresh_from_db()
    assert (seeker.skill_ids, seeker.max_km, seeker.min_pay_period, seeker.licence_ids) == ([skill], 15, "day", [])


def test_each_page_opens_for_the_desk_and_for_nobody_else(office, desk, signed_in):
    seeker = JobseekerFactory(office=office)
    referral = ReferralFactory(jobseeker=seeker, vacancy__employer__office=office)
    people = [
        reverse(f"counsellor:{name}", args=[seeker.ref])
        for name in (
            "person",
            "match",
            "why_not",
            "edit_profile",
            "edit_wanted",
            "edit_person",
            "guardian",
            "outcome",
            "slip",
        )
    ]
    jobs = [
        reverse("counsellor:vacancy", args=[referral.vacancy.ref]),
        reverse("counsellor:employer", args=[referral.vacancy.employer.ref]),
        reverse("counsellor:vacancies"),
        reverse("counsellor:employers"),
    ]
    desks = [reverse("counsellor:today"), reverse("counsellor:find"), reverse("counsellor:register")]
    adviser = signed_in(account_with("employer_adviser", office=office))
    elsewhere = signed_in(account_with("counsellor", office=OfficeFactory()))
    jobseeker = signed_in(account_with("jobseeker", person=PersonFactory()))
    for url in people + jobs + desks:
        assert desk.get(url).status_code == 200, url
        assert Client().get(url).status_code == 302, url
        assert jobseeker.get(url).status_code == 404, url
    for url in people + desks:
        assert adviser.get(url).status_code == 404, url
    for url in people:
        assert elsewhere.get(url).status_code == 404, url
    for url in jobs:
        assert adviser.get(url).status_code == 200, url
    assert elsewhere.get(jobs[1]).status_code == 404
    assert elsewhere.get(reverse("counsellor:referral", args=[referral.ref])).status_code == 404


@pytest.mark.parametrize("page", ["today", "vacancies", "employers"])
def test_lists_make_the_same_number_of_queries_however_long(page, desk, office):
    counts = []
    for wanted in (1, 20):
        for _number in range(wanted):
            employer = EmployerFactory(office=office)
            VacancyFactory(employer=employer)
            VacancyFactory(employer=employer, waiting=True)
            EmployerFactory(office=office, unverified=True)
            JobseekerFactory(office=office)
        desk.get(reverse("counsellor:employers"))  # the first page of a session writes when it was seen
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(f"counsellor:{page}"))
        counts.append(len(queries))
    assert counts[0] == counts[1] and Vacancy.objects.count() == 42
