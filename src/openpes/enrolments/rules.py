"""Who may enrol, what counts as completed, what a stipend comes to, who is drawn for a look. Pure."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.enrolments.states import ClaimState, ControlWhy, EnrolmentState, ListState, PayState

LONGEST_SPAN = timedelta(days=31)
FOLLOW_UP_MONTHS = (3, 6, 12)
CENT = Decimal("0.01")


def two_people(first: int | None, second: int | None) -> Decision:
    """Whoever did the first step does not also do the second; both are named."""
    if second is None:
        return no(Reason("named_officer_needed"))
    return no(Reason("two_people")) if first == second else yes()


def may_end(state: EnrolmentState) -> Decision:
    """Only somebody who is enrolled completes or leaves."""
    return yes() if state == EnrolmentState.ENROLLED else no(Reason("ended_already"))


def may_hold_session(*, starts_at: datetime, ends_at: datetime, first: date, after: date, on: date) -> Decision:
    """A session lies within the days of its round (`on`: its day in the country) and lasts at most a day."""
    if ends_at <= starts_at or ends_at - starts_at > timedelta(hours=24):
        return no(Reason("ends_before_start"))
    return yes() if first <= on < after else no(Reason("outside_the_round"))


def may_note(*, cycle: int, of_session: int, state: EnrolmentState) -> Decision:
    """Somebody of another round is not of this session. Whoever ended may still be noted for what was before."""
    if cycle != of_session:
        return no(Reason("other_round"))
    return no(Reason("ended_already")) if state == EnrolmentState.LEFT else yes()


def has_completed(*, present: int, held: int, percent: int) -> bool:
    """Minutes present against minutes held; without any session nobody has completed."""
    return held > 0 and present * 100 >= held * percent


def may_complete(*, state: EnrolmentState, present: int, held: int, percent: int) -> Decision:
    """The rule of the programme, told with its numbers."""
    if state != EnrolmentState.ENROLLED:
        return no(Reason("ended_already"))
    if not has_completed(present=present, held=held, percent=percent):
        return no(Reason("hours_missing", {"present": present // 60, "held": held // 60, "percent": percent}))
    return yes()


def may_list(*, starts_on: date, ends_before: date, overlapping: bool, amount: Decimal | None) -> Decision:
    """A list spans at most a month, pays no day twice, and needs a stipend in the programme."""
    if ends_before <= starts_on:
        return no(Reason("ends_before_start"))
    if ends_before - starts_on > LONGEST_SPAN:
        return no(Reason("span_too_long"))
    if overlapping:
        return no(Reason("days_listed_already"))
    return yes() if amount else no(Reason("no_stipend"))


def stipend_for(*, monthly: Decimal, days_present: int, days_held: int, starts_on: date, ends_before: date) -> Decimal:
    """The month's stipend, by the share of the month in the span and the share of its session days attended."""
    if not days_held:
        return Decimal(0)
    in_month = monthrange(starts_on.year, starts_on.month)[1]
    span = min((ends_before - starts_on).days, in_month)
    amount = monthly * span / in_month * min(days_present, days_held) / days_held
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


PAYS: Mapping[PayState, frozenset[PayState]] = {
    PayState.DUE: frozenset({PayState.PAID, PayState.RETURNED}),
    PayState.PAID: frozenset({PayState.RETURNED}),
    PayState.RETURNED: frozenset({PayState.PAID}),
}


def may_pay(*, released: ListState, now_in: PayState, to: PayState, account: str) -> Decision:
    """Nothing is paid before a second person released the list, and nothing to nowhere."""
    if released != ListState.RELEASED:
        return no(Reason("not_released"))
    if to not in PAYS[now_in]:
        return no(Reason("not_from_here"))
    return no(Reason("account_needed")) if to == PayState.PAID and not account.strip() else yes()


def may_decide_claim(*, state: ClaimState, to: ClaimState, placement: bool | None, why: str) -> Decision:
    """Agreed only where the ledger holds the work; refused only with words. The worker's word is a flag, no bar."""
    steps = {ClaimState.FILED: {ClaimState.AGREED, ClaimState.REFUSED}, ClaimState.AGREED: {ClaimState.PAID}}
    if to not in steps.get(state, set()):
        return no(Reason("not_from_here"))
    if to == ClaimState.AGREED and placement is not True:
        return no(Reason("placement_not_found"))
    return no(Reason("words_needed")) if to == ClaimState.REFUSED and not why.strip() else yes()


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month stands for a missing one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Drawn:
    """Somebody in the sample, and why."""

    key: int
    because: ControlWhy


def draw_controls(
    keys: Iterable[int], *, flags: Mapping[int, int], seed: str, chance_percent: int, risk_percent: int
) -> list[Drawn]:
    """By chance first, from everybody alike; then those with most flags of the rest. The same seed, the same sample."""

    def order(key: int) -> str:
        return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()

    ordered = sorted(set(keys), key=order)
    by_chance = ordered[: _share(len(ordered), chance_percent)]
    taken = set(by_chance)
    risky = [key for key in ordered if key not in taken and flags.get(key, 0)]
    risky.sort(key=lambda key: (-flags[key], order(key)))
    by_risk = risky[: _share(len(ordered), risk_percent)]
    return [Drawn(key, ControlWhy.CHANCE) for key in by_chance] + [Drawn(key, ControlWhy.RISK) for key in by_risk]


def _share(number: int, percent: int) -> int:
    """A share rounded up, so that a small round has somebody in it."""
    return -(-number * percent // 100)


def initials(name: str) -> str:
    """A name as its first letters: enough to compare with a paper, too little to learn one."""
    return " ".join(f"{part[0]}." for part in name.split() if part)


def middle(values: Sequence[int]) -> int | None:
    """The middle of whole numbers, the lower of two; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
