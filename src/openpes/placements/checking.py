"""Writes of the checks after a hire: asked on their day, answered by two sides, closed without guessing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Refused
from openpes.placements.access import require_may_say
from openpes.placements.models import CheckAnswer, HireCheck, Outcome, OutcomeEvidence, PromiseKept
from openpes.placements.rules import strongest
from openpes.placements.rules_checks import (
    CheckDays,
    check_plan,
    is_contested,
    kept,
    may_answer_check,
    never_began,
    says_it_began,
)
from openpes.placements.states import (
    GRADE_OF_SIDE,
    CheckChannel,
    CheckState,
    EvidenceGrade,
    Kept,
    LeavingReason,
    OutcomeKind,
    Promise,
    Side,
)
from openpes.reference.country import country


def check_days(on: date) -> CheckDays:
    """The days of the country's policy on a day."""
    pack = country()

    def days(name: str) -> int:
        return int(pack.value(f"after_hire.{name}_days", on=on).value)

    asked = (days("first_check"), days("second_check"), days("third_check"))
    return CheckDays(asked, days("remind"), days("call"), days("close"))


def plan_checks(outcome: Outcome, *, on: date) -> None:
    """Write down when both sides will be asked. Inside the transaction that records the hire."""
    days = check_days(on)
    plan = check_plan(kind=OutcomeKind(outcome.kind), starts_on=outcome.starts_on, on=on, days=days)
    HireCheck.objects.bulk_create([HireCheck(outcome=outcome, day=day, due_on=due) for day, due in plan])


def words_of(answers: Iterable[CheckAnswer]) -> dict[Side, bool]:
    """The last word of each side. The answers come in the order in which they were given."""
    return {Side(one.side): one.works_there for one in answers}


def sides_of(outcome: Outcome) -> tuple[Side, ...]:
    """Who can be asked: the firm only where the service knows it."""
    return (Side.WORKER, Side.EMPLOYER) if outcome.employer_id is not None else (Side.WORKER,)


def weigh(outcome: Outcome, *, at: datetime) -> None:
    """Grade and dispute of a hire, from all evidence and all checks. Inside a transaction that holds the row."""
    words = {EvidenceGrade(row.grade): row.agrees for row in outcome.evidence.all()}
    agreeing = [grade for grade, agrees in words.items() if agrees]
    outcome.grade = strongest(agreeing) if agreeing else outcome.grade
    is_void = never_began(words.items(), asked=[GRADE_OF_SIDE[one] for one in sides_of(outcome)])
    disputed = (is_contested(words.items()) and not is_void) or any(
        kept(words_of(one.answers.all())) == Kept.CONFLICT
        for one in outcome.checks.prefetch_related("answers")
        if one.state != CheckState.NOT_NEEDED
    )
    outcome.contested_at = (outcome.contested_at or at) if disputed else None
    outcome.never_began_at = (outcome.never_began_at or at) if is_void else None
    outcome.save(update_fields=["grade", "contested_at", "never_began_at"])


def _log(check: HireCheck, verb: str, by: Actor, at: datetime, **detail: object) -> None:
    record_change(
        by=by,
        at=at,
        verb=verb,
        thing=f"check:{check.ref}",
        subject=check.outcome.jobseeker.person.log_key,
        detail=dict(detail),
    )


def _locked(check: HireCheck) -> HireCheck:
    # The outcome is locked first: two sides that answer at once are weighed one after the other.
    Outcome.objects.select_for_update().get(pk=check.outcome_id)
    return HireCheck.objects.select_related("outcome__jobseeker__person").get(pk=check.pk)


@transaction.atomic
def answer_check(
    *,
    check: HireCheck,
    side: Side,
    works_there: bool,
    channel: CheckChannel,
    by: Actor,
    at: datetime,
    on: date,
    reason: LeavingReason | None = None,
    left_on: date | None = None,
) -> HireCheck:
    """What one side says on a day. Two sides that differ make a dispute, which comes to a counsellor.

    Raises Refused before the day, NotPermitted for who may not speak for this side.
    """
    grade = GRADE_OF_SIDE[side]
    require_may_say(by, check.outcome.jobseeker, grade, check.outcome.employer_id)
    check = _locked(check)
    decision = may_answer_check(state=CheckState(check.state), due_on=check.due_on, on=on)
    if decision.refused:
        raise Refused(decision)
    CheckAnswer.objects.create(
        check_asked=check,
        side=side,
        grade=grade,
        works_there=works_there,
        reason="" if works_there or reason is None else reason,
        left_on=None if works_there else left_on,
        channel=channel,
        actor=by.log_key,
        at=at,
    )
    outcome = check.outcome
    began = says_it_began(works_there=works_there, reason=reason, left_on=left_on)
    if check.day == first_day(outcome) or works_there or reason == LeavingReason.NEVER_BEGAN:
        # Did the work begin at all? That is evidence about the hire itself.
        OutcomeEvidence.objects.create(
            outcome=outcome, grade=grade, agrees=began, at=at, actor=by.log_key, source=f"day {check.day}"
        )
    words = words_of(check.answers.all())
    if set(words) >= set(sides_of(outcome)):
        check.state, check.closed_at = CheckState.CLOSED, at
        check.save(update_fields=["state", "closed_at"])
    later = outcome.checks.filter(day__gt=check.day)
    if kept(words) == Kept.NO and len(words) == len(sides_of(outcome)):
        later.filter(state=CheckState.WAITING).update(state=CheckState.NOT_NEEDED, closed_at=at)
    else:
        later.filter(state=CheckState.NOT_NEEDED).update(state=CheckState.WAITING, closed_at=None)
    weigh(outcome, at=at)
    _log(check, "check.answer", by, at, side=side.value, works_there=works_there, day=check.day)
    return check


def first_day(outcome: Outcome) -> int | None:
    """The day of the first check that was planned."""
    first = outcome.checks.order_by("day").first()
    return None if first is None else first.day


@transaction.atomic
def tell_promise(*, check: HireCheck, promise: Promise, was_kept: bool, by: Actor, at: datetime) -> None:
    """What the worker says about the work: one word a promise, the last one stands. Never for the firm."""
    require_may_say(by, check.outcome.jobseeker, EvidenceGrade.SAID_BY_PERSON, None)
    PromiseKept.objects.update_or_create(check_asked=check, promise=promise, defaults={"kept": was_kept, "at": at})
    _log(check, "check.promise", by, at, promise=promise.value)


def _require_clock(by: Actor) -> None:
    if not by.everywhere("outcome.clock"):
        raise NotPermitted("outcome.clock")


@transaction.atomic
def note_asked(*, check: HireCheck, again: bool, by: Actor, at: datetime) -> HireCheck:
    """Write down that the sides are asked, or asked again; the journey sends the texts."""
    _require_clock(by)
    if again:
        check.reminded_at = at
    else:
        check.state, check.asked_at = CheckState.ASKED, at
    check.save(update_fields=["state", "asked_at", "reminded_at"])
    _log(check, "check.remind" if again else "check.ask", by, at, day=check.day)
    return check


@transaction.atomic
def close_check(*, check: HireCheck, by: Actor, at: datetime) -> HireCheck:
    """The days are over: what was not said stays unknown."""
    _require_clock(by)
    check.state, check.closed_at = CheckState.CLOSED, at
    check.save(update_fields=["state", "closed_at"])
    _log(check, "check.close", by, at, day=check.day)
    return check
