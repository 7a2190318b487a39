"""Writes of interviews and plans. Each save is committed: a power cut loses only what was typed since the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.guidance.access import require_may_edit
from openpes.guidance.lists import activities, choices_of, statements
from openpes.guidance.models import Contest, GivenAdvice, Interview, InterviewPart, Plan, PlanAction
from openpes.guidance.queries import OfferedScript, policy_number, script_of
from openpes.guidance.rules import (
    LONGEST_GOAL,
    LONGEST_TITLE,
    LONGEST_WORDS,
    NewPlan,
    kept_answers,
    may_begin,
    may_mark,
    may_plan,
    may_save_part,
    may_write,
)
from openpes.guidance.scripts import Part, as_data
from openpes.guidance.states import ActionState, InterviewState, PartKind, PlanState
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import hold
from openpes.reference.country import today

CHOSEN = "chosen"
"""The one answer of a part of choices: its codes, joined by spaces."""


def _log(jobseeker: Jobseeker, verb: str, thing: str, by: Actor, at: datetime, **detail: object) -> None:
    record_change(by=by, at=at, verb=verb, thing=thing, subject=jobseeker.person.log_key, detail=dict(detail))


@transaction.atomic
def begin_interview(
    *, jobseeker: Jobseeker, offered: OfferedScript, held_on: date | None = None, by: Actor, at: datetime
) -> Interview:
    """Begin an interview by a script; one that is open already is resumed instead.

    `held_on`: it was held on paper on that day and is keyed in now. Raises Refused.
    """
    require_may_edit(by, jobseeker)
    on = today(at)
    decision = may_begin(state=jobseeker.state, held_on=held_on, today=on)
    if decision.refused:
        raise Refused(decision)
    # Two counsellors who begin at once end up in the same interview.
    hold(jobseeker=jobseeker)
    held = Interview.objects.filter(jobseeker=jobseeker, state=InterviewState.OPEN).first()
    if held is not None:
        return held
    interview = Interview.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        counsellor_id=by.account_id,
        script_version=offered.version,
        script=as_data(offered.script),
        started_at=at,
        held_on=held_on or on,
        on_paper=held_on is not None,
    )
    _log(jobseeker, "interview.begin", f"interview:{interview.ref}", by, at, script=offered.script.code)
    return interview


@dataclass(frozen=True)
class GivenPart:
    """What a writer gives for one part, and the version of it that they saw when they began to write."""

    code: str
    seen_version: int
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Clash:
    """Somebody else wrote this part meanwhile: what they wrote, and the version to overwrite knowingly."""

    code: str
    theirs: Mapping[str, str]
    by: str
    version: int


@dataclass
class Saved:
    """What became of a save: the versions of the parts, and the parts that clashed."""

    versions: dict[str, int] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def _asked_in(part: Part) -> list[str]:
    return [one.code for one in part.questions] if part.kind == PartKind.TALK else [CHOSEN]


def _kept(part: Part, given: Mapping[str, str]) -> dict[str, str]:
    kept = kept_answers(_asked_in(part), given)
    known = {PartKind.ACTIVITIES: activities, PartKind.INTERESTS: statements}.get(part.kind)
    if known is not None and CHOSEN in kept:
        codes = [code for code in kept[CHOSEN].split() if code in known()]
        kept = {CHOSEN: " ".join(dict.fromkeys(codes))} if codes else {}
    return kept


@transaction.atomic
def save_parts(*, interview: Interview, given: list[GivenPart], by: Actor, at: datetime) -> Saved:
    """Write down parts of an open interview. A part that somebody else wrote meanwhile is left as it is and told.

    Raises Refused when the interview has ended.
    """
    interview = (
        Interview.objects.select_for_update(of=("self",)).select_related("jobseeker__person").get(pk=interview.pk)
    )
    require_may_edit(by, interview.jobseeker)
    decision = may_write(state=InterviewState(interview.state))
    if decision.refused:
        raise Refused(decision)
    script, saved, written = script_of(interview), Saved(), []
    rows = {row.code: row for row in interview.parts.select_related("saved_by")}
    for one in given:
        part = script.part(one.code)
        if part is None or part.kind == PartKind.BARRIERS:
            continue
        row, answers = rows.get(one.code), _kept(part, one.answers)
        held = row.version if row else 0
        same = (row.answers if row else {}) == answers
        if not may_save_part(held_version=held, seen_version=one.seen_version, same=same):
            assert row is not None  # a version above what was seen means that a row exists
            name = row.saved_by.name if row.saved_by else ""
            saved.clashes.append(Clash(one.code, row.answers, name, row.version))
            continue
        if not same:
            row = row or InterviewPart(interview=interview, code=one.code)
            row.answers, row.version, row.saved_at, row.saved_by_id = answers, held + 1, at, by.account_id
            row.save()
            held += 1
            written.append(one.code)
        saved.versions[one.code] = held
    if written:
        _log(interview.jobseeker, "interview.write", f"interview:{interview.ref}", by, at, parts=written)
    return saved


@transaction.atomic
def end_interview(*, interview: Interview, by: Actor, at: datetime) -> Interview:
    """Close an interview. One that has ended stays as it ended."""
    interview = (
        Interview.objects.select_for_update(of=("self",)).select_related("jobseeker__person").get(pk=interview.pk)
    )
    require_may_edit(by, interview.jobseeker)
    if interview.state == InterviewState.OPEN:
        interview.state, interview.ended_at = InterviewState.ENDED, at
        interview.save(update_fields=["state", "ended_at"])
        _log(interview.jobseeker, "interview.end", f"interview:{interview.ref}", by, at)
    return interview


@transaction.atomic
def make_plan(
    *, jobseeker: Jobseeker, new: NewPlan, interview: Interview | None, seen_version: int, by: Actor, at: datetime
) -> Plan:
    """A new version of a person's plan; the one before is kept as replaced. Raises Refused.

    `seen_version`: the version that the writer saw (0: none), so that two writers do not replace each other unseen.
    """
    require_may_edit(by, jobseeker)
    on = today(at)
    hold(jobseeker=jobseeker)
    decision = may_plan(
        new,
        diagnoses=[code for code, _words in choices_of("diagnoses")],
        strategies=[code for code, _words in choices_of("strategies")],
        today=on,
        longest_days=policy_number("guidance.longest_action_days", on=on),
    )
    if decision.refused:
        raise Refused(decision)
    before = Plan.objects.filter(jobseeker=jobseeker).first()
    if (before.version if before else 0) != seen_version:
        raise Refused(no(Reason("plan_changed_meanwhile")))
    Plan.objects.filter(jobseeker=jobseeker, state=PlanState.CURRENT).update(state=PlanState.REPLACED)
    plan = Plan.objects.create(
        jobseeker=jobseeker,
        interview=interview,
        version=(before.version if before else 0) + 1,
        diagnosis=new.diagnosis,
        diagnosis_words=new.diagnosis_words.strip()[:LONGEST_WORDS],
        strategy=new.strategy,
        strategy_words=new.strategy_words.strip()[:LONGEST_WORDS],
        goal=new.goal.strip()[:LONGEST_GOAL],
        made_at=at,
        made_by_id=by.account_id,
        review_on=new.review_on or on + timedelta(days=policy_number("guidance.review_days", on=on)),
    )
    PlanAction.objects.bulk_create(
        [
            PlanAction(
                plan=plan,
                position=position,
                title=one.title.strip()[:LONGEST_TITLE],
                who=one.who,
                who_name=one.who_name.strip()[:120],
                due_on=one.due_on or on,
                safe_to_text=one.safe_to_text,
                state_at=at,
            )
            for position, one in enumerate(new.actions, start=1)
        ]
    )
    _log(jobseeker, "plan.make", f"plan:{plan.ref}", by, at, version=plan.version, actions=len(new.actions))
    return plan


@transaction.atomic
def mark_action(
    *, action: PlanAction, jobseeker: Jobseeker, to: ActionState, note: str, by: Actor, at: datetime
) -> PlanAction:
    """An action is done, opened again, or changed. Raises Refused."""
    require_may_edit(by, jobseeker)
    action = PlanAction.objects.select_for_update().get(pk=action.pk, plan__jobseeker=jobseeker)
    decision = may_mark(state=ActionState(action.state), to=to, note=note)
    if decision.refused:
        raise Refused(decision)
    action.state, action.state_at = to, at
    action.note = note.strip()[:LONGEST_WORDS] or action.note
    action.save(update_fields=["state", "state_at", "note"])
    _log(jobseeker, f"action.{to.value}", f"action:{action.ref}", by, at)
    return action


@transaction.atomic
def review_plan(*, plan: Plan, jobseeker: Jobseeker, next_on: date | None, by: Actor, at: datetime) -> Plan:
    """The plan was looked at together; the next look is on a day, by default after the days of the policy."""
    require_may_edit(by, jobseeker)
    on = today(at)
    if next_on is not None and next_on < on:
        raise Refused(no(Reason("review_in_past")))
    plan.reviewed_at = at
    plan.review_on = next_on or on + timedelta(days=policy_number("guidance.review_days", on=on))
    plan.save(update_fields=["reviewed_at", "review_on"])
    _log(jobseeker, "plan.review", f"plan:{plan.ref}", by, at)
    return plan


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction; how often advice was followed stays a count."""
    gone = (PlanAction, Plan, InterviewPart, Interview, Contest, GivenAdvice)
    return sum(erase_rows(model, person_id) for model in gone)
