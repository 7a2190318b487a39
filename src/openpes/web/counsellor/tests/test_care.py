"""What the desk is careful about: logs, other offices, silence that is no answer, evidence, look-alikes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories import (
    CEBU,
    NOW,
    TODAY,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
)

from openpes.core.models import AccessEntry
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Membership
from openpes.people.models import Consent
from openpes.placements.models import Outcome
from openpes.vacancies.states import VacancyState

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office))


@pytest.fixture
def adviser(office, signed_in):
    return signed_in(account_with("employer_adviser", office=office))


def views_of(jobseeker):
    return AccessEntry.objects.using("access").filter(verb="view", subject=jobseeker.person.log_key).count()


@pytest.mark.parametrize(
    "page", ["person", "match", "why_not", "edit_profile", "edit_wanted", "edit_person", "guardian", "outcome", "slip"]
)
def test_each_page_about_a_person_writes_one_line_in_the_access_log(desk, office, page):
    seeker = JobseekerFactory(office=office)
    assert desk.get(reverse(f"counsellor:{page}", args=[seeker.ref])).status_code == 200
    assert views_of(seeker) == 1


def test_an_introduction_opened_by_an_adviser_is_logged_too(adviser, office):
    referral = ReferralFactory(vacancy__employer__office=office)
    page = adviser.get(reverse("counsellor:referral", args=[referral.ref])).content.decode()
    assert views_of(referral.jobseeker) == 1
    assert referral.jobseeker.ref not in page, "an adviser has no way to the person's record"
    assert "Take it back" not in page and "Write it down" in page


def test_names_on_today_are_logged_as_a_search_is(desk, office):
    seeker = JobseekerFactory(office=office)
    assert seeker.ref in desk.get(reverse("counsellor:today")).content.decode()
    assert AccessEntry.objects.using("access").get(verb="search").detail["found"] == [seeker.person.log_key]


def test_a_look_alike_elsewhere_is_told_without_the_name(desk, office):
    elsewhere = JobseekerFactory(person__name_as_given="Rosa Dela Cruz")
    own = JobseekerFactory(
        office=office, person__name_as_given="Dela Cruz, Rosa", person__name_key=elsewhere.person.name_key
    )
    page = desk.get(reverse("counsellor:person", args=[own.ref])).content.decode()
    assert elsewhere.office.name in page and "the same name and birth date" in page
    assert "Rosa Dela Cruz" not in page and elsewhere.ref not in page


def test_what_nobody_asked_stays_unknown(desk, office):
    seeker = JobseekerFactory(office=office, licence_ids=None, language_codes=None)
    answer = desk.post(
        reverse("counsellor:edit_profile", args=[seeker.ref]),
        {
            "work_status": "looking",
            "area_code": CEBU,
            "max_km": "15",
            "times": ["days"],
            "pay_amount": "",
            "pay_period": "month",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    seeker.refresh_from_db()
    assert (seeker.licence_ids, seeker.language_codes, seeker.max_km) == (None, None, 15)
    assert "Daytime, Monday to Friday" in desk.get(reverse("counsellor:person", args=[seeker.ref])).content.decode()


def test_an_outcome_is_reached_only_through_its_own_person(desk, office):
    one, other = JobseekerFactory(office=office), JobseekerFactory(office=office)
    outcome = Outcome.objects.create(
        jobseeker=one, office=office, kind="job", starts_on=TODAY, recorded_at=NOW, grade="said_by_person"
    )
    assert desk.get(reverse("counsellor:evidence", args=[one.ref, outcome.ref])).status_code == 200
    assert desk.get(reverse("counsellor:evidence", args=[other.ref, outcome.ref])).status_code == 404


def test_a_register_settles_what_two_sides_dispute_and_names_itself(desk, office):
    seeker = JobseekerFactory(office=office)
    outcome = Outcome.objects.create(
        jobseeker=seeker,
        office=office,
        kind="job",
        starts_on=TODAY,
        recorded_at=NOW,
        grade="said_by_employer",
        contested_at=NOW,
    )
    url = reverse("counsellor:evidence", args=[seeker.ref, outcome.ref])
    assert url in desk.get(reverse("counsellor:today")).content.decode()
    said = {"grade": "confirmed_by_register", "agrees": "yes", "source": ""}
    refused = desk.post(url, said)
    assert refused.status_code == 422 and "which register" in refused.content.decode()
    assert desk.post(url, {**said, "source": "social security list, November"}).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.grade, outcome.contested_at) == ("confirmed_by_register", None)
    assert url not in desk.get(reverse("counsellor:today")).content.decode()


def test_somebody_who_comes_back_after_months_looks_again(desk, office):
    seeker = JobseekerFactory(office=office, sleeping=True)
    person, again = (reverse(f"counsellor:{name}", args=[seeker.ref]) for name in ("person", "looks_again"))
    assert again in desk.get(person).content.decode()
    desk.post(again)
    seeker.refresh_from_db()
    assert seeker.state == "active" and again not in desk.get(person).content.decode()
    waiting = JobseekerFactory(office=office, waiting_for_guardian=True)
    desk.post(reverse("counsellor:looks_again", args=[waiting.ref]))
    waiting.refresh_from_db()
    assert waiting.state == "waiting_for_guardian"


def test_a_guardian_agrees_at_the_desk(desk, office):
    waiting = JobseekerFactory(office=office, waiting_for_guardian=True, person__minor=True, person__consents=[])
    url = reverse("counsellor:guardian", args=[waiting.ref])
    assert url in desk.get(reverse("counsellor:today")).content.decode()
    assert desk.post(url, {"name": "Aling Nena", "phone": "12", "agreed": "on"}).status_code == 422
    assert desk.post(url, {"name": "Aling Nena", "phone": "0917 123 4567"}).status_code == 422
    assert desk.post(url, {"name": "Aling Nena", "phone": "0917 123 4567", "agreed": "on"}).status_code == 302
    waiting.refresh_from_db()
    consent = Consent.objects.get(person=waiting.person)
    assert (waiting.state, consent.guardian_name, consent.guardian_phone) == ("active", "Aling Nena", "+639171234567")


def test_who_serves_two_offices_says_which(signed_in, office):
    second = OfficeFactory()
    manager = account_with("office_manager", office=office)
    Membership.objects.create(account=manager, role="office_manager", office=second, starts_on=TODAY)
    client = signed_in(manager)
    url = reverse("counsellor:register")
    assert second.name in client.get(url).content.decode()
    typed = {
        "name": "Suharto",
        "sex": "male",
        "phone_owner": "own",
        "language": "en",
        "area_code": CEBU,
        "work_text": "waiter",
        "work_code": "5131",
        "agreed": "on",
    }
    assert client.post(url, {**typed, "office": OfficeFactory().ref}).status_code == 422
    assert client.post(url, {**typed, "office": second.ref}).status_code == 302
    assert Jobseeker.objects.get().office == second


def test_only_one_office_follows_up_and_calls_come_most_urgent_first(adviser, office, signed_in):
    later, sooner = (
        ReferralFactory(vacancy__employer__office=office, task_raised_at=NOW, answer_due_at=NOW + timedelta(days=days))
        for days in (9, 2)
    )
    fresh = ReferralFactory(vacancy__employer__office=office)
    elsewhere = ReferralFactory(task_raised_at=NOW)
    page = adviser.get(reverse("counsellor:follow_up")).content.decode()
    assert page.index(sooner.ref) < page.index(later.ref)
    assert fresh.ref not in page and elsewhere.ref not in page
    assert "0918 123 4567" in page
    found = AccessEntry.objects.using("access").get(verb="search").detail["found"]
    assert found == sorted([later.jobseeker.person.log_key, sooner.jobseeker.person.log_key])
    assert signed_in(account_with("analyst")).get(reverse("counsellor:follow_up")).status_code == 404


def test_a_vacancy_is_closed_with_a_reason_and_whoever_waits_is_told(adviser, office):
    referral = ReferralFactory(vacancy__employer__office=office)
    url = reverse("counsellor:vacancy", args=[referral.vacancy.ref])
    assert adviser.post(url, {"act": "close", "why": ""}).status_code == 422
    assert adviser.post(url, {"act": "close", "why": "withdrawn"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.ending, referral.vacancy.state) == ("withdrawn", VacancyState.CLOSED)


def test_nobody_publishes_what_they_wrote(office, signed_in):
    writer = account_with("employer_adviser", office=office)
    vacancy = VacancyFactory(waiting=True, employer__office=office, posted_by=writer)
    client, url = signed_in(writer), reverse("counsellor:vacancy", args=[vacancy.ref])
    assert "You wrote this advert" in client.get(url).content.decode()
    assert client.post(url, {"act": "approve"}).status_code == 422
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.SUBMITTED


def test_a_public_vacancy_of_another_office_has_no_way_to_its_employer_and_no_decision(desk):
    vacancy = VacancyFactory()
    page = desk.get(reverse("counsellor:vacancy", args=[vacancy.ref])).content.decode()
    assert vacancy.employer.name in page and vacancy.employer.ref not in page
    assert vacancy.employer.contact_phone not in page and "Close this vacancy" not in page
    assert (
        desk.post(reverse("counsellor:vacancy", args=[vacancy.ref]), {"act": "close", "why": "filled"}).status_code
        == 404
    )
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.LIVE


def test_an_employer_known_twice_is_told_and_a_counsellor_decides_nothing(desk, adviser, office):
    first = EmployerFactory(office=office, name="Kusina ni Aling Rosa")
    second = EmployerFactory(office=office, name="Kusina ni Aling Rosa", unverified=True)
    url = reverse("counsellor:employer", args=[second.ref])
    page = adviser.get(url).content.decode()
    assert "Already known" in page and first.ref in page and "Accept this employer" in page
    assert "Accept this employer" not in desk.get(url).content.decode()
    assert desk.post(url, {"to": "verified", "note": "x"}).status_code == 404
    second.refresh_from_db()
    assert second.state == "submitted"


def test_a_suspended_employer_disappears_from_the_jobs_and_can_come_back(adviser, office):
    vacancy = VacancyFactory(employer__office=office)
    url = reverse("counsellor:employer", args=[vacancy.employer.ref])
    assert vacancy.ref in adviser.get(url).content.decode()
    assert adviser.post(url, {"to": "suspended", "note": ""}).status_code == 422
    assert adviser.post(url, {"to": "suspended", "note": "asked for a fee"}).status_code == 302
    public = reverse("web:job", args=[vacancy.ref])
    assert adviser.get(public).status_code == 404
    assert adviser.post(url, {"to": "verified", "note": "settled"}).status_code == 302
    assert adviser.get(public).status_code == 200
