"""Writes of guidance: every save is kept, two writers notice each other, a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.guidance.advice_operations import Answered, answer_contest, contest_advice, give_advice, respond
from openpes.guidance.advising import SeekerFacts
from openpes.guidance.models import Contest, GivenAdvice, Interview, InterviewPart, OfficeScript, Plan, PlanAction
from openpes.guidance.operations import (
    CHOSEN,
    GivenPart,
    begin_interview,
    end_interview,
    erase_person,
    make_plan,
    mark_action,
    review_plan,
    save_parts,
)
from openpes.guidance.queries import (
    contests_waiting,
    count_contests_waiting,
    count_overdue_actions,
    export_person,
    interview_for,
    offered_script,
    offered_scripts,
    office_script,
    overdue_actions,
    override_rates,
    plan_of,
    script_of,
)
from openpes.guidance.rules import NewPlan, PlannedAction
from openpes.guidance.script_operations import draft_script, switch_off, switch_on
from openpes.guidance.scripts import shipped_scripts
from openpes.guidance.states import ActionState

pytestmark = pytest.mark.django_db(databases=["default", "access"])
DUE = TODAY + timedelta(days=7)
PLAN = NewPlan(
    "ready", "", "introduce", "", "Work in a kitchen", (PlannedAction("Visit two firms", "person", "", DUE, True),)
)
ANSWERED = Answered("agree", "", "", "", "fits")


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office)


@pytest.fixture
def desk(office):
    return actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office, name="Ana"))


@pytest.fixture
def manager(office):
    return actor_with("office_manager", scope_id=office.pk, account=account_with("office_manager", office=office))


@pytest.fixture
def own(seeker):
    return actor_with("jobseeker", scope_id=seeker.person_id)


def begun(seeker, desk, key="first_job_20", **more):
    return begin_interview(jobseeker=seeker, offered=offered_script(seeker.office_id, key), by=desk, at=NOW, **more)


def planned(seeker, desk, plan=PLAN, seen=0, interview=None):
    return make_plan(jobseeker=seeker, new=plan, interview=interview, seen_version=seen, by=desk, at=NOW)


def write(interview, by, words, seen=0, part="arrive", question="welcome"):
    return save_parts(interview=interview, given=[GivenPart(part, seen, {question: words})], by=by, at=NOW)


def test_what_is_saved_stays_and_one_resumes_where_one_was(seeker, desk):
    interview = begun(seeker, desk)
    assert write(interview, desk, "A reason to get up").versions == {"arrive": 1}
    assert begun(seeker, desk, key="graduate_40") == interview  # the open one, never a second
    held = interview_for(desk, seeker, interview.ref)
    assert held.parts.get().answers == {"welcome": "A reason to get up"}
    assert write(interview, desk, "A reason to get up", seen=1).versions == {"arrive": 1}


def test_two_counsellors_do_not_overwrite_each_other(seeker, desk, office):
    other = actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office, name="Ben"))
    interview = begun(seeker, desk)
    write(interview, other, "Ben was here")
    both = save_parts(
        interview=interview,
        given=[GivenPart("arrive", 0, {"welcome": "Ana was here"}), GivenPart("story", 0, {"tried": "Asked shops"})],
        by=desk,
        at=NOW,
    )
    (clash,) = both.clashes
    assert (clash.theirs, clash.by, clash.version) == ({"welcome": "Ben was here"}, "Ben", 1)
    assert both.versions == {"story": 1}  # the part without a clash is kept
    assert InterviewPart.objects.get(code="arrive").answers == {"welcome": "Ben was here"}
    assert not write(interview, desk, "Ben was here", seen=0).clashes  # the same words are no clash
    assert write(interview, desk, "Ana was here", seen=clash.version).versions == {"arrive": 2}


def test_only_what_the_script_asks_is_kept(seeker, desk):
    interview = begun(seeker, desk)
    given = [
        GivenPart("activities", 0, {CHOSEN: "fishes elves fishes"}),
        GivenPart("barriers", 0, {"x": "y"}),
        GivenPart("nowhere", 0, {"x": "y"}),
        GivenPart("arrive", 0, {"x": "y"}),
    ]
    assert save_parts(interview=interview, given=given, by=desk, at=NOW).versions == {"activities": 1, "arrive": 0}
    assert InterviewPart.objects.get().answers == {CHOSEN: "fishes"}


def test_an_ended_interview_takes_nothing_more(seeker, desk):
    interview = begun(seeker, desk)
    end_interview(interview=interview, by=desk, at=NOW)
    with pytest.raises(Refused, match="interview_ended"):
        write(interview, desk, "Too late")
    assert not InterviewPart.objects.exists()
    assert begun(seeker, desk) != interview


def test_an_interview_held_on_paper(seeker, desk):
    with pytest.raises(Refused, match="held_in_future"):
        begun(seeker, desk, held_on=TODAY + timedelta(days=1))
    assert not Interview.objects.exists()
    interview = begun(seeker, desk, held_on=TODAY - timedelta(days=2))
    assert interview.on_paper and interview.held_on == TODAY - timedelta(days=2)


def test_an_interview_keeps_the_version_of_the_script_that_it_used(seeker, desk, office):
    mine = replace(shipped_scripts()["first_job_20"], title="Ours")
    row = draft_script(office_id=office.pk, script=mine, by=desk, at=NOW)
    assert offered_script(office.pk, "first_job_20").version == 0
    switch_on(row=row, by=desk, at=NOW)
    with pytest.raises(NotFound):
        offered_script(office.pk, "first_job_20")  # replaced by the office's own
    interview = begun(seeker, desk, key=row.ref)
    newer = draft_script(office_id=office.pk, script=replace(mine, title="Ours, mended"), by=desk, at=NOW)
    assert newer.version == 2 and newer.pk != row.pk
    switch_on(row=newer, by=desk, at=NOW)
    row.refresh_from_db()
    assert row.state == "off" and script_of(interview).title == "Ours" and interview.script_version == 1
    with pytest.raises(Refused, match="script_not_draft"):
        switch_on(row=row, by=desk, at=NOW)
    with pytest.raises(Refused, match="script_not_on"):
        switch_off(row=row, by=desk, at=NOW)
    switch_off(row=newer, by=desk, at=NOW)
    assert offered_script(office.pk, "first_job_20").version == 0


def test_a_draft_is_changed_in_place_and_by_its_office_alone(desk, office):
    script = shipped_scripts()["graduate_10"]
    first = draft_script(office_id=office.pk, script=script, by=desk, at=NOW)
    again = draft_script(office_id=office.pk, script=replace(script, title="Better"), by=desk, at=NOW)
    assert first.pk == again.pk and OfficeScript.objects.get().body["title"] == "Better"
    stranger = actor_with("counsellor", scope_id=OfficeFactory().pk)
    for act in (
        lambda: draft_script(office_id=office.pk, script=script, by=stranger, at=NOW),
        lambda: switch_on(row=again, by=stranger, at=NOW),
        lambda: switch_off(row=again, by=stranger, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotFound):
        office_script(stranger, again.ref)
    assert OfficeScript.objects.get().state == "draft"
    assert len(offered_scripts(office.pk)) == len(shipped_scripts())


def test_a_plan_gets_versions(seeker, desk):
    first = planned(seeker, desk)
    second = planned(seeker, desk, replace(PLAN, goal="Work in a hotel"), seen=1)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("replaced", "current", 2)
    assert plan_of(desk, seeker).goal == "Work in a hotel"
    assert second.review_on == TODAY + timedelta(days=30)


def test_a_refused_plan_changes_nothing(seeker, desk):
    planned(seeker, desk)
    with pytest.raises(Refused, match="plan_changed_meanwhile"):
        planned(seeker, desk, replace(PLAN, goal="Else"), seen=0)
    with pytest.raises(Refused, match="action_needed"):
        planned(seeker, desk, replace(PLAN, actions=()), seen=1)
    assert Plan.objects.get().state == "current" and PlanAction.objects.count() == 1


def test_actions_are_done_changed_and_reviewed(seeker, desk):
    plan = planned(seeker, desk)
    action = plan.actions.get()

    def mark(to, note=""):
        return mark_action(action=action, jobseeker=seeker, to=to, note=note, by=desk, at=NOW)

    with pytest.raises(Refused, match="change_needs_words"):
        mark(ActionState.CHANGED)
    assert mark(ActionState.DONE).state == "done"
    assert mark(ActionState.OPEN).state == "open"
    assert mark(ActionState.CHANGED, "A cousin took her along").note == "A cousin took her along"
    with pytest.raises(Refused, match="review_in_past"):
        review_plan(plan=plan, jobseeker=seeker, next_on=TODAY - timedelta(days=1), by=desk, at=NOW)
    assert review_plan(plan=plan, jobseeker=seeker, next_on=DUE, by=desk, at=NOW).review_on == DUE


def test_overdue_actions_for_today(seeker, desk, office, django_assert_num_queries):
    planned(seeker, desk)
    assert overdue_actions(desk, on=DUE) == []  # due today is not overdue
    later = DUE + timedelta(days=1)
    with django_assert_num_queries(1):
        (found,) = overdue_actions(desk, on=later)
    assert (found.action, found.person_ref, found.name) == (
        "Visit two firms",
        seeker.ref,
        seeker.person.name_as_given,
    )
    assert found.due_on == DUE and count_overdue_actions(desk, on=later) == 1
    assert overdue_actions(desk, on=later, mine_only=True) == []
    seeker.counsellor_id = desk.account_id
    seeker.save()
    (mine,) = overdue_actions(desk, on=later, mine_only=True)
    assert mine.counsellor == "Ana"
    elsewhere = actor_with("counsellor", scope_id=OfficeFactory().pk)
    assert overdue_actions(elsewhere, on=later) == [] and count_overdue_actions(elsewhere, on=later) == 0
    planned(seeker, desk, replace(PLAN, goal="New"), seen=1)
    assert count_overdue_actions(desk, on=later) == 1  # the replaced plan no longer counts


@pytest.mark.parametrize("role", ["counsellor", "employer_adviser", "jobseeker", "employer_staff", "administrator"])
def test_nobody_else_writes(seeker, desk, role):
    interview, plan = begun(seeker, desk), planned(seeker, desk)
    elsewhere = actor_with(role, scope_id=999_999)
    for act in (
        lambda: begun(seeker, elsewhere),
        lambda: write(interview, elsewhere, "x"),
        lambda: end_interview(interview=interview, by=elsewhere, at=NOW),
        lambda: planned(seeker, elsewhere, seen=1),
        lambda: mark_action(
            action=plan.actions.get(), jobseeker=seeker, to=ActionState.DONE, note="", by=elsewhere, at=NOW
        ),
        lambda: review_plan(plan=plan, jobseeker=seeker, next_on=None, by=elsewhere, at=NOW),
        lambda: give_advice(jobseeker=seeker, facts=SeekerFacts(), by=elsewhere, at=NOW),
        lambda: interview_for(elsewhere, seeker, interview.ref),
        lambda: plan_of(elsewhere, seeker),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Plan.objects.count() == 1 and not InterviewPart.objects.exists() and not GivenAdvice.objects.exists()


def test_advice_is_refused_without_switch_and_legal_basis(seeker, desk, settings):
    settings.DEMO = False
    with pytest.raises(Refused, match="advice_off, advice_without_basis"):
        give_advice(jobseeker=seeker, facts=SeekerFacts(isced=0), by=desk, at=NOW)
    assert not GivenAdvice.objects.exists()


def advised(seeker, desk, **facts):
    return give_advice(jobseeker=seeker, facts=SeekerFacts(isced=1, experience_months=0, **facts), by=desk, at=NOW)


def test_the_counsellor_decides(seeker, desk):
    advice = advised(seeker, desk)
    assert advice.level == "supported" and [one["code"] for one in advice.reasons] == ["no_secondary", "no_experience"]
    with pytest.raises(Refused, match="other_level_needed"):
        respond(advice=advice, jobseeker=seeker, answered=replace(ANSWERED, response="disagree"), by=desk, at=NOW)
    advice.refresh_from_db()
    assert advice.response == ""
    otherwise = Answered("disagree", "intensive", "knows_more", "Two small children.", "wants_more", "Thank you")
    decided = respond(advice=advice, jobseeker=seeker, answered=otherwise, by=desk, at=NOW)
    assert (decided.current_level, decided.code, decided.person_words) == ("intensive", "knows_more", "Thank you")
    agreed = respond(advice=advice, jobseeker=seeker, answered=ANSWERED, by=desk, at=NOW)
    assert (agreed.current_level, agreed.code, agreed.words) == ("supported", "", "")


def test_a_contest_gets_the_answer_of_a_named_person(seeker, desk, manager, own):
    advice = advised(seeker, desk)
    with pytest.raises(NotPermitted):
        contest_advice(advice=advice, jobseeker=seeker, words="No", by=desk, at=NOW)
    contest = contest_advice(advice=advice, jobseeker=seeker, words="I finished school", by=own, at=NOW)
    assert contest.due_on == TODAY + timedelta(days=10)
    with pytest.raises(Refused, match="contest_open"):
        contest_advice(advice=advice, jobseeker=seeker, words="Again", by=own, at=NOW)
    assert Contest.objects.count() == 1
    assert contests_waiting(manager) == [contest] and contests_waiting(desk) == []
    assert count_contests_waiting(manager, on=contest.due_on) == (1, 0)
    assert count_contests_waiting(manager, on=contest.due_on + timedelta(days=1)) == (1, 1)
    with pytest.raises(NotFound):
        answer_contest(contest_ref=contest.ref, outcome="kept", level="", words="No.", by=desk, at=NOW)
    with pytest.raises(Refused, match="contest_answer_needed"):
        answer_contest(contest_ref=contest.ref, outcome="kept", level="", words=" ", by=manager, at=NOW)
    contest.refresh_from_db()
    assert contest.answered_at is None
    answer_contest(
        contest_ref=contest.ref, outcome="changed", level="self_help", words="You are right.", by=manager, at=NOW
    )
    advice.refresh_from_db()
    contest.refresh_from_db()
    assert advice.current_level == "self_help" and contest.answered_by_id == manager.account_id
    with pytest.raises(Refused, match="contest_answered"):
        answer_contest(contest_ref=contest.ref, outcome="kept", level="", words="x", by=manager, at=NOW)


def test_the_rate_of_an_office(office, desk, manager, django_assert_num_queries):
    for number in range(20):
        advice = advised(JobseekerFactory(office=office), desk)
        answered = (
            replace(ANSWERED, response="disagree", level="intensive", code="knows_more", words="x")
            if number < 11
            else ANSWERED
        )
        respond(advice=advice, jobseeker=advice.jobseeker, answered=answered, by=desk, at=NOW)
    with django_assert_num_queries(1):
        (found,) = override_rates(manager, at=NOW, on=TODAY)
    assert (found.office, found.rate.percent, found.rate.alarm) == (office.name, 55, "misfit")
    assert override_rates(desk, at=NOW, on=TODAY) == []


def test_erasing_leaves_a_count_and_no_words(seeker, desk, own):
    interview = begun(seeker, desk)
    write(interview, desk, "Private words")
    planned(seeker, desk, interview=interview)
    advice = advised(seeker, desk)
    respond(advice=advice, jobseeker=seeker, answered=replace(ANSWERED, person_words="Mine"), by=desk, at=NOW)
    contest_advice(advice=advice, jobseeker=seeker, words="Not so", by=own, at=NOW)
    told = export_person(seeker.person_id)
    assert all(told.values()) and told["notes of interviews"][0]["written down in the interview"] == {
        "welcome": "Private words"
    }
    erase_person(person_id=seeker.person_id)
    assert not Interview.objects.exists() and not Plan.objects.exists() and not InterviewPart.objects.exists()
    left, contest = GivenAdvice.objects.get(), Contest.objects.get()
    assert (left.level, left.reasons, left.person_words, contest.words) == ("supported", [], "", "")
