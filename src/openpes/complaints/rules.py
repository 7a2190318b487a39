"""Who may own and answer a complaint, by when, and when an advert is held. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from openpes.complaints.states import (
    ALLOWED_MOVES,
    FOR_THE_INSPECTORATE,
    HOLDS_AN_ADVERT,
    ComplaintKind,
    ComplaintState,
    Danger,
)
from openpes.core.decisions import Decision, Reason, no, yes

LONGEST_WORDS = 2000
SHORTEST_ANSWER = 10
UNCONNECTED_REPORTS = 2
"""So many reports by people the service does not know hold an advert; one by somebody it knows is enough."""


@dataclass(frozen=True)
class MakeFacts:
    """What is told when a complaint is made."""

    kind: str
    words: str
    danger: str


def may_make(facts: MakeFacts) -> Decision:
    """Anybody may complain about anything; it only needs a kind and some words."""
    reasons = []
    if facts.kind not in set(ComplaintKind):
        reasons.append(Reason("kind_needed"))
    if not facts.words.strip():
        reasons.append(Reason("words_needed"))
    elif len(facts.words) > LONGEST_WORDS:
        reasons.append(Reason("words_too_long", {"most": LONGEST_WORDS}))
    if facts.danger not in set(Danger):
        reasons.append(Reason("danger_needed"))
    return no(*reasons) if reasons else yes()


def due_on(*, kind: ComplaintKind, danger: Danger, on: date, days: Mapping[str, int]) -> date:
    """The day by which the person has an answer. Danger now is looked at the same day, whatever the kind."""
    if danger == Danger.NOW:
        return on
    return on + timedelta(days=days[kind])


@dataclass(frozen=True)
class OwnerFacts:
    """Who would own or answer it. Accounts are keys."""

    account: int | None
    complained_about: int | None
    answered_before: int | None
    made_by: int | None


def may_own(facts: OwnerFacts) -> Decision:
    """Never the one it is about, nor, for the second look, the one who gave the first answer."""
    if facts.account is None:
        return no(Reason("named_officer_needed"))
    if facts.account == facts.complained_about:
        return no(Reason("not_about_oneself"))
    if facts.account == facts.answered_before:
        return no(Reason("second_look_by_another"))
    return yes()


def may_move(now_in: ComplaintState, to: ComplaintState) -> Decision:
    """Only along the table of moves."""
    return yes() if to in ALLOWED_MOVES[now_in] else no(Reason("not_from_here", {"state": now_in.value}))


def may_answer(*, now_in: ComplaintState, answer: str, owner: OwnerFacts) -> Decision:
    """A named person answers in words that say something."""
    reasons = [*may_move(now_in, ComplaintState.ANSWERED).reasons, *may_own(owner).reasons]
    if len(answer.strip()) < SHORTEST_ANSWER:
        reasons.append(Reason("answer_needed"))
    return no(*reasons) if reasons else yes()


def may_hand_off(*, kind: ComplaintKind, person_agrees: bool, is_open: bool) -> Decision:
    """The inspectorate gets what is its business, and a name only when the person agreed to pass it on."""
    reasons = []
    if kind not in FOR_THE_INSPECTORATE:
        reasons.append(Reason("not_for_the_inspectorate"))
    if not person_agrees:
        reasons.append(Reason("agreement_needed"))
    if not is_open:
        reasons.append(Reason("already_ended"))
    return no(*reasons) if reasons else yes()


def holds_advert(*, kind: ComplaintKind, is_known: bool, reports: int) -> bool:
    """Is the advert taken from the public until a person has looked? `reports`: of unknown people, with this one."""
    return kind in HOLDS_AN_ADVERT and (is_known or reports >= UNCONNECTED_REPORTS)


def is_overdue(*, due: date, is_open: bool, on: date) -> bool:
    """Past its day without an answer."""
    return is_open and on > due
