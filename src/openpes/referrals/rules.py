"""Who may be referred where, what an answer does, and when the clock acts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, inf

from openpes.core.decisions import Decision, Reason, from_answer, no, yes
from openpes.referrals.states import (
    ENDING_OF_ANSWER,
    STEP_OF_ANSWER,
    Answer,
    Ending,
    NotHiredReason,
    ReferralState,
    WithdrawnReason,
)
from openpes_countries import Country, may_work


@dataclass(frozen=True)
class Clocks:
    """The country's answer clock, in days. `extension` is granted once, for an interview or a decision pending."""

    answer: int
    reminder: int
    task: int
    extension: int


@dataclass(frozen=True)
class ReferFacts:
    """What the rule needs to know of a pair."""

    jobseeker_is_active: bool
    jobseeker_consents: bool
    born_on: date | None
    vacancy_is_public: bool
    places_left: int
    hazardous: bool
    already_open: bool
    waiting: int = 0
    most_waiting: int = 0


def may_refer(country: Country, facts: ReferFacts, *, on: date) -> Decision:
    """May this person be sent to this vacancy? All that stands in the way is told at once."""
    reasons = []
    if not facts.jobseeker_is_active:
        reasons.append(Reason("jobseeker_not_active"))
    if not facts.jobseeker_consents:
        reasons.append(Reason("no_consent"))
    if not facts.vacancy_is_public:
        reasons.append(Reason("vacancy_not_public"))
    elif facts.places_left < 1:
        reasons.append(Reason("no_place_left"))
    # A few people worth meeting: the next one waits until one of these has an answer. 0 means no limit.
    if facts.most_waiting and facts.waiting >= max(facts.most_waiting, facts.places_left):
        reasons.append(Reason("enough_people", {"waiting": facts.waiting}))
    if facts.already_open:
        reasons.append(Reason("already_referred"))
    law = from_answer(
        may_work(country, birth_date=facts.born_on, hazardous=facts.hazardous, on=on), pack_hash=country.hash
    )
    # An unknown birth date is no reason to keep somebody from ordinary work; dangerous work asks for it first.
    if law.refused or (law.allowed is None and facts.hazardous):
        reasons += law.reasons
    if reasons:
        return no(*reasons, sources=law.sources, pack_hash=country.hash)
    return yes(sources=law.sources, pack_hash=country.hash)


def may_answer(*, now_in: ReferralState, answer: Answer, reason: str) -> Decision:
    """An open referral takes any answer; a no comes with a reason from the list."""
    if now_in == ReferralState.ENDED:
        return no(Reason("already_ended"))
    if answer == Answer.NOT_HIRED and reason not in set(NotHiredReason):
        return no(Reason("reason_needed"))
    return yes()


def ending_of(answer: Answer) -> Ending | None:
    """The ending that an answer is, or None when it is a step on the way."""
    return ENDING_OF_ANSWER.get(answer)


def step_of(answer: Answer) -> ReferralState:
    """The state that a step leads to. Raises KeyError for an ending."""
    return STEP_OF_ANSWER[answer]


def due_after_step(*, due_at: datetime, at: datetime, extended: bool, clocks: Clocks) -> tuple[datetime, bool]:
    """A step restarts the clock once; later steps leave it running. Returns the new due time and "extended"."""
    if extended:
        return due_at, True
    return max(due_at, at + timedelta(days=clocks.extension)), True


def due_at(*, sent_at: datetime, clocks: Clocks) -> datetime:
    """When an answer is due."""
    return sent_at + timedelta(days=clocks.answer)


class ClockAct(StrEnum):
    """What the clock does to a referral."""

    NOTHING = "nothing"
    REMIND = "remind"
    RAISE_TASK = "raise_task"
    CLOSE = "close"


@dataclass(frozen=True)
class ClockFacts:
    """What the clock looks at. Times are instants."""

    state: ReferralState
    sent_at: datetime
    answer_due_at: datetime
    reminded_at: datetime | None
    task_raised_at: datetime | None
    answered: bool


def clock_act(facts: ClockFacts, *, at: datetime, clocks: Clocks) -> ClockAct:
    """The next act of the clock. It never skips: nobody is closed unanswered without a reminder and a task before.

    So a service that stood still for weeks reminds first when it wakes, and closes only later.
    """
    if facts.state == ReferralState.ENDED:
        return ClockAct.NOTHING
    started = facts.answer_due_at - timedelta(days=clocks.answer)
    if facts.reminded_at is None:
        return ClockAct.REMIND if at >= started + timedelta(days=clocks.reminder) else ClockAct.NOTHING
    if facts.task_raised_at is None:
        due = max(started + timedelta(days=clocks.task), facts.reminded_at + timedelta(days=1))
        return ClockAct.RAISE_TASK if at >= due else ClockAct.NOTHING
    due = max(facts.answer_due_at, facts.task_raised_at + timedelta(days=1))
    return ClockAct.CLOSE if at >= due else ClockAct.NOTHING


def counts_as_answer(ending: Ending) -> bool | None:
    """Does an ending count for or against the employer's answer rate? None: it says nothing about the employer."""
    if ending == Ending.WITHDRAWN:
        return None
    return ending != Ending.CLOSED_UNANSWERED


def median_days(waits: Sequence[tuple[datetime, datetime | None]], *, least: int) -> int | None:
    """The median wait from sending to the first answer, in whole days begun (at least 1). No answer is an endless wait.

    None when fewer than `least` can tell, and when the median itself has no answer.
    """
    if len(waits) < least:
        return None
    ordered = sorted((first - sent).total_seconds() if first is not None else inf for sent, first in waits)
    middle = ordered[len(ordered) // 2]
    return None if middle == inf else max(1, ceil(middle / 86_400))


def may_withdraw(*, now_in: ReferralState, reason: str) -> Decision:
    """An open referral can be taken back, for a reason from the list."""
    if now_in == ReferralState.ENDED:
        return no(Reason("already_ended"))
    if reason not in set(WithdrawnReason):
        return no(Reason("reason_needed"))
    return yes()
