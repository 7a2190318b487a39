"""Erasing and taking along reach the rooms of guidance and circumstances."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openpes.circumstances import operations as circumstances
from openpes.circumstances.operations import SaidBarrier
from openpes.circumstances.states import GivenHow, UsedFor
from openpes.core.decisions import Refused
from openpes.guidance.models import Interview, Plan
from openpes.guidance.operations import GivenPart, begin_interview
from openpes.guidance.queries import offered_script
from openpes.guidance.rules import NewPlan, PlannedAction
from openpes.journeys.advise_person import advise_person, facts_for_advice
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import read_person
from openpes.journeys.hold_interview import finish_with_plan, save_interview
from openpes.matching import live
from openpes.matching.queries import fresh_matches
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, VacancyFactory, account_with, actor_with

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office)


@pytest.fixture
def desk(office):
    return actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office))


def talked(seeker, desk):
    """A whole talk: notes, a barrier with its yes, and a plan."""
    interview = begin_interview(
        jobseeker=seeker, offered=offered_script(seeker.office_id, "first_job_20"), by=desk, at=NOW
    )
    save_interview(
        jobseeker=seeker,
        interview=interview,
        given=[GivenPart("arrive", 0, {"welcome": "Secret words"})],
        barriers=[SaidBarrier("debt", "blocks", "Owes an agent")],
        agreed_now=True,
        by=desk,
        at=NOW,
    )
    action = PlannedAction("Visit two firms", "person", "", TODAY + timedelta(days=7))
    return finish_with_plan(
        jobseeker=seeker,
        interview=interview,
        new=NewPlan("ready", "", "introduce", "", "A kitchen", (action,)),
        seen_version=0,
        skill_ids=["handle-cash"],
        by=desk,
        at=NOW,
    )


def test_a_talk_can_be_taken_along_and_is_forgotten(seeker, desk):
    talked(seeker, desk)
    advise_person(jobseeker=seeker, by=desk, at=NOW)
    own = actor_with("jobseeker", scope_id=seeker.person_id)
    told = str(read_person(person_ref=seeker.person.ref, by=own))
    assert "Secret words" in told and "Owes an agent" in told and "A kitchen" in told
    assert erase_person(person_ref=seeker.person.ref, by=own, at=NOW) > 5
    assert not Interview.objects.exists() and not Plan.objects.exists()
    assert not circumstances.Barrier.objects.exists() and not circumstances.Agreement.objects.exists()


def test_a_refused_plan_leaves_the_interview_open_and_the_profile_as_it_was(seeker, desk):
    interview = begin_interview(
        jobseeker=seeker, offered=offered_script(seeker.office_id, "first_job_20"), by=desk, at=NOW
    )
    with pytest.raises(Refused):
        finish_with_plan(
            jobseeker=seeker,
            interview=interview,
            new=NewPlan("ready", "", "introduce", "", "", ()),
            seen_version=0,
            skill_ids=["handle-cash"],
            by=desk,
            at=NOW,
        )
    with pytest.raises(Refused):  # a skill that does not exist: the plan is not made either
        finish_with_plan(
            jobseeker=seeker,
            interview=interview,
            new=NewPlan(
                "ready", "", "introduce", "", "Go", (PlannedAction("Go", "person", "", TODAY + timedelta(days=1)),)
            ),
            seen_version=0,
            skill_ids=["fly-by-magic"],
            by=desk,
            at=NOW,
        )
    seeker.refresh_from_db()
    interview.refresh_from_db()
    assert seeker.skill_ids == [] and interview.state == "open" and not Plan.objects.exists()


def test_the_facts_of_an_advice_count_barriers_only_with_a_yes(seeker, desk):
    assert facts_for_advice(seeker, by=desk, at=NOW).heavy_barriers is None
    talked(seeker, desk)
    facts = facts_for_advice(seeker, by=desk, at=NOW)
    assert (facts.heavy_barriers, facts.own_phone, facts.isced, facts.months_registered) == (1, 1, 3, 0)


def test_neither_advice_nor_circumstances_move_the_order_of_jobs(seeker, desk, office):
    for number in range(4):
        VacancyFactory(employer__office=office, pay_amount=15000 + number)
    before = [(one.vacancy.pk, one.score) for one in fresh_matches(desk, seeker, at=NOW, limit=4)]
    circumstances.agree(jobseeker=seeker, purposes=list(UsedFor), way=GivenHow.READ_ALOUD, by=desk, at=NOW)
    circumstances.note_barriers(jobseeker=seeker, said=[SaidBarrier("health", "blocks")], by=desk, at=NOW)
    circumstances.set_groups(jobseeker=seeker, codes=["women"], by=desk, at=NOW)
    advise_person(jobseeker=seeker, by=desk, at=NOW)
    live.forget()
    assert [(one.vacancy.pk, one.score) for one in fresh_matches(desk, seeker, at=NOW, limit=4)] == before
