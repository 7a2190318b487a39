"""When two people may be one, and who makes them one. Pure: takes facts, gives reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.people.names import likeness
from openpes.people.states import MergeState, PhoneOwner, ReasonToLookAlike

ALIKE = 88
ALIKE_ON_ONE_PHONE = 80


@dataclass(frozen=True)
class Likeness:
    """The facts of one person that are compared. `phones` are E.164 numbers."""

    name_key: str
    born_on: date | None
    phones: frozenset[str]
    national_number_hash: str = ""


def reasons_to_look_alike(one: Likeness, other: Likeness) -> tuple[ReasonToLookAlike, ...]:
    """Why two records may be the same human being; empty when nothing suggests it.

    A shared phone alone says nothing: families share phones. A name alone says nothing: names repeat.
    """
    reasons = []
    if one.national_number_hash and one.national_number_hash == other.national_number_hash:
        reasons.append(ReasonToLookAlike.SAME_NUMBER)
    alike = likeness(one.name_key, other.name_key)
    if one.born_on is not None and one.born_on == other.born_on:
        if one.name_key == other.name_key and one.name_key:
            reasons.append(ReasonToLookAlike.SAME_NAME_AND_BIRTH)
        elif alike >= ALIKE:
            reasons.append(ReasonToLookAlike.LIKE_NAME_AND_BIRTH)
    births_agree = one.born_on is None or other.born_on is None or one.born_on == other.born_on
    if alike >= ALIKE_ON_ONE_PHONE and one.phones & other.phones and births_agree:
        reasons.append(ReasonToLookAlike.LIKE_NAME_AND_PHONE)
    return tuple(reasons)


def may_decide_merge(*, state: MergeState, proposed_by: int | None, decided_by: int | None) -> Decision:
    """Two records become one on the word of two people: whoever proposed it does not also agree."""
    if state != MergeState.PROPOSED:
        return no(Reason("merge_decided"))
    if decided_by is None or proposed_by == decided_by:
        return no(Reason("merge_needs_second"))
    return yes()


def may_undo_merge(*, state: MergeState, changed_since: Sequence[str]) -> Decision:
    """A merge goes back as long as the values that it took over stand: what was corrected since must not be lost."""
    if state != MergeState.DONE:
        return no(Reason("merge_not_done"))
    if changed_since:
        return no(Reason("merge_changed_since"))
    return yes()


FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 4, timedelta(minutes=1), timedelta(hours=1)
TRIES_FORGOTTEN_AFTER = timedelta(days=1)


def wait_after(wrong: int) -> timedelta:
    """How long nobody may try again after so many wrong tries in a row: nothing at first, then ever longer."""
    if wrong <= FREE_TRIES:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(wrong - FREE_TRIES - 1, 10))


def wrong_tries_now(wrong: int, *, last_at: datetime, at: datetime) -> int:
    """The wrong tries that still count: after a quiet day none does."""
    return 0 if at - last_at >= TRIES_FORGOTTEN_AFTER else wrong


CODE_LASTS, CODE_TRIES, CODE_AGAIN_AFTER = timedelta(minutes=15), 5, timedelta(minutes=1)


def code_still_counts(*, sent_at: datetime | None, tries: int, at: datetime) -> bool:
    """May a code that was texted to a phone still be entered?"""
    return sent_at is not None and tries < CODE_TRIES and sent_at <= at < sent_at + CODE_LASTS


def loses_number(owner: PhoneOwner) -> bool:
    """Somebody else proved this number: does whoever gave it earlier lose it? Who shares a phone does not."""
    return owner == PhoneOwner.OWN
