"""Writes of advice: given, answered by the counsellor, contested by the person, answered by a named person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Refused
from openpes.guidance.access import require_may_contest, require_may_edit
from openpes.guidance.advising import SeekerFacts, Told, advise
from openpes.guidance.models import Contest, GivenAdvice
from openpes.guidance.queries import advice_law, contest_for
from openpes.guidance.rules import (
    LONGEST_WORDS,
    may_advise,
    may_answer_contest,
    may_contest,
    may_respond,
)
from openpes.guidance.states import ContestAnswer, Response
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country, today


def _stored(told: tuple[Told, ...]) -> list[dict[str, object]]:
    return [{"code": one.code, **one.facts} for one in told]


@transaction.atomic
def give_advice(*, jobseeker: Jobseeker, facts: SeekerFacts, by: Actor, at: datetime) -> GivenAdvice:
    """Advise how much help somebody needs, where the country allows it. Raises Refused. It decides nothing."""
    require_may_edit(by, jobseeker)
    on = today(at)
    law = advice_law(on=on)
    decision = may_advise(
        switched_on=law.switched_on, legal_basis=bool(law.legal_basis), demonstration=law.demonstration
    )
    if decision.refused:
        raise Refused(decision)
    advice = advise(facts, law.scorecard)
    row = GivenAdvice.objects.create(
        jobseeker=jobseeker,
        office_id=jobseeker.office_id,
        kind=advice.kind,
        level=advice.level,
        reasons=_stored(advice.reasons),
        would_change=_stored(advice.would_change),
        data_age=advice.data_age,
        law=country().hash,
        made_at=at,
        made_by_id=by.account_id,
    )
    record_change(
        by=by,
        at=at,
        verb="advice.give",
        thing=f"advice:{row.ref}",
        subject=jobseeker.person.log_key,
        detail={"kind": advice.kind},
    )
    return row


@dataclass(frozen=True)
class Answered:
    """What the counsellor decides on an advice, and what the person thinks of it."""

    response: str
    level: str
    code: str
    words: str
    view: str
    person_words: str = ""


@transaction.atomic
def respond(*, advice: GivenAdvice, jobseeker: Jobseeker, answered: Answered, by: Actor, at: datetime) -> GivenAdvice:
    """A counsellor agrees, or decides otherwise with a code and words; the decision can be changed. Raises Refused."""
    require_may_edit(by, jobseeker)
    advice = GivenAdvice.objects.select_for_update().get(pk=advice.pk, jobseeker=jobseeker)
    decision = may_respond(
        response=answered.response,
        level=answered.level,
        advised=advice.level,
        code=answered.code,
        words=answered.words,
        view=answered.view,
    )
    if decision.refused:
        raise Refused(decision)
    otherwise = answered.response == Response.DISAGREE
    advice.response = Response(answered.response)
    advice.decided_level = answered.level if otherwise else advice.level
    advice.code = answered.code if otherwise else ""
    advice.words = answered.words.strip()[:LONGEST_WORDS] if otherwise else ""
    advice.person_view, advice.person_words = answered.view, answered.person_words.strip()[:LONGEST_WORDS]
    advice.responded_at, advice.responded_by_id = at, by.account_id
    advice.save()
    record_change(
        by=by,
        at=at,
        verb=f"advice.{advice.response}",
        thing=f"advice:{advice.ref}",
        subject=jobseeker.person.log_key,
        detail={"code": advice.code},
    )
    return advice


@transaction.atomic
def contest_advice(*, advice: GivenAdvice, jobseeker: Jobseeker, words: str, by: Actor, at: datetime) -> Contest:
    """The person contests an advice about them: a named person answers within the pack's days. Raises Refused."""
    require_may_contest(by, jobseeker)
    advice = GivenAdvice.objects.select_for_update().get(pk=advice.pk, jobseeker=jobseeker)
    decision = may_contest(already_open=advice.contests.filter(answered_at=None).exists(), words=words)
    if decision.refused:
        raise Refused(decision)
    on = today(at)
    contest = Contest.objects.create(
        advice=advice,
        words=words.strip()[:LONGEST_WORDS],
        made_at=at,
        due_on=on + timedelta(days=advice_law(on=on).contest_days),
    )
    record_change(by=by, at=at, verb="advice.contest", thing=f"advice:{advice.ref}", subject=jobseeker.person.log_key)
    return contest


@transaction.atomic
def answer_contest(*, contest_ref: str, outcome: str, level: str, words: str, by: Actor, at: datetime) -> Contest:
    """A named person of the office answers a contest; changing gives another level at once. Raises Refused."""
    if by.account_id is None:
        raise NotPermitted("advice.oversee")
    contest = contest_for(by, contest_ref)
    advice = GivenAdvice.objects.select_for_update().get(pk=contest.advice_id)
    contest.refresh_from_db(fields=["answered_at"])
    decision = may_answer_contest(
        answered=contest.answered_at is not None,
        outcome=outcome,
        level=level,
        held=advice.current_level,
        words=words,
    )
    if decision.refused:
        raise Refused(decision)
    contest.outcome, contest.answer = ContestAnswer(outcome), words.strip()[:LONGEST_WORDS]
    contest.answered_at, contest.answered_by_id = at, by.account_id
    contest.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    if outcome == ContestAnswer.CHANGED:
        advice.decided_level = level
        advice.save(update_fields=["decided_level"])
    record_change(
        by=by,
        at=at,
        verb=f"contest.{outcome}",
        thing=f"advice:{advice.ref}",
        subject=contest.advice.jobseeker.person.log_key,
    )
    return contest
