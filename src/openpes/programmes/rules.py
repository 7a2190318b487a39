"""Who may move an application, and who has a place. Pure: the same facts give the same places, for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.programmes.states import ALLOWED_MOVES, ApplicationState

LONGEST_WORDS = 1000


def may_move(now_in: ApplicationState, to: ApplicationState) -> Decision:
    """Only along the table of moves."""
    return yes() if to in ALLOWED_MOVES[now_in] else no(Reason("not_from_here", {"state": now_in.value}))


def may_second(first: int | None, second: int | None) -> Decision:
    """Two people: whoever wrote, submitted or entered it does not also approve or confirm it."""
    if second is None:
        return no(Reason("named_officer_needed"))
    return no(Reason("two_people")) if first == second else yes()


@dataclass(frozen=True)
class ApplyFacts:
    """What is known when somebody applies. Days are the country's."""

    on: date
    apply_from: date
    apply_until: date
    in_force: bool
    eligible: bool | None
    has_open_one: bool


def may_apply(facts: ApplyFacts) -> Decision:
    """A plain no of a checked rule stops an application; what is not known never does."""
    reasons = []
    if not facts.in_force:
        reasons.append(Reason("not_in_force"))
    if facts.on < facts.apply_from:
        reasons.append(Reason("not_open_yet"))
    if facts.on > facts.apply_until:
        reasons.append(Reason("applications_ended"))
    if facts.has_open_one:
        reasons.append(Reason("applied_already"))
    if facts.eligible is False:
        reasons.append(Reason("not_eligible"))
    return no(*reasons) if reasons else yes()


def missing_documents(needed: Iterable[str], received: Iterable[str]) -> tuple[str, ...]:
    """Documents of the list that are not in yet, in the list's order."""
    held = set(received)
    return tuple(one for one in needed if one not in held)


@dataclass(frozen=True)
class Line:
    """One application in the queue: its key, its instant, its declared groups, and its ticket in a draw."""

    key: int
    at: datetime
    groups: frozenset[str] = frozenset()
    ticket: str = ""
    score: int = 0


def priority_score(groups: Iterable[str], points: Mapping[str, int]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """The sum of the published points, and which groups gave them. Groups are declared, with consent, for this use."""
    given = tuple((code, points[code]) for code in sorted(set(groups)) if code in points)
    return sum(one for _code, one in given), given


def by_instant(lines: Iterable[Line]) -> list[Line]:
    """First come: the instant, and the key where two are equal."""
    return sorted(lines, key=lambda one: (one.at, one.key))


def by_score(lines: Iterable[Line]) -> list[Line]:
    """Most points first; the earlier of two equals."""
    return sorted(lines, key=lambda one: (-one.score, one.at, one.key))


def drawn_then_reserve(lines: Iterable[Line], value: str) -> list[Line]:
    """The drawn tickets in their order, and behind them whoever was agreed to after the list was closed, by instant."""
    held = list(lines)
    return by_draw((one for one in held if one.ticket), value) + by_instant(one for one in held if not one.ticket)


def draw_number(value: str, ticket: str) -> str:
    """SHA-256 of the public value, a colon and the ticket, in hexadecimal. The smallest is first."""
    return hashlib.sha256(f"{value}:{ticket}".encode()).hexdigest()


def by_draw(lines: Iterable[Line], value: str) -> list[Line]:
    """The order of a draw: nothing but the public value and the ticket decides."""
    return sorted(lines, key=lambda one: draw_number(value, one.ticket))


@dataclass(frozen=True)
class Place:
    """One place given: to whom, and under which quota ("" for none)."""

    key: int
    quota: str = ""


def allocate(ordered: Sequence[Line], *, free: int, quotas: Sequence[tuple[str, int]]) -> list[Place]:
    """Give the free places: first what each quota still lacks, in the quotas' order, then the rest in line's order.

    A quota that nobody fills leaves its places to the others: no place stays empty while somebody waits.
    """
    places: list[Place] = []
    placed: set[int] = set()
    for code, lacking in quotas:
        hits = [one for one in ordered if code in one.groups and one.key not in placed]
        for one in hits[: max(0, min(lacking, free - len(places)))]:
            places.append(Place(one.key, code))
            placed.add(one.key)
    rest = [one for one in ordered if one.key not in placed]
    places += [Place(one.key) for one in rest[: max(0, free - len(places))]]
    return places


def told_apart(
    lines: Iterable[Line], quotas: Mapping[str, int], *, least: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Quotas whose groups are large enough to be marked on a public list, and the others.

    Where fewer than `least` people of a group stand on the list, the mark would tell who somebody is. Their kept
    places are given before the draw, to those who applied first, and the list does not name the group.
    """
    number = {code: 0 for code in quotas}
    for one in lines:
        for code in one.groups & number.keys():
            number[code] += 1
    large = {code: wanted for code, wanted in quotas.items() if number[code] >= least}
    return large, {code: wanted for code, wanted in quotas.items() if code not in large and number[code]}


def lacking(quotas: Mapping[str, int], held: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many places each quota still lacks, by code: stored quotas have no order of their own."""
    return [(code, wanted - held.get(code, 0)) for code, wanted in sorted(quotas.items()) if wanted > held.get(code, 0)]


def affordable(*, budget: Decimal, above: Decimal, committed: Decimal, cost: Decimal) -> int | None:
    """How many more places the money pays; None where a place costs nothing. `above` is a named override."""
    if cost <= 0:
        return None
    return max(0, int((budget + above - committed) // cost))


def frozen_list(lines: Iterable[Line], quota_codes: Sequence[str]) -> str:
    """The list of a draw as text: a line a ticket, in the tickets' order, with the quotas that it counts for."""
    rows = []
    for one in sorted(lines, key=lambda row: row.ticket):
        rows.append(f"{one.ticket}\t{','.join(code for code in quota_codes if code in one.groups)}")
    return "".join(f"{row}\n" for row in rows)


def list_hash(text: str) -> str:
    """SHA-256 of the frozen list, as published before the value is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def may_enter_value(*, value: str, read_at: datetime, at: datetime) -> Decision:
    """The value is read from the named source, at or after the named instant."""
    if at < read_at:
        return no(Reason("value_not_yet"))
    return yes() if value.strip() else no(Reason("value_needed"))


def may_freeze(*, waiting: int, source: str, read_at: datetime, at: datetime, drawn_before: bool) -> Decision:
    """The source and its instant are named while the value cannot be known yet; a cycle is drawn once."""
    if drawn_before:
        return no(Reason("frozen_already"))
    if not waiting:
        return no(Reason("nobody_waits"))
    if not source.strip():
        return no(Reason("source_needed"))
    return yes() if read_at > at else no(Reason("moment_must_be_later"))
