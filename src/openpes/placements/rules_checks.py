"""When both sides are asked after a hire, and what their answers say together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.placements.states import CheckState, EvidenceGrade, Kept, LeavingReason, OutcomeKind, Side


@dataclass(frozen=True)
class CheckDays:
    """The country's days: on which days after the start is asked; then remind, call and close, after the asking."""

    days: tuple[int, ...]
    remind: int
    call: int
    close: int


def check_plan(*, kind: OutcomeKind, starts_on: date, on: date, days: CheckDays) -> list[tuple[int, date]]:
    """(day, date) of the checks of work with somebody else. What was due too long ago is not asked any more."""
    if kind not in {OutcomeKind.JOB, OutcomeKind.APPRENTICESHIP}:
        return []
    plan = [(day, starts_on + timedelta(days=day)) for day in days.days]
    return [(day, due) for day, due in plan if due >= on - timedelta(days=days.close)]


def kept(words: Mapping[Side, bool]) -> Kept:
    """What the last word of each side says together. Silence says nothing."""
    said = set(words.values())
    if not said:
        return Kept.UNKNOWN
    if len(said) > 1:
        return Kept.CONFLICT
    return Kept.YES if said == {True} else Kept.NO


def is_contested(words: Iterable[tuple[EvidenceGrade, bool]]) -> bool:
    """Is a hire disputed? The last word of each side counts; a register that confirms it settles the dispute."""
    last = dict(words)
    if last.get(EvidenceGrade.CONFIRMED_BY_REGISTER):
        return False
    return not all(last.values())


def never_began(words: Iterable[tuple[EvidenceGrade, bool]], *, asked: Iterable[EvidenceGrade]) -> bool:
    """Does everybody who can be asked say, by their last word, that the work never began? A register can say it did."""
    last = dict(words)
    return not any(last.values()) and all(last.get(one) is False for one in asked)


def says_it_began(*, works_there: bool, reason: LeavingReason | None, left_on: date | None) -> bool:
    """Who left for a reason, or on a day, had begun. A bare no, and "never began", say that it did not begin."""
    if works_there:
        return True
    return reason not in {None, LeavingReason.NEVER_BEGAN} or (reason is None and left_on is not None)


def may_answer_check(*, state: CheckState, due_on: date, on: date) -> Decision:
    """A check is answered from its day on, also late; never before."""
    if state == CheckState.NOT_NEEDED:
        return no(Reason("check_not_needed"))
    return yes() if on >= due_on else no(Reason("check_too_early"))


class CheckAct(StrEnum):
    """What the clock does to a check."""

    NOTHING = "nothing"
    ASK = "ask"
    REMIND = "remind"
    CLOSE = "close"


def check_act(
    *,
    state: CheckState,
    due_on: date,
    asked_at: datetime | None,
    reminded_at: datetime | None,
    at: datetime,
    on: date,
    days: CheckDays,
) -> CheckAct:
    """The next act of the clock. Nobody is reminded before they were asked; the end comes last."""
    if state == CheckState.WAITING:
        return CheckAct.ASK if on >= due_on else CheckAct.NOTHING
    if state != CheckState.ASKED or asked_at is None:
        return CheckAct.NOTHING
    if reminded_at is None and at >= asked_at + timedelta(days=days.remind):
        return CheckAct.REMIND
    return CheckAct.CLOSE if at >= asked_at + timedelta(days=days.close) else CheckAct.NOTHING


@dataclass(frozen=True)
class Retention:
    """Of the hires whose check was due: still there by each evidence, gone, disputed, unknown. They add up to `due`."""

    due: int
    by_both: int
    by_employer: int
    by_person: int
    gone: int
    disputed: int
    unknown: int


def retention(cohort: Sequence[Mapping[Side, bool]]) -> Retention:
    """Count a cohort: the last words of each hire at one check. Unknown is shown, never guessed."""
    found = dict.fromkeys(("by_both", "by_employer", "by_person", "gone", "disputed", "unknown"), 0)
    for words in cohort:
        what = kept(words)
        if what == Kept.YES:
            name = "by_both" if len(words) == len(Side) else f"by_{'person' if Side.WORKER in words else 'employer'}"
        else:
            name = {Kept.NO: "gone", Kept.CONFLICT: "disputed", Kept.UNKNOWN: "unknown"}[what]
        found[name] += 1
    return Retention(len(cohort), **found)
