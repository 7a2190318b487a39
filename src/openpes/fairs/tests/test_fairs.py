"""Fairs: rules, the door, times at stands, offers on the spot, and a report that counts only confirmed hires."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, EmployerFactory, JobseekerFactory, OfficeFactory, VacancyFactory, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.fairs.models import Fair, FairMeeting, FairOffer, FairVisit
from openpes.fairs.operations import check_in, plan_fair, set_jobs, sign_up, take_time
from openpes.fairs.queries import counts_by_job, counts_of, fair_at_office, jobs_at, visit_by_code
from openpes.fairs.rules import may_plan, may_sign_up, may_work_at, slot_times
from openpes.fairs.states import FairState
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.offer_at_fair import offer_at_fair
from openpes.referrals.states import Answer, AnswerChannel

STARTS, ENDS = NOW + timedelta(days=1), NOW + timedelta(days=1, hours=4)
db = pytest.mark.django_db(databases=["default", "access"])


def test_a_fair_lies_ahead_and_ends_after_it_begins() -> None:
    """Past, backwards and endless fairs are refused."""
    assert may_plan(starts_at=STARTS, ends_at=ENDS, at=NOW).allowed
    assert may_plan(starts_at=NOW, ends_at=ENDS, at=NOW).refused
    assert may_plan(starts_at=ENDS, ends_at=STARTS, at=NOW).refused
    assert may_plan(starts_at=STARTS, ends_at=STARTS + timedelta(days=9), at=NOW).refused


def test_signing_up_ends_with_the_fair_and_the_door_has_its_hours() -> None:
    """Called off means neither."""
    planned = FairState.PLANNED
    assert may_sign_up(state=planned, ends_at=ENDS, at=STARTS).allowed
    assert may_sign_up(state=planned, ends_at=ENDS, at=ENDS).refused
    assert may_sign_up(state=FairState.CALLED_OFF, ends_at=ENDS, at=NOW).refused
    assert may_work_at(state=planned, starts_at=STARTS, ends_at=ENDS, at=NOW).refused
    assert may_work_at(state=planned, starts_at=STARTS, ends_at=ENDS, at=STARTS).allowed
    assert may_work_at(state=planned, starts_at=STARTS, ends_at=ENDS, at=ENDS + timedelta(hours=3)).refused


def test_times_fill_the_hours() -> None:
    """Four hours of fifteen minutes are sixteen talks."""
    times = slot_times(starts_at=STARTS, ends_at=ENDS, minutes=15)
    assert (len(times), times[0], times[-1]) == (16, STARTS, ENDS - timedelta(minutes=15))


@pytest.fixture
def fair() -> Fair:
    office = OfficeFactory()
    by = actor_with("counsellor", scope_id=office.pk)
    made = plan_fair(
        office=office,
        name="Cebu jobs day",
        place="City hall",
        starts_at=STARTS,
        ends_at=ENDS,
        minutes=15,
        by=by,
        at=NOW,
    )
    vacancies = [VacancyFactory(employer=EmployerFactory(office=office)) for _ in range(2)]
    return set_jobs(fair=made, vacancies=vacancies, by=by, at=NOW)


def desk(fair: Fair):
    return actor_with("counsellor", scope_id=fair.office_id)


def visitor(fair: Fair) -> FairVisit:
    person = JobseekerFactory(office=fair.office)
    by = actor_with("jobseeker", scope_id=person.person_id)
    return sign_up(fair=fair, jobseeker=person, by=by, at=NOW)


@db
def test_only_the_office_plans_and_only_the_person_or_the_office_signs_up(fair) -> None:
    """Another office and another person are refused; a second time changes nothing."""
    elsewhere = actor_with("counsellor", scope_id=OfficeFactory().pk)
    with pytest.raises(NotPermitted):
        set_jobs(fair=fair, vacancies=[], by=elsewhere, at=NOW)
    with pytest.raises(NotFound):
        fair_at_office(elsewhere, fair.ref)
    visit = visitor(fair)
    own = actor_with("jobseeker", scope_id=visit.jobseeker.person_id)
    assert sign_up(fair=fair, jobseeker=visit.jobseeker, by=own, at=NOW) == visit
    stranger = actor_with("jobseeker", scope_id=JobseekerFactory().person_id)
    with pytest.raises(NotPermitted):
        sign_up(fair=fair, jobseeker=JobseekerFactory(), by=stranger, at=NOW)
    assert FairVisit.objects.count() == 1


@db
def test_a_time_is_taken_by_one(fair) -> None:
    """The second visitor is told; a time outside the hours does not exist."""
    first, second, job = visitor(fair), visitor(fair), jobs_at(fair)[0]
    own = {one.pk: actor_with("jobseeker", scope_id=one.jobseeker.person_id) for one in (first, second)}
    take_time(visit=first, job=job, starts_at=STARTS, by=own[first.pk], at=NOW)
    for start in (STARTS, STARTS + timedelta(minutes=7)):
        with pytest.raises(Refused):
            take_time(visit=second, job=job, starts_at=start, by=own[second.pk], at=NOW)
    with pytest.raises(NotPermitted):
        take_time(visit=first, job=jobs_at(fair)[1], starts_at=STARTS, by=own[second.pk], at=NOW)
    assert FairMeeting.objects.count() == 1


@db
def test_an_offer_becomes_a_hire_only_by_the_employers_word(fair) -> None:
    """Two came, two offers, one confirmed: the report says one."""
    visits, job, by = [visitor(fair), visitor(fair), visitor(fair)], jobs_at(fair)[0], desk(fair)
    with pytest.raises(Refused):
        check_in(visit=visits[0], by=by, at=NOW)
    with pytest.raises(Refused):
        offer_at_fair(visit=visits[0], job=job, agreed=True, by=by, at=STARTS)
    assert not FairOffer.objects.exists()
    for visit in visits[:2]:
        found = check_in(visit=visit_by_code(by, fair, visit.code, at=STARTS), by=by, at=STARTS)
        offer_at_fair(visit=found, job=job, agreed=True, by=by, at=STARTS)
    before = counts_of(fair)
    assert (before.signed_up, before.came, before.offers, before.waiting, before.hired) == (3, 2, 2, 2, 0)
    firm = actor_with("employer_staff", scope_id=job.vacancy.employer_id)
    answer_referral(
        referral=FairOffer.objects.order_by("pk")[0].referral,
        answer=Answer.HIRED,
        channel=AnswerChannel.WEB,
        by=firm,
        at=STARTS + timedelta(days=2),
    )
    after = counts_of(fair)
    assert (after.offers, after.waiting, after.hired) == (2, 1, 1)
    assert [(offers, hired) for _job, _times, offers, hired in counts_by_job(fair)].count((2, 1)) == 1


@db
def test_without_agreement_nothing_is_offered(fair) -> None:
    """The person must be asked."""
    visit, by = visitor(fair), desk(fair)
    visit = check_in(visit=visit, by=by, at=STARTS)
    with pytest.raises(Refused):
        offer_at_fair(visit=visit, job=jobs_at(fair)[0], agreed=False, by=by, at=STARTS)
    assert not FairOffer.objects.exists()
