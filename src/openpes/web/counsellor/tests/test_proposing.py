"""Who of the office fits a job: the ranking, whom it leaves out, and the separate re-ordering by priority."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from tests.factories import NOW, JobseekerFactory, OfficeFactory, ReferralFactory, VacancyFactory, account_with

from openpes.circumstances.models import Agreement, GroupMembership
from openpes.circumstances.states import GivenHow, UsedFor
from openpes.core.access_log import views_of
from openpes.core.models import ChangeEntry
from openpes.journeys import propose_people
from openpes.matching import operations
from openpes.matching.policy import list_policy_on

pytestmark = pytest.mark.django_db(databases=["default", "access"])
GROUP = "out_of_school_youth"


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def job(office):
    return VacancyFactory(employer__office=office, isco="5131")


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office))


def _seeker(office, **columns):
    return JobseekerFactory(office=office, **columns)


def _shown(desk, job) -> list[str]:
    page = desk.get(reverse("counsellor:people_for", args=[job.ref]))
    assert page.status_code == 200
    return re.findall(
        r'<h2 class="govuk-heading-s"><a class="govuk-link op-tap" href="/desk/people/(\w+)/"', page.content.decode()
    )


def test_the_best_people_of_the_office_come_first_with_reasons(desk, office, job):
    second = _seeker(office, wanted=["5120", "5131"])
    first = _seeker(office, wanted=["5131"])
    elsewhere = _seeker(OfficeFactory(), wanted=["5131"])
    far = _seeker(office, wanted=["5131"], latitude=14.6, longitude=121.0)
    introduced = ReferralFactory(vacancy=job, jobseeker__office=office).jobseeker
    shown = _shown(desk, job)
    assert shown == [first.ref, second.ref]
    assert not {elsewhere.ref, far.ref, introduced.ref} & set(shown)
    assert views_of(first.person.log_key)[0].verb == "view" and not views_of(far.person.log_key)


def test_the_page_makes_as_many_queries_for_ten_people_as_for_two(desk, office, job, django_assert_max_num_queries):
    for _number in range(2):
        _seeker(office, wanted=["5131"])
    url = reverse("counsellor:people_for", args=[job.ref])
    desk.get(url)
    with django_assert_max_num_queries(200) as few:
        desk.get(url)
    for _number in range(8):
        _seeker(office, wanted=["5131"])
    with django_assert_max_num_queries(200) as many:
        desk.get(url)
    # One line of the access log a person, of two statements each, is what may grow.
    assert len(many) - len(few) == 0


def _belongs(seeker, *purposes) -> None:
    GroupMembership.objects.create(person=seeker.person, code=GROUP, said_at=NOW)
    for purpose in purposes:
        Agreement.objects.create(
            person=seeker.person,
            purpose=purpose,
            way=GivenHow.READ_ALOUD,
            language="en",
            version="test",
            given_at=NOW,
            given_to="test",
        )


def test_priority_moves_those_who_agreed_when_the_country_says_so_and_tells_it(desk, office, job, monkeypatch):
    best = _seeker(office, wanted=["5131"])
    other = _seeker(office, wanted=["5120", "5131"])
    silent = _seeker(office, wanted=["5120", "5131"], experience_months=0)
    _belongs(other, UsedFor.PRIORITY)
    _belongs(silent, UsedFor.GUIDANCE)
    plain = _shown(desk, job)
    assert plain[0] == best.ref and not ChangeEntry.objects.filter(verb="match.priority").exists()
    for room in (operations, propose_people):
        monkeypatch.setattr(room, "list_policy_on", lambda on: replace(list_policy_on(on), priority_places=2))
    page = desk.get(reverse("counsellor:people_for", args=[job.ref])).content.decode()
    assert _shown(desk, job) == [other.ref, best.ref, silent.ref]
    assert page.count("Moved from place 2 to place 1") == 1 and "Out-of-school youth" in page
    assert ChangeEntry.objects.filter(verb="match.priority").first().detail == {"moves": [[2, 1, GROUP]]}


def test_staff_of_another_office_see_only_their_own_people(office, job, signed_in):
    _seeker(office, wanted=["5131"])
    elsewhere = OfficeFactory()
    theirs = _seeker(elsewhere, wanted=["5131"])
    assert _shown(signed_in(account_with("counsellor", office=elsewhere)), job) == [theirs.ref]


def test_an_adviser_of_employers_does_not_browse_people(office, job, signed_in):
    adviser = signed_in(account_with("employer_adviser", office=office))
    assert adviser.get(reverse("counsellor:people_for", args=[job.ref])).status_code == 404
