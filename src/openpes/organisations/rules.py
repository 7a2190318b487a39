"""What may happen to an employer, and who may decide it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.organisations.states import ALLOWED_MOVES, AgencyKind, AgencyStatus, EmployerState, Licence, SizeBand


def may_move_employer(*, now_in: EmployerState, to: EmployerState, note: str) -> Decision:
    """An employer moves along the table of moves; a refusal or suspension needs a note that can be told."""
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("employer_move", {"from": now_in.value, "to": to.value}))
    if to in {EmployerState.REFUSED, EmployerState.SUSPENDED} and not note.strip():
        return no(Reason("note_needed"))
    return yes()


def may_pause(*, now_in: EmployerState, silent_in_a_row: int, after: int) -> Decision:
    """A firm in good standing that left so many introductions in a row without any answer is paused by rule."""
    if now_in != EmployerState.VERIFIED:
        return no(Reason("employer_move", {"from": now_in.value, "to": EmployerState.PAUSED.value}))
    if silent_in_a_row < after:
        return no(Reason("not_silent", {"number": silent_in_a_row, "after": after}))
    return yes()


def may_appeal(*, now_in: EmployerState, has_open_appeal: bool) -> Decision:
    """Whoever was refused, suspended or paused may appeal, once at a time."""
    if now_in not in {EmployerState.REFUSED, EmployerState.SUSPENDED, EmployerState.PAUSED}:
        return no(Reason("nothing_to_appeal"))
    return no(Reason("appeal_waits")) if has_open_appeal else yes()


def answer_rate(*, introductions: int, answers: int) -> float | None:
    """The share of ended introductions that the employer answered; None before the third (too few to say)."""
    return answers / introductions if introductions >= 3 else None


@dataclass(frozen=True)
class LicenceFacts:
    """A line of the register. `valid_before` is the first day on which it no longer holds; None: no day is known."""

    kind: AgencyKind
    status: AgencyStatus
    valid_from: date | None
    valid_before: date | None


def licence_on(facts: LicenceFacts, on: date, *, wanted: AgencyKind | None = None) -> Licence:
    """What a line of the register is worth on a day, for placing people where `wanted` says (None: anywhere).

    An end that the list does not give is not taken for an endless licence: it is unknown.
    """
    if facts.status == AgencyStatus.CANCELLED:
        return Licence.CANCELLED
    if facts.status == AgencyStatus.SUSPENDED:
        return Licence.SUSPENDED
    if wanted is not None and facts.kind not in {wanted, AgencyKind.BOTH}:
        return Licence.OTHER_KIND
    if facts.valid_from is not None and on < facts.valid_from:
        return Licence.NOT_YET
    if facts.valid_before is None:
        return Licence.UNKNOWN
    return Licence.LIVE if on < facts.valid_before else Licence.EXPIRED


_LEAST_STAFF = {
    SizeBand.ONE_TO_FOUR: 1,
    SizeBand.FIVE_TO_NINE: 5,
    SizeBand.TEN_TO_FORTY_NINE: 10,
    SizeBand.FIFTY_TO_249: 50,
    SizeBand.FROM_250: 250,
}


def least_staff(band: SizeBand) -> int | None:
    """How many people a firm of this size has at least; None when it did not say."""
    return _LEAST_STAFF.get(band)
