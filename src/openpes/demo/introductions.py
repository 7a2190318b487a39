"""The life of one referral as it would run: the clock, the employer's acts, an end. Cut off wherever the present is.

The clock follows the rules of the referrals room: a reminder, then a task for the counsellor, then the honest close;
a step restarts it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from openpes.demo.chance import Weighted, around, happens
from openpes.demo.market import Opening
from openpes.demo.times import later
from openpes.referrals.rules import Clocks, due_after_step, due_at
from openpes.referrals.seeding import SyntheticEvent
from openpes.referrals.states import (
    STEP_OF_ANSWER,
    Answer,
    AnswerChannel,
    Ending,
    EventKind,
    NotHiredReason,
    ReferralState,
    WithdrawnReason,
)
from openpes.vacancies.states import CloseReason

FIRST_ANSWERS = Weighted({Answer.NOT_HIRED: 0.52, Answer.INTERVIEW: 0.24, Answer.HIRED: 0.13, Answer.DECIDING: 0.11})
LAST_ANSWERS = Weighted({Answer.NOT_HIRED: 0.6, Answer.HIRED: 0.4})
REASONS = Weighted(
    {
        NotHiredReason.ANOTHER_CANDIDATE: 0.24,
        NotHiredReason.EXPERIENCE_MISSING: 0.16,
        NotHiredReason.SKILLS_MISSING: 0.14,
        NotHiredReason.DID_NOT_COME: 0.14,
        NotHiredReason.COULD_NOT_REACH: 0.1,
        NotHiredReason.HOURS_OR_PLACE: 0.08,
        NotHiredReason.DECLINED_BY_JOBSEEKER: 0.07,
        NotHiredReason.PAY: 0.04,
        NotHiredReason.DOCUMENTS_MISSING: 0.03,
    }
)
CHANNELS = Weighted({AnswerChannel.LINK: 0.62, AnswerChannel.PHONE_CALL: 0.24, AnswerChannel.WEB: 0.14})
SHARE_WITHDRAWN_BY_PERSON = 0.05
TICK_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a referral. `answer` is the employer's, `ending` how it ended with this step."""

    kind: EventKind
    at: datetime
    channel: AnswerChannel
    answer: Answer | None = None
    ending: Ending | None = None
    reason: str = ""


@dataclass(slots=True)
class Standing:
    """What the steps add up to."""

    due_at: datetime
    state: ReferralState = ReferralState.SENT
    extended: bool = False
    reminded_at: datetime | None = None
    task_raised_at: datetime | None = None
    first_answer_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    reason: str = ""
    steps: list[Step] = field(default_factory=list)


def unfold(rng: Random, *, opening: Opening, sent_at: datetime, clocks: Clocks, silent: bool = False) -> list[Step]:
    """All steps of a referral, in order, as far into the future as they go; the last one is an end.

    `silent` keeps the employer from answering: for the introductions that a visitor is to answer.
    """
    steps = [Step(EventKind.SENT, sent_at, AnswerChannel.WEB)]
    due = due_at(sent_at=sent_at, clocks=clocks)
    answered_at = None if silent else _first_act(rng, opening, sent_at)
    steps += _clock_steps(rng, due, sent_at, answered_at, clocks)
    if answered_at is not None and steps[-1].ending is None:
        steps += _answers(rng, opening, answered_at, due, clocks)
    ends = [_end_of_vacancy(opening, sent_at)]
    if not silent and happens(rng, SHARE_WITHDRAWN_BY_PERSON):
        ends.append(
            Step(
                EventKind.ENDED,
                later(sent_at, rng.uniform(1, 12)),
                AnswerChannel.WEB,
                ending=Ending.WITHDRAWN,
                reason=WithdrawnReason.JOBSEEKER_WITHDREW,
            )
        )
    return cut(steps, min(filter(None, ends), key=lambda step: step.at, default=None))


def cut(steps: list[Step], end: Step | None) -> list[Step]:
    """The steps before an end that comes from elsewhere, and that end; unchanged when all was over before."""
    if end is None or (steps[-1].ending is not None and steps[-1].at <= end.at):
        return steps
    return [step for step in steps if step.at < end.at] + [end]


def found_work(at: datetime) -> Step:
    """The end of the other referrals of a person who was hired."""
    return Step(
        EventKind.ENDED, at, AnswerChannel.CLOCK, ending=Ending.WITHDRAWN, reason=WithdrawnReason.JOBSEEKER_FOUND_WORK
    )


def gave_up(at: datetime) -> Step:
    """The end of the referrals of a person who leaves the service."""
    return Step(
        EventKind.ENDED, at, AnswerChannel.WEB, ending=Ending.WITHDRAWN, reason=WithdrawnReason.JOBSEEKER_WITHDREW
    )


def without_a_place(steps: list[Step]) -> list[Step]:
    """The same story with another candidate taken: for a hire where no place was left."""
    last = steps[-1]
    return [
        *steps[:-1],
        Step(
            EventKind.ENDED, last.at, last.channel, Answer.NOT_HIRED, Ending.NOT_HIRED, NotHiredReason.ANOTHER_CANDIDATE
        ),
    ]


def standing(steps: Iterable[Step], *, clocks: Clocks, until: datetime) -> Standing:
    """Where a referral stands at an instant, by the steps until then."""
    steps = [step for step in steps if step.at <= until]
    now = Standing(due_at(sent_at=steps[0].at, clocks=clocks), steps=steps)
    for step in steps:
        if step.kind == EventKind.REMINDED:
            now.reminded_at = step.at
        elif step.kind == EventKind.TASK_RAISED:
            now.task_raised_at = step.at
        if step.answer is not None or step.ending == Ending.FILLED:
            now.first_answer_at = now.first_answer_at or step.at
        if step.kind == EventKind.STEP and step.answer is not None:
            now.state = STEP_OF_ANSWER[step.answer]
            now.due_at, now.extended = due_after_step(
                due_at=now.due_at, at=step.at, extended=now.extended, clocks=clocks
            )
            now.reminded_at = now.task_raised_at = None
        if step.ending is not None:
            now.state, now.ended_at, now.ending, now.reason = ReferralState.ENDED, step.at, step.ending, step.reason
    return now


def as_events(
    steps: Iterable[Step], *, ref: str, sender: str, officer: str, employer: str
) -> tuple[SyntheticEvent, ...]:
    """The steps as rows: who acted is a pseudonym, as the operations write it."""
    events = []
    for step in steps:
        detail: dict[str, str] = {}
        if step.kind == EventKind.STEP and step.answer is not None:
            detail = {"answer": step.answer.value}
        elif step.ending is not None:
            detail = {"ending": step.ending.value, "reason": step.reason}
        actor = {
            AnswerChannel.CLOCK: "system:clock",
            AnswerChannel.PHONE_CALL: officer,
            AnswerChannel.LINK: f"link:{ref}",
        }.get(step.channel, employer or f"link:{ref}")
        if step.kind == EventKind.SENT or step.reason == WithdrawnReason.JOBSEEKER_WITHDREW:
            actor = sender
        elif step.reason == WithdrawnReason.JOBSEEKER_FOUND_WORK:
            actor = "system:ends together"
        events.append(SyntheticEvent(step.kind, step.at, step.channel, actor, detail))
    return tuple(events)


def _first_act(rng: Random, opening: Opening, sent_at: datetime) -> datetime | None:
    """When the employer first says something, if ever; never in the hour of the introduction."""
    if not happens(rng, opening.firm.answers):
        return None
    return later(sent_at, max(0.05, around(rng, opening.firm.days_to_answer, 0.75)))


def _clock_steps(rng: Random, due: datetime, begun_at: datetime, until: datetime | None, clocks: Clocks) -> list[Step]:
    """What the clock does from an instant on, before the employer acts; the last act is the close."""
    started = due - timedelta(days=clocks.answer)
    reminded = _tick(rng, max(started + timedelta(days=clocks.reminder), begun_at))
    task = _tick(rng, max(started + timedelta(days=clocks.task), reminded + timedelta(days=1)))
    close = _tick(rng, max(due, task + timedelta(days=1)))
    steps = [
        Step(EventKind.REMINDED, reminded, AnswerChannel.CLOCK),
        Step(EventKind.TASK_RAISED, task, AnswerChannel.CLOCK),
        Step(EventKind.ENDED, close, AnswerChannel.CLOCK, ending=Ending.CLOSED_UNANSWERED),
    ]
    return steps if until is None else [step for step in steps if step.at < until]


def _tick(rng: Random, due: datetime) -> datetime:
    """The clock looks every few minutes."""
    return later(due, rng.uniform(0, TICK_MINUTES) / 1_440)


def _answers(rng: Random, opening: Opening, at: datetime, due: datetime, clocks: Clocks) -> list[Step]:
    answer = FIRST_ANSWERS.draw(rng)
    if answer not in STEP_OF_ANSWER:
        return [_ending(rng, answer, at)]
    steps = [Step(EventKind.STEP, at, CHANNELS.draw(rng), answer)]
    due, _extended = due_after_step(due_at=due, at=at, extended=False, clocks=clocks)
    decided_at = (
        later(at, max(0.5, around(rng, 1.5 + opening.firm.days_to_answer, 0.5)))
        if happens(rng, 0.45 + opening.firm.answers / 2)
        else None
    )
    steps += _clock_steps(rng, due, at, decided_at, clocks)
    if decided_at is not None and steps[-1].ending is None:
        steps.append(_ending(rng, LAST_ANSWERS.draw(rng), decided_at))
    return steps


def _ending(rng: Random, answer: Answer, at: datetime) -> Step:
    hired = answer == Answer.HIRED
    return Step(
        EventKind.ENDED,
        at,
        CHANNELS.draw(rng),
        answer,
        Ending.HIRED if hired else Ending.NOT_HIRED,
        "" if hired else REASONS.draw(rng),
    )


def _end_of_vacancy(opening: Opening, sent_at: datetime) -> Step | None:
    """Whoever still waits when an advert closes is told the same moment."""
    if opening.closed_at is None:
        return None
    if opening.close_reason == CloseReason.FILLED:
        return Step(EventKind.ENDED, opening.closed_at, AnswerChannel.WEB, ending=Ending.FILLED)
    return Step(
        EventKind.ENDED,
        opening.closed_at,
        AnswerChannel.WEB,
        ending=Ending.WITHDRAWN,
        reason=WithdrawnReason.VACANCY_WITHDRAWN,
    )
