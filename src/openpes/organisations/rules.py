"""What may happen to an employer, and who may decide it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.organisations.states import (
    ALLOWED_MOVES,
    AgencyKind,
    AgencyStatus,
    BusinessStatus,
    EmployerState,
    Licence,
    RegisterWord,
    SizeBand,
)


def may_move_employer(
    *, now_in: EmployerState, to: EmployerState, note: str, until: date | None = None, on: date | None = None
) -> Decision:
    """An employer moves along the table of moves; a refusal or suspension needs a note that can be told.

    `until` is the first day on which a suspension no longer holds; it lies after the day `on` of the decision.
    """
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("employer_move", {"from": now_in.value, "to": to.value}))
    if to in {EmployerState.REFUSED, EmployerState.SUSPENDED} and not note.strip():
        return no(Reason("note_needed"))
    if until is not None and (to != EmployerState.SUSPENDED or (on is not None and until <= on)):
        return no(Reason("until_has_passed"))
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


NEAR_NAME, WITHIN, FEWEST_WORDS = 85, 90.0, 2


@dataclass(frozen=True)
class Listed:
    """A line of the business register as it is compared."""

    name_key: str
    number_key: str
    status: BusinessStatus


def name_likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 100, whatever the order of their words.

    A name of two words or more that stands whole in the other one, beside a "Corporation" for instance, is near it.
    """
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    value = float(fuzz.token_sort_ratio(one, other))
    return max(value, WITHIN) if len(short) >= FEWEST_WORDS and short < long else value


def word_of_register(*, name_key: str, number_key: str, lines: list[Listed]) -> RegisterWord:
    """What the register says of a name and a number. `lines` are those with this number or a name alike.

    The number counts first: the same number under another name is a warning, not a match.
    """
    numbered = [one for one in lines if number_key and one.number_key == number_key]
    if numbered:
        best = max(numbered, key=lambda one: name_likeness(one.name_key, name_key))
        likeness = name_likeness(best.name_key, name_key)
        if likeness < NEAR_NAME:
            return RegisterWord.OTHER_NAME
        if best.status != BusinessStatus.ACTIVE:
            return RegisterWord.NOT_GOOD
        return RegisterWord.MATCH if best.name_key == name_key else RegisterWord.NEAR
    named = [one for one in lines if name_likeness(one.name_key, name_key) >= NEAR_NAME]
    if not named:
        return RegisterWord.NOT_LISTED
    if all(one.status != BusinessStatus.ACTIVE for one in named):
        return RegisterWord.NOT_GOOD
    return RegisterWord.NEAR


def may_change_firm(*, now_in: EmployerState, changes_who: bool) -> Decision:
    """A suspended firm keeps its name and number: a new name is no way out of a suspension."""
    if changes_who and now_in == EmployerState.SUSPENDED:
        return no(Reason("suspended_keeps_name"))
    return yes()


def may_prove(*, sent_at: datetime, tries: int, at: datetime, lives: timedelta, most_tries: int) -> Decision:
    """A code holds for a short while, and for a few tries."""
    if at - sent_at > lives or tries >= most_tries:
        return no(Reason("code_over"))
    return yes()


@dataclass(frozen=True)
class VisitRule:
    """The policy on visits: days after a firm was checked, days between visits, and the share of answers that asks
    for one earlier.
    """

    new_within: int
    every: int
    low_share: float


@dataclass(frozen=True)
class VisitFacts:
    """What the rule looks at. `agreed`: the day that somebody wrote down for the next visit."""

    checked_on: date | None
    last_contact: date | None
    agreed: date | None
    answer_share: float | None


def visit_due(facts: VisitFacts, rule: VisitRule) -> date | None:
    """The day on which a firm is due a visit or a call; None for one that nobody has checked.

    A day that was agreed counts. Else a new firm is met soon, one that answers too little in half the usual time.
    """
    if facts.agreed is not None and (facts.last_contact is None or facts.agreed > facts.last_contact):
        return facts.agreed
    if facts.checked_on is None:
        return None
    if facts.last_contact is None:
        return facts.checked_on + timedelta(days=rule.new_within)
    is_low = facts.answer_share is not None and facts.answer_share < rule.low_share
    return facts.last_contact + timedelta(days=rule.every // 2 if is_low else rule.every)
