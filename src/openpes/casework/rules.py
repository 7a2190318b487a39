"""What a note, a named helper, a kept list, a stand-in and a handover may be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpes.casework.states import HelperRole
from openpes.core.decisions import Decision, Reason, no, yes

LONGEST_NOTE, LONGEST_NAME = 2000, 120


def _all(*reasons: Reason | None) -> Decision:
    found = [one for one in reasons if one is not None]
    return no(*found) if found else yes()


def _words(words: str) -> Reason | None:
    if not words.strip():
        return Reason("note_words_needed")
    if len(words.strip()) > LONGEST_NOTE:
        return Reason("note_too_long", {"most": LONGEST_NOTE})
    return None


def may_note(*, words: str) -> Decision:
    """A note has words, and not more than fit."""
    return _all(_words(words))


def may_correct(*, words: str, corrected: bool) -> Decision:
    """A note is never changed: a correction is a new one. A note that was corrected already has its correction."""
    return _all(_words(words), Reason("note_corrected_already") if corrected else None)


def may_name_helper(*, name: str, role: str, since: date | None, until: date | None) -> Decision:
    """Somebody else who helps has a name and a role; they do not stop before they begin."""
    ends_early = since is not None and until is not None and until < since
    return _all(
        Reason("helper_name_needed") if not name.strip() else None,
        None if role in set(HelperRole) else Reason("unknown_helper_role"),
        Reason("helper_ends_early") if ends_early else None,
    )


def may_keep_list(*, name: str, taken: Collection[str], kept: int, most: int) -> Decision:
    """A list has a name of its own, and an account keeps only so many."""
    wanted = name.strip()
    return _all(
        Reason("list_name_needed") if not wanted else None,
        Reason("list_name_taken", {"name": wanted}) if wanted in taken else None,
        Reason("too_many_lists", {"most": most}) if kept >= most else None,
    )


def may_stand_in(
    *, first: date, last: date, on: date, most_days: int, same_person: bool, both_serve: bool, taken: bool
) -> Decision:
    """For a leave somebody else of the same office stands in, from a day to a day, not for ever, once at a time."""
    return _all(
        Reason("stand_in_is_absent") if same_person else None,
        None if both_serve else Reason("not_at_office"),
        Reason("stand_in_ends_early") if last < first else None,
        Reason("stand_in_in_past") if last < on else None,
        Reason("stand_in_too_long", {"days": most_days}) if (last - first).days + 1 > most_days else None,
        Reason("stand_in_taken") if taken else None,
    )


def may_hand_over(*, people: int, note: str, same_person: bool, serves: bool) -> Decision:
    """For good: somebody is moved, to another colleague of the office or to nobody, with a word of why."""
    return _all(
        Reason("nobody_chosen") if not people else None,
        _words(note),
        Reason("stand_in_is_absent") if same_person else None,
        None if serves else Reason("not_at_office"),
    )


@dataclass(frozen=True)
class Movable:
    """A person who could be moved from one caseload to another."""

    jobseeker_id: int
    registered_on: date
    has_plan: bool


def to_move(people: Sequence[Movable], *, number: int) -> list[int]:
    """Whom to move first: the newest, and never somebody with a plan that is under way. Keys of registrations."""
    free = [one for one in people if not one.has_plan]
    ordered = sorted(free, key=lambda one: (-one.registered_on.toordinal(), -one.jobseeker_id))
    return [one.jobseeker_id for one in ordered[: max(0, number)]]


@dataclass(frozen=True)
class Share:
    """One person who would be moved. `from_account` None: from nobody."""

    jobseeker_id: int
    from_account: int | None
    to_account: int


def shares(
    held: Mapping[int | None, Sequence[Movable]], *, desk: Collection[int], over_percent: int, most: int
) -> list[Share]:
    """Who could be moved so that caseloads even out. The rule, which the page says in the same words:

    1. Whom nobody serves (in nobody's care, or in that of somebody who has left) goes to whoever has fewest people.
    2. From a caseload more than `over_percent` over the average, the newest without a plan go to whoever has fewest,
       down to the average.

    At most `most` moves. `desk` are the accounts that serve people now.
    """
    if not desk:
        return []
    sizes = {account: len(held.get(account, ())) for account in sorted(desk)}
    found: list[Share] = []

    def give(one: int, from_account: int | None) -> None:
        to = min(sizes, key=lambda account: (sizes[account], account))
        sizes[to] += 1
        found.append(Share(one, from_account, to))

    for account in sorted(held, key=lambda key: (key is None, key or 0)):
        if account not in sizes:
            for one in sorted(held[account], key=lambda person: (person.registered_on, person.jobseeker_id)):
                give(one.jobseeker_id, account)
    average = sum(sizes.values()) / len(sizes)
    for account in sorted(sizes, key=lambda key: (-sizes[key], key)):
        if sizes[account] * 100 <= average * (100 + over_percent):
            continue
        for one_id in to_move(held.get(account, ()), number=int(sizes[account] - average)):
            if min(sizes.values()) + 1 >= sizes[account]:
                break
            sizes[account] -= 1
            give(one_id, account)
    return found[:most]
