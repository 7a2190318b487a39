"""Sharing out: one vacancy a person, or short lists that do not all name the same vacancies.

Both choose among pairs that were matched (edges), so no constraint is ever bent, and both prove how near the best
possible total they came.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching import auction, compiling
from openpes_matching.policy import TOP_SCORE

CLOSED = TOP_SCORE + 1
"""Price of a vacancy without places: no score can pay it."""
SLOW_EDGES = 50_000
"""Fewer edges than this are not worth compiling for."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """chosen: (m,) bool by edge as given. total: sum of chosen scores. bound: proven, no choice can total more.
    price: (vacancies,) in score points, how contested each vacancy is; 65,281 where there are no places. bids: work
    done."""

    chosen: NDArray[np.bool_]
    total: int
    bound: int
    price: NDArray[np.int64]
    bids: int

    @property
    def gap(self) -> float:
        """Share of the bound that is missing: the best total is at most this much higher."""
        return (self.bound - self.total) / self.bound if self.bound else 0.0


def allocate(
    person: NDArray[np.integer],
    vacancy: NDArray[np.integer],
    score: NDArray[np.integer],
    places: NDArray[np.integer],
    *,
    people: int | None = None,
    within: float = 0.001,
) -> Allocation:
    """At most one vacancy a person and places[v] people a vacancy, with a total score within `within` of the best.

    person, vacancy, score: (m,) edges, each pair at most once, 0 <= score <= 65,280; vacancy numbers index places.
    people: how many people there are (default: the largest number + 1). Same input, same result on every machine.
    Raises ValueError for edges out of range.
    """
    count = people if people is not None else (int(np.max(person)) + 1 if len(person) else 0)
    return _share_out(person, vacancy, score, np.ones(count, np.int64), np.asarray(places, np.int64), within)


def capped_lists(
    person: NDArray[np.integer],
    vacancy: NDArray[np.integer],
    score: NDArray[np.integer],
    cap: NDArray[np.integer],
    *,
    people: int | None = None,
    length: int = 10,
    within: float = 0.005,
    tolerance: float = 0.16,
) -> Allocation:
    """Lists of at most `length` vacancies a person in which vacancy v is named at most cap[v] times.

    Give more edges than `length` a person (the best 50, say), so that people can be shown the next best. tolerance:
    nobody is shown a vacancy whose score is more than this share below that of the last on the person's own uncapped
    list.
    """
    person, vacancy, score = np.asarray(person), np.asarray(vacancy), np.asarray(score)
    near = score >= _last_listed(person, score, length) * (1 - tolerance)
    count = people if people is not None else (int(np.max(person)) + 1 if len(person) else 0)
    wanted = np.full(count, length, np.int64)
    made = _share_out(person[near], vacancy[near], score[near], wanted, np.asarray(cap, np.int64), within)
    chosen = np.zeros(len(person), np.bool_)
    chosen[near] = made.chosen
    return replace(made, chosen=chosen)


def _last_listed(person: NDArray[np.integer], score: NDArray[np.integer], length: int) -> NDArray[np.int64]:
    """(m,) by edge, the score of the last vacancy on that person's list if nothing were capped."""
    if not len(person):
        return np.zeros(0, np.int64)
    order = _by_person_and_score(person, score)
    who, what = (person, score) if order is None else (person[order], score[order])
    first = np.flatnonzero(np.concatenate([[True], who[1:] != who[:-1]]))
    counts = np.diff(np.concatenate([first, [len(who)]]))
    by_person = np.zeros(int(who[-1]) + 1, np.int64)
    by_person[who[first]] = what[first + np.minimum(counts, length) - 1]
    return by_person[person]


def _share_out(
    person: NDArray[np.integer],
    vacancy: NDArray[np.integer],
    score: NDArray[np.integer],
    wanted: NDArray[np.int64],
    places: NDArray[np.int64],
    within: float,
) -> Allocation:
    person, vacancy, score = np.asarray(person), np.asarray(vacancy), np.asarray(score)
    if not 0 < within < 1:
        raise ValueError(f"within must lie between 0 and 1, not {within}")
    _check(person, vacancy, score, wanted, places)
    order = _by_person_and_score(person, score)
    if order is not None:
        person, vacancy, score = person[order], vacancy[order], score[order]
    start = np.zeros(len(wanted) + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=len(wanted)), out=start[1:])
    edges = (start, np.ascontiguousarray(vacancy, np.int32), np.ascontiguousarray(score, np.int32))
    epsilon = max(1, int(1.5 * within * TOP_SCORE))
    while True:
        held, price, bids = _run(edges, wanted, places, epsilon)
        longest = int(wanted.max()) if len(wanted) else 0
        prove = compiling.compiled(auction.proven_bound, len(person) > SLOW_EDGES)
        bound = int(prove(*edges, wanted, places, price, np.zeros(longest + 1, np.int64)))
        total = int(score[held].sum())
        if epsilon == 1 or bound - total <= within * bound:
            break
        epsilon = max(1, epsilon // 2)
    chosen = held
    if order is not None:
        chosen = np.zeros(len(held), np.bool_)
        chosen[order[held]] = True
    return Allocation(chosen, total, bound, price, bids)


def _run(edges: Any, wanted: NDArray[np.int64], places: NDArray[np.int64], epsilon: int) -> tuple[Any, Any, int]:
    first_place = np.concatenate([np.zeros(1, np.int64), np.cumsum(places)])
    held = np.zeros(len(edges[1]), np.uint8)
    price = np.where(places == 0, CLOSED, 0).astype(np.int64)
    bid = np.zeros(int(first_place[-1]), np.int64)
    holder = np.zeros(int(first_place[-1]), np.int64)
    filled = np.zeros(len(places), np.int64)
    stack = np.zeros(int(wanted.sum()) + 1, np.int64)
    run = compiling.compiled(auction.auction, len(edges[1]) > SLOW_EDGES)
    bids = run(*edges, wanted, first_place, epsilon, held, price, bid, holder, filled, stack)
    return held.astype(np.bool_), price, int(bids)


def _by_person_and_score(person: NDArray[np.integer], score: NDArray[np.integer]) -> NDArray[np.int64] | None:
    """The order by person and falling score, or None if the edges lie so already."""
    if not len(person) or (
        (person[1:] >= person[:-1]).all() and ((score[1:] <= score[:-1]) | (person[1:] != person[:-1])).all()
    ):
        return None
    return np.lexsort((np.arange(len(person)), -score.astype(np.int64), person))


def _check(
    person: NDArray[np.integer],
    vacancy: NDArray[np.integer],
    score: NDArray[np.integer],
    wanted: NDArray[np.int64],
    places: NDArray[np.int64],
) -> None:
    if not len(person) == len(vacancy) == len(score):
        raise ValueError("person, vacancy and score must have one entry an edge")
    for name, values, high in (
        ("person", person, len(wanted)),
        ("vacancy", vacancy, len(places)),
        ("score", score, TOP_SCORE + 1),
    ):
        if len(values) and not 0 <= int(values.min()) <= int(values.max()) < high:
            raise ValueError(f"{name} must lie between 0 and {high - 1}")
    if len(places) and int(places.min()) < 0:
        raise ValueError("places must not be negative")
