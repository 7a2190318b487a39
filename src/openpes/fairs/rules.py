"""When a fair can be planned, joined and worked at, and what its report counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.fairs.states import FairState

DOORS_OPEN = timedelta(hours=2)
LONGEST = timedelta(days=3)


def may_plan(*, starts_at: datetime, ends_at: datetime, at: datetime) -> Decision:
    """A fair lies ahead, ends after it begins, and does not last for ever."""
    reasons = []
    if starts_at <= at:
        reasons.append(Reason("fair_in_the_past"))
    if not starts_at < ends_at <= starts_at + LONGEST:
        reasons.append(Reason("fair_length"))
    return no(*reasons) if reasons else yes()


def may_sign_up(*, state: FairState, ends_at: datetime, at: datetime) -> Decision:
    """Until the fair is over, also on the day itself."""
    if state == FairState.CALLED_OFF:
        return no(Reason("fair_called_off"))
    return yes() if at < ends_at else no(Reason("fair_over"))


def may_work_at(*, state: FairState, starts_at: datetime, ends_at: datetime, at: datetime) -> Decision:
    """Check-in and offers belong to the fair's own hours, with some time before the doors open and after they close."""
    if state == FairState.CALLED_OFF:
        return no(Reason("fair_called_off"))
    if at < starts_at - DOORS_OPEN:
        return no(Reason("fair_ahead"))
    return yes() if at <= ends_at + DOORS_OPEN else no(Reason("fair_over"))


def slot_times(*, starts_at: datetime, ends_at: datetime, minutes: int) -> list[datetime]:
    """The beginnings of the meeting times of one stand."""
    step, times, now = timedelta(minutes=max(5, minutes)), [], starts_at
    while now + step <= ends_at:
        times.append(now)
        now += step
    return times


@dataclass(frozen=True)
class FairCounts:
    """What a fair came to. `hired` are hires that the employer confirmed later; an offer alone is no hire."""

    signed_up: int
    came: int
    met: int
    offers: int
    waiting: int
    hired: int


def count_offers(endings: Iterable[str]) -> tuple[int, int, int]:
    """(offers, still without an answer, confirmed as hired) from how each offer's introduction ended ("" is open)."""
    found = list(endings)
    return len(found), sum(not one for one in found), sum(one == "hired" for one in found)
