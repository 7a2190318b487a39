"""Meetings with an employer: which times can be offered, chosen and moved, and who is said not to have come. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.referrals.states import TERM_OF_WISH, Came, InterviewState, ListWish, ReferralState

# From so many per cent of a term on, nobody is said to lack it.
ENOUGH = 70
REMIND_BEFORE = timedelta(hours=36)
BOOKED_LATELY = timedelta(hours=12)


def may_offer(
    *, now_in: ReferralState, slots: Sequence[datetime], at: datetime, most: int, ahead: timedelta
) -> Decision:
    """Times lie ahead, not too far, and are few; the introduction is open."""
    if now_in == ReferralState.ENDED:
        return no(Reason("already_ended"))
    reasons = []
    if not slots:
        reasons.append(Reason("no_time_given"))
    if len(set(slots)) > most:
        reasons.append(Reason("too_many_times", {"most": most}))
    if any(one <= at for one in slots):
        reasons.append(Reason("time_is_past"))
    if any(one > at + ahead for one in slots):
        reasons.append(Reason("time_too_far", {"days": ahead.days}))
    return no(*reasons) if reasons else yes()


def may_pick(
    *, state: InterviewState, starts_at: datetime | None, slot: datetime, slots: Sequence[datetime], at: datetime
) -> Decision:
    """One of the offered times that is still ahead; a chosen one can be moved until it begins."""
    open_now = state in {InterviewState.OFFERED, InterviewState.BOOKED}
    if not open_now or (starts_at is not None and starts_at <= at):
        return no(Reason("interview_over"))
    if slot not in slots or slot <= at:
        return no(Reason("time_not_offered"))
    return yes()


def may_say_came(*, state: InterviewState, starts_at: datetime | None, at: datetime) -> Decision:
    """Who came is said after the time, not before."""
    if starts_at is None or state == InterviewState.CANCELLED:
        return no(Reason("interview_over"))
    return yes() if at >= starts_at else no(Reason("interview_ahead"))


def reminder_is_due(*, starts_at: datetime, booked_at: datetime, reminded_at: datetime | None, at: datetime) -> bool:
    """The day before, once; not for what was chosen a moment ago, nor for what has begun."""
    if reminded_at is not None or at >= starts_at:
        return False
    return at >= starts_at - REMIND_BEFORE and at >= booked_at + BOOKED_LATELY


def gaps_of(reasons: Sequence[ListWish], shares: Mapping[str, int], *, has_licence: bool) -> tuple[ListWish, ...]:
    """Which of an employer's reasons hold for somebody. `shares`: per cent of a term's points, known terms only."""
    return tuple(
        one
        for one in reasons
        if (one == ListWish.LACKS_LICENCE and not has_licence)
        or (one in TERM_OF_WISH and shares.get(TERM_OF_WISH[one], 100) < ENOUGH)
    )


def who_missed(person: str, employer: str) -> Came | None:
    """What is known of a meeting by both words; None while nobody spoke, and where the two differ."""
    said = {one for one in (person, employer) if one}
    return Came(said.pop()) if len(said) == 1 else None
