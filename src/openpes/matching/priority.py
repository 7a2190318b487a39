"""Who comes first, where a country says so: a re-ordering after ranking, never a term of a score. Pure.

The ranked list of an office or a vacancy comes in with the priority group of some people. Each of them may move up at
most `places`, and only past people of no group; among themselves they keep their order. Nobody's score changes,
nobody is added or left out, and every move is told: from which place to which, for which group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody moved up. Places count from 1."""

    person_id: int
    group: str
    from_place: int
    to_place: int


@dataclass(frozen=True, slots=True)
class Reordered:
    """The new order, and why it differs from the ranking."""

    order: tuple[int, ...]
    moves: tuple[Move, ...]


def put_first(ranked: Sequence[int], groups: Mapping[int, str], *, places: int) -> Reordered:
    """The list with people of priority groups moved up. `places` 0 leaves everybody where they are.

    Raises ValueError for a person who is listed twice or places below 0.
    """
    if places < 0:
        raise ValueError(f"places must not be below 0: {places}")
    if len(set(ranked)) != len(ranked):
        raise ValueError("Somebody is in the list twice.")
    order: list[int] = []
    for person in ranked:
        at = len(order)
        if person in groups:
            stop = max(0, at - places)
            while at > stop and order[at - 1] not in groups:
                at -= 1
        order.insert(at, person)
    before = {person: place for place, person in enumerate(ranked, start=1)}
    moves = tuple(
        Move(person, groups[person], before[person], place)
        for place, person in enumerate(order, start=1)
        if person in groups and place < before[person]
    )
    return Reordered(tuple(order), moves)
