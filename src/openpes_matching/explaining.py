"""Why a pair scores what it scores, and why it is excluded: coded facts, for words made elsewhere.

Read from the people and vacancies themselves, not from the bits and tables that kernels read, so that an explanation
is a second opinion; the parts come from the slow twin and add up to the score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpes_matching.arrays import SHIFTS, People, Vacancies
from openpes_matching.geography import DAM_PER_KM
from openpes_matching.policy import Policy


@dataclass(frozen=True, slots=True)
class Part:
    """One term. points = weight x value; known is False where the value is neutral because a fact is missing.

    facts by term (ids as given to the Matcher, None = unknown or not asked):
    occupation: wanted (tuple of numbers), offered, choice (1..3, which wanted occupation counted, None), proximity.
    skills: matched, total, matched_skills, missing_skills (tuples of ids).   distance: km, max_km.
    wage: pays, asks (a month), ratio.   experience: has_months, asked_months.   education: has, asked.
    languages: spoken, asked, missing (tuples of ids).
    """

    term: str
    weight: int
    value: int
    points: int
    known: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One constraint that excludes the pair, with its facts.

    code and facts: `distance` km, max_km; `shifts` missing (names); `licences`, `permits`, `must_skills` missing
    (ids); `age` asked, by_law (the person is younger); `hazardous_age` asked, age_known (the work is hazardous and
    the person is under age or of unknown age).
    """

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """person, vacancy: ids. score = sum of points of parts, also for an excluded pair; obstacles: empty if
    eligible."""

    person: int
    vacancy: int
    score: int
    parts: tuple[Part, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def eligible(self) -> bool:
        """True when no constraint excludes the pair."""
        return not self.obstacles


def _some(value: Any) -> int | None:
    return None if value < 0 else int(value)


def facts(
    people: People, p: int, vacancies: Vacancies, v: int, decametres: int | None, near: tuple[int | None, int | None]
) -> tuple[tuple[bool, dict[str, Any]], ...]:
    """(known, facts) of each term in the order of TERMS. near: (choice, proximity) of the occupation term."""
    asked_skills = sorted(set(vacancies.skills[v].tolist()) | set(vacancies.must_skills[v].tolist()))
    had = set(people.skills[p].tolist())
    matched = tuple(skill for skill in asked_skills if skill in had)
    wanted = tuple(int(o) for o in people.wanted[p] if o >= 0)
    pays, asks = _some(vacancies.wage[v]), _some(people.min_wage[p])
    spoken, asked = people.languages[p].tolist(), vacancies.languages[v].tolist()
    months, level = int(vacancies.experience_months[v]), int(vacancies.education[v])
    max_km = None if people.max_km[p] != people.max_km[p] else float(people.max_km[p])
    return (
        (
            near[1] is not None,
            {
                "wanted": wanted,
                "offered": _some(vacancies.occupation[v]),
                "choice": near[0],
                "proximity": near[1],
            },
        ),
        (
            bool(asked_skills) and bool(people.skills_known[p]),
            {
                "matched": len(matched),
                "total": len(asked_skills),
                "matched_skills": matched,
                "missing_skills": tuple(skill for skill in asked_skills if skill not in had),
            },
        ),
        (
            decametres is not None,
            {"km": None if decametres is None else decametres / DAM_PER_KM, "max_km": max_km},
        ),
        (
            pays is not None and asks is not None,
            {"pays": pays, "asks": asks, "ratio": pays / asks if pays is not None and asks else None},
        ),
        (
            months <= 0 or bool(people.experience_months[p] >= 0),
            {"has_months": _some(people.experience_months[p]), "asked_months": months if months > 0 else None},
        ),
        (
            level <= 0 or bool(people.education[p] >= 0),
            {"has": _some(people.education[p]), "asked": level if level > 0 else None},
        ),
        (
            not asked or bool(people.languages_known[p]),
            {
                "spoken": tuple(spoken),
                "asked": tuple(asked),
                "missing": tuple(one for one in asked if one not in spoken),
            },
        ),
    )


def obstacles(
    people: People, p: int, vacancies: Vacancies, v: int, decametres: int | None, policy: Policy
) -> tuple[Obstacle, ...]:
    """Every constraint that excludes person row p from vacancy row v; decametres: None if a place is unknown."""
    found: list[Obstacle] = []
    max_km = float(people.max_km[p])
    if decametres is not None and max_km == max_km and decametres > round(max_km * DAM_PER_KM):
        found.append(Obstacle("distance", {"km": decametres / DAM_PER_KM, "max_km": max_km}))
    lacking = int(vacancies.shifts[v]) & ~int(people.shifts[p]) if people.shifts[p] else 0
    if lacking:
        names = tuple(name for i, name in enumerate(SHIFTS) if lacking >> i & 1)
        found.append(Obstacle("shifts", {"missing": names}))
    found += _age(int(people.age[p]), int(vacancies.min_age[v]), bool(vacancies.hazardous[v]), policy)
    for code, known, asked, had in (
        ("licences", people.licences_known[p], vacancies.licences[v], people.licences[p]),
        ("permits", people.permits_known[p], vacancies.permits[v], people.permits[p]),
        ("must_skills", people.skills_known[p], vacancies.must_skills[v], people.skills[p]),
    ):
        missing = tuple(sorted(set(asked.tolist()) - set(had.tolist()))) if known else ()
        if missing:
            found.append(Obstacle(code, {"missing": missing}))
    return tuple(found)


def _age(age: int, min_age: int, hazardous: bool, policy: Policy) -> list[Obstacle]:
    found = []
    if hazardous and age < policy.hazardous_age:
        found.append(Obstacle("hazardous_age", {"asked": policy.hazardous_age, "age_known": age >= 0}))
    asked = max(min_age, policy.minimum_age)
    if 0 <= age < asked:
        found.append(Obstacle("age", {"asked": asked, "by_law": min_age <= policy.minimum_age}))
    return found
