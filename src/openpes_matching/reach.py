"""Who received nothing, and why: the one constraint that keeps each such person from the most vacancies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching.features import distance
from openpes_matching.lists import Lists
from openpes_matching.matcher import Matcher
from openpes_matching.sides import Ids

REASONS = (
    "no_vacancies",
    "distance",
    "shifts",
    "licences",
    "permits",
    "must_skills",
    "age",
    "hazardous_age",
    "several",
    "eligible",
)


@dataclass(frozen=True, slots=True)
class Unserved:
    """Why one person has no vacancy.

    reason: `no_vacancies` (there are none at all); a constraint: it alone keeps the person from `opens` vacancies,
    more than any other constraint does; `several`: no single constraint, lifted alone, would open any; `eligible`:
    nothing excludes the person from `opens` vacancies, so a list was cut short or all places went to others.
    """

    person: int
    reason: str
    opens: int


def why_unserved(matcher: Matcher, people: Ids) -> list[Unserved]:
    """The main reason of each of the given people. Takes some milliseconds a person for 100,000 vacancies."""
    rows = matcher._people.rows(people)
    ids = matcher._people.facts.id[rows]
    offered = np.flatnonzero(matcher._vacancies.alive)
    if not len(offered):
        return [Unserved(int(i), "no_vacancies", 0) for i in ids]
    vacancies = matcher._vacancies.facts.take(offered)
    owners = {name: getattr(vacancies, name).rows() for name in ("licences", "permits", "must_skills")}
    return [
        _main_reason(int(i), _excluded(matcher, int(row), offered, vacancies, owners))
        for i, row in zip(ids, rows, strict=True)
    ]


def _main_reason(person: int, excluded: dict[str, NDArray[np.bool_]]) -> Unserved:
    against = np.sum(list(excluded.values()), axis=0)
    free = int((against == 0).sum())
    if free:
        return Unserved(person, "eligible", free)
    alone = {code: int((mask & (against == 1)).sum()) for code, mask in excluded.items()}
    code = max(alone, key=lambda c: (alone[c], -REASONS.index(c)))
    return Unserved(person, code, alone[code]) if alone[code] else Unserved(person, "several", 0)


def _excluded(
    matcher: Matcher, p: int, offered: NDArray[np.int64], vacancies: Any, owners: dict[str, NDArray[np.int64]]
) -> dict[str, NDArray[np.bool_]]:
    """By constraint, which of the vacancies it excludes."""
    facts, policy = matcher._people.facts, matcher.policy
    people, table = matcher._people.table, matcher._vacancies.table
    row = np.array([p])
    placed = (people.located[row] & table.located[offered]) != 0
    within = distance.within(distance.square(people, row, table, offered), people.reach[row], placed)
    age, shifts = int(facts.age[p]), np.uint32(facts.shifts[p])
    nothing = np.zeros(len(offered), np.bool_)
    minimum = np.maximum(vacancies.min_age, policy.minimum_age)
    masks = {
        "distance": ~within,
        "shifts": (vacancies.shifts & ~shifts) != 0 if shifts else nothing,
        "age": age < minimum if age >= 0 else nothing,
        "hazardous_age": vacancies.hazardous & (age < policy.hazardous_age),
    }
    for code, had, known in (
        ("licences", facts.licences, facts.licences_known),
        ("permits", facts.permits, facts.permits_known),
        ("must_skills", facts.skills, facts.skills_known),
    ):
        asked: Lists = getattr(vacancies, code)
        lacking = ~np.isin(asked.item, had[p]) if known[p] else np.zeros(len(asked.item), np.bool_)
        masks[code] = np.bincount(owners[code][lacking], minlength=len(offered)) > 0
    return masks


def by_group(found: Sequence[Unserved], group: Sequence[Hashable]) -> dict[Hashable, Counter[str]]:
    """How many people of each group for each reason; group has one label for each entry of found."""
    table: dict[Hashable, Counter[str]] = {}
    for one, label in zip(found, group, strict=True):
        table.setdefault(label, Counter())[one.reason] += 1
    return table
