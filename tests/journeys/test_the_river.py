"""The whole story without a browser: register, profile, match, refer, answer, place."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from openpes.core.access_log import check_access_log
from openpes.core.actors import VISITOR, system
from openpes.core.change_log import check_change_log
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.operations import Profile, Wanted
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.states import Channel
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.clocks import CLOCK, run_answer_clock
from openpes.journeys.decide_vacancy import approve_vacancy
from openpes.journeys.erase_person import erase_person
from openpes.journeys.links import answer_token, link_actor, read_answer_token
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.journeys.register_employer import decide_employer, register_employer
from openpes.journeys.register_jobseeker import Registration, people_like, register_jobseeker
from openpes.journeys.run_match import run_national_match
from openpes.matching.queries import explain, fresh_matches, suggestions_for
from openpes.matching.words import lines_of, obstacles_of
from openpes.messaging.models import Message
from openpes.organisations.operations import NewEmployer
from openpes.organisations.states import EmployerState
from openpes.people.operations import NewPerson
from openpes.people.states import ConsentWay, Sex
from openpes.placements.models import Outcome
from openpes.referrals.queries import clocks_on, referral_by_ref
from openpes.referrals.states import Answer, AnswerChannel, Ending, ReferralState
from openpes.vacancies.operations import Offered, submit_vacancy
from openpes.vacancies.queries import search_public
from tests.factories import CEBU, NOW, TODAY, OfficeFactory, account_with, actor_with

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def a_registration(**person: object) -> Registration:
    new = NewPerson(
        **{
            "name": "Liza",
            "born_on": date(2007, 5, 2),
            "sex": Sex.FEMALE,
            "language": "en",
            "phone": "+639171234567",
            **person,
        }
    )  # type: ignore[arg-type]
    profile = Profile(
        area_code=CEBU,
        wanted=(Wanted("5131", "waitress"),),
        education_level=3,
        max_km=20,
        min_pay_amount=Decimal(11000),
        min_pay_currency="PHP",
    )
    return Registration(
        person=new, profile=profile, consent_way=ConsentWay.SELF_ON_SCREEN, share_contact=True, pin="481927"
    )


def an_offer(**changes: object) -> Offered:
    return Offered(
        **{
            "title": "Waiter",
            "isco": "5131",
            "places": 1,
            "area_code": CEBU,
            "description": "Serve guests kindly.",
            "pay_amount": Decimal(18000),
            "pay_currency": "PHP",
            "weekly_hours": Decimal(48),
            **changes,
        }
    )  # type: ignore[arg-type]


@pytest.fixture
def town():
    office = OfficeFactory(area_code=CEBU)
    counsellor = account_with("counsellor", office=office)
    adviser = account_with("employer_adviser", office=office)
    return {
        "office": office,
        "counsellor": actor_with("counsellor", scope_id=office.pk, account=counsellor),
        "adviser": actor_with("employer_adviser", scope_id=office.pk, account=adviser),
    }


def an_employer_with_a_live_job(town, **changes):
    new = NewEmployer(
        name="Kusina ni Ana", area_code=CEBU, contact_name="Ana", contact_phone="+639181234567", sector="I"
    )
    employer = register_employer(new=new, account=None, by=VISITOR, at=NOW)
    decide_employer(employer=employer, to=EmployerState.VERIFIED, note="seen", by=town["adviser"], at=NOW)
    staff = actor_with(
        "employer_staff", scope_id=employer.pk, account=account_with("employer_staff", employer=employer)
    )
    vacancy = submit_vacancy(offered=an_offer(**changes), employer=employer, by=staff, at=NOW)
    assert not search_public(text="Waiter").exists(), "nothing is public before an officer has approved it"
    return staff, approve_vacancy(vacancy=vacancy, note="", judged_safe=True, by=town["adviser"], at=NOW)


def test_from_registration_to_placement(town):
    made = register_jobseeker(registration=a_registration(), channel=Channel.WEB, by=VISITOR, at=NOW)
    staff, vacancy = an_employer_with_a_live_job(town)
    jobseeker = jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)

    run = run_national_match(by=system("match.run"), at=NOW)
    assert (run.people, run.vacancies, run.suggestions) == (1, 1, 1)
    suggested = suggestions_for(town["counsellor"], jobseeker)
    fresh = fresh_matches(town["counsellor"], jobseeker, at=NOW)
    assert [(one.vacancy.pk, one.score, one.parts) for one in suggested] == [
        (one.vacancy.pk, one.score, one.parts) for one in fresh
    ]
    match = explain(town["counsellor"], jobseeker, vacancy.pk, at=NOW)
    assert sum(match.parts) == match.score == suggested[0].score
    assert len(lines_of(match, "en")) == 7 and not obstacles_of(match, "en")

    referral = refer_jobseeker(
        jobseeker=jobseeker, vacancy=vacancy, note="Cheerful.", agreed_now=True, by=town["counsellor"], at=NOW
    )
    token = answer_token(referral_ref=referral.ref, employer_id=vacancy.employer_id, at=NOW)
    employer = link_actor(read_answer_token(token, at=NOW))
    answer_referral(referral=referral, answer=Answer.INTERVIEW, channel=AnswerChannel.LINK, by=employer, at=NOW)
    assert referral_by_ref(referral.ref).state == ReferralState.INTERVIEW, "an interview is a step, not an end"
    ended = answer_referral(referral=referral, answer=Answer.HIRED, channel=AnswerChannel.WEB, by=staff, at=NOW)

    assert ended.ending == Ending.HIRED
    outcome = Outcome.objects.get()
    assert (outcome.grade, outcome.is_placement, outcome.starts_on) == ("said_by_employer", True, TODAY)
    vacancy.refresh_from_db()
    assert (vacancy.places_left, vacancy.state, vacancy.close_reason) == (0, "closed", "filled")
    jobseeker.refresh_from_db()
    assert jobseeker.state == "in_work"
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "welcome",
        "employer_verified",
        "vacancy_live",
        "referred",
        "introduced",
        "answer_interview",
        "answer_hired",
    ]
    assert check_change_log().whole and check_access_log().whole and check_access_log().lines == 1


def test_silence_is_reminded_then_a_task_then_honestly_closed(town):
    made = register_jobseeker(registration=a_registration(), channel=Channel.WEB, by=VISITOR, at=NOW)
    _staff, vacancy = an_employer_with_a_live_job(town)
    jobseeker = jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)
    referral = refer_jobseeker(
        jobseeker=jobseeker, vacancy=vacancy, note="", agreed_now=True, by=town["counsellor"], at=NOW
    )
    seen = []
    for day in range(clocks_on(TODAY).answer + 3):
        done = run_answer_clock(at=NOW + timedelta(days=day))
        seen += [name for name, number in done.items() for _one in range(number)]
    assert seen == ["reminded", "tasks_raised", "closed_unanswered"]
    referral = referral_by_ref(referral.ref)
    assert referral.ending == Ending.CLOSED_UNANSWERED
    assert [event.kind for event in referral.events.all()] == ["sent", "reminded", "task_raised", "ended"]
    assert Message.objects.last().kind == "answer_closed_unanswered"
    vacancy.employer.refresh_from_db()
    assert (vacancy.employer.introductions, vacancy.employer.answers) == (1, 0)
    assert run_answer_clock(at=NOW + timedelta(days=60), by=CLOCK) == {
        "reminded": 0,
        "tasks_raised": 0,
        "closed_unanswered": 0,
    }


def test_a_service_that_stood_still_reminds_before_it_closes(town):
    made = register_jobseeker(registration=a_registration(), channel=Channel.WEB, by=VISITOR, at=NOW)
    _staff, vacancy = an_employer_with_a_live_job(town)
    jobseeker = jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)
    refer_jobseeker(jobseeker=jobseeker, vacancy=vacancy, note="", agreed_now=True, by=town["counsellor"], at=NOW)
    late = NOW + timedelta(days=90)
    assert run_answer_clock(at=late)["reminded"] == 1
    assert run_answer_clock(at=late) == {"reminded": 0, "tasks_raised": 0, "closed_unanswered": 0}
    assert run_answer_clock(at=late + timedelta(days=1))["tasks_raised"] == 1
    assert run_answer_clock(at=late + timedelta(days=2))["closed_unanswered"] == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"description": "Female only, 18 to 25 years old."}, "ground_forbidden"),
        ({"description": "Applicants pay a placement fee of 500 pesos."}, "asks_for_money"),
        ({"title": ""}, "missing_title"),
        ({"weekly_hours": Decimal(200)}, "hours_impossible"),
    ],
)
def test_an_unlawful_advert_never_reaches_an_officer(town, changes, code):
    new = NewEmployer(name="Kusina", area_code=CEBU, contact_name="Ana", contact_phone="+639181234567", sector="I")
    employer = register_employer(new=new, account=None, by=VISITOR, at=NOW)
    staff = actor_with(
        "employer_staff", scope_id=employer.pk, account=account_with("employer_staff", employer=employer)
    )
    with pytest.raises(Refused) as refused:
        submit_vacancy(offered=an_offer(**changes), employer=employer, by=staff, at=NOW)
    assert code in {reason.code for reason in refused.value.decision.reasons}


def test_a_minor_waits_for_a_guardian_and_is_kept_from_dangerous_work(town):
    made = register_jobseeker(
        registration=a_registration(born_on=date(2010, 9, 1)), channel=Channel.WEB, by=VISITOR, at=NOW
    )
    assert made.waits_for_guardian
    jobseeker = jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)
    _staff, vacancy = an_employer_with_a_live_job(town, isco="8111", title="Miner", hazardous=True)
    match = explain(town["counsellor"], jobseeker, vacancy.pk, at=NOW)
    assert "hazardous_age" in {one.code for one in match.obstacles}
    with pytest.raises(Refused) as refused:
        refer_jobseeker(jobseeker=jobseeker, vacancy=vacancy, note="", agreed_now=True, by=town["counsellor"], at=NOW)
    assert {"jobseeker_not_active", "work.hazardous"} <= {one.code for one in refused.value.decision.reasons}


def test_the_desk_is_told_of_likely_duplicates_and_strangers_see_nobody(town):
    register_jobseeker(
        registration=a_registration(name="Maria Cristina Santos"), channel=Channel.WEB, by=VISITOR, at=NOW
    )
    alike = people_like(a_registration(name="Santos, Ma. Cristina"))
    assert len(alike) == 1
    assert not people_like(a_registration(name="Jose Rizal")), "one phone in a family makes no duplicate"
    # Of two offices of one area the first by name takes her: number 10 would stand before number 9.
    elsewhere = actor_with("counsellor", scope_id=OfficeFactory(name="Zamboanga office").pk)
    made = register_jobseeker(registration=a_registration(name="Other"), channel=Channel.WEB, by=VISITOR, at=NOW)
    with pytest.raises(NotFound):
        jobseeker_for(elsewhere, made.jobseeker_ref, at=NOW)


def test_erasing_a_person_leaves_the_counts_and_nobody(town):
    made = register_jobseeker(registration=a_registration(), channel=Channel.WEB, by=VISITOR, at=NOW)
    _staff, vacancy = an_employer_with_a_live_job(town)
    jobseeker = jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)
    key = jobseeker.person.log_key
    referral = refer_jobseeker(
        jobseeker=jobseeker, vacancy=vacancy, note="Shy but able.", agreed_now=True, by=town["counsellor"], at=NOW
    )
    erase_person(person_ref=jobseeker.person.ref, by=actor_with("jobseeker", scope_id=jobseeker.person_id), at=NOW)
    person = type(jobseeker.person).objects.get(pk=jobseeker.person_id)
    assert (person.name_as_given, person.name_key, person.born_on, person.erased_at) == ("", "", date(2007, 1, 1), NOW)
    assert person.log_key != key and not person.phones.exists()
    referral.refresh_from_db()
    assert (referral.note, referral.ending, referral.ending_reason) == ("", "withdrawn", "jobseeker_withdrew")
    with pytest.raises(NotFound):
        jobseeker_for(town["counsellor"], made.jobseeker_ref, at=NOW)
    assert check_change_log().whole
