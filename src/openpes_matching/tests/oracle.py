"""An independent matcher, written from docs/matching.md and from nothing else in this package.

Plain Python, one pair at a time, exact integers. It reads rows (mappings), not arrays, and shares no code with the
library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

WEIGHTS = {
    "occupation": 80,
    "skills": 80,
    "distance": 32,
    "wage": 24,
    "experience": 16,
    "education": 16,
    "languages": 8,
}
NEUTRAL = 128


def near(a: str, b: str, related: Mapping[tuple[str, str], int]) -> int:
    if a == b:
        return 255
    tree = 180 if a[:3] == b[:3] else 110 if a[:2] == b[:2] else 40 if a[0] == b[0] else 0
    known = max(related.get((a, b), 0), related.get((b, a), 0))
    return max(tree, min(known, 254))


def place(row: Mapping[str, Any]) -> tuple[int, int, int] | None:
    if row.get("lat") is None or row.get("lon") is None:
        return None

    def series(angle: float, odd: int) -> float:
        t = 1.0
        for i in range(13, 0, -1):
            t = 1.0 - t * (angle * angle) / float(2 * i * (2 * i + odd))
        return t

    phi = float(row["lat"]) * 0.017453292519943295
    lam = float(row["lon"]) * 0.017453292519943295
    sin_phi, cos_phi = phi * series(phi, 1), series(phi, -1)
    sin_lam, cos_lam = lam * series(lam, 1), series(lam, -1)
    e2 = 0.0066943799901413165
    n = 637813.7 / math.sqrt(1.0 - e2 * (sin_phi * sin_phi))
    return (
        round(n * cos_phi * cos_lam),
        round(n * cos_phi * sin_lam),
        round(n * (1.0 - e2) * sin_phi),
    )


def squared(person: Mapping[str, Any], vacancy: Mapping[str, Any]) -> int | None:
    a, b = place(person), place(vacancy)
    if a is None or b is None:
        return None
    return sum((i - j) ** 2 for i, j in zip(a, b, strict=True))


def limit(person: Mapping[str, Any]) -> int | None:
    return None if person.get("max_km") is None else round(float(person["max_km"]) * 100)


def slots(names: Sequence[str] | None) -> set[str]:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    every = {f"{day}-{part}" for day in days for part in ("day", "evening", "night")}
    return every if names and "any" in names else set(names or ())


def excluded(person: Mapping[str, Any], vacancy: Mapping[str, Any], policy: Mapping[str, int]) -> set[str]:
    found = set()
    d2, reach = squared(person, vacancy), limit(person)
    if d2 is not None and reach is not None and d2 > reach * reach:
        found.add("distance")
    suits = slots(person.get("shifts"))
    asked = set() if "any" in (vacancy.get("shifts") or ()) else slots(vacancy.get("shifts"))
    if suits and asked - suits:
        found.add("shifts")
    for code, key in (("licences", "licences"), ("permits", "permits"), ("must_skills", "skills")):
        if person.get(key) is not None and set(vacancy.get(code) or ()) - set(person[key]):
            found.add(code)
    age = person.get("age")
    if age is not None and age < max(vacancy.get("min_age") or 0, policy["minimum_age"]):
        found.add("age")
    if vacancy.get("hazardous") and (age is None or age < policy["hazardous_age"]):
        found.add("hazardous_age")
    return found


def primary(tags: Sequence[str]) -> set[str]:
    return {tag.lower().split("-")[0] for tag in tags}


def parts(
    person: Mapping[str, Any],
    vacancy: Mapping[str, Any],
    related: Mapping[tuple[str, str], int],
    skill_weight: Mapping[str, int],
) -> dict[str, int]:
    out = dict.fromkeys(WEIGHTS, NEUTRAL)
    wanted, offered = person.get("isco") or (), vacancy.get("isco")
    if wanted and offered is not None:
        out["occupation"] = max(near(code, offered, related) * (8 - i) // 8 for i, code in enumerate(wanted))
    asked_skills = set(vacancy.get("skills") or ()) | set(vacancy.get("must_skills") or ())
    if asked_skills and person.get("skills") is not None:
        had = asked_skills & set(person["skills"])
        out["skills"] = 255 * sum(skill_weight[s] for s in had) // sum(skill_weight[s] for s in asked_skills)
    d2 = squared(person, vacancy)
    if d2 is not None:
        reach = limit(person)
        length = max(4000 if reach is None else reach, 1)
        out["distance"] = 255 * max(length - math.isqrt(d2), 0) // length
    asks, pays = person.get("min_wage"), vacancy.get("wage")
    if asks is not None and pays is not None:
        exact = Fraction(255 * (1000 * pays - 800 * asks), 200 * asks) if asks else Fraction(255)
        out["wage"] = min(255, max(0, math.floor(exact)))
    months = vacancy.get("experience_months") or 0
    if months == 0:
        out["experience"] = 255
    elif person.get("experience_months") is not None:
        out["experience"] = min(255, 255 * person["experience_months"] // months)
    level = vacancy.get("education") or 0
    if level == 0:
        out["education"] = 255
    elif person.get("education") is not None:
        out["education"] = max(0, 255 - 85 * max(0, level - person["education"]))
    tongues = primary(vacancy.get("languages") or ())
    if not tongues:
        out["languages"] = 255
    elif person.get("languages") is not None:
        out["languages"] = 255 * len(tongues & primary(person["languages"])) // len(tongues)
    return out


def score(part: Mapping[str, int]) -> int:
    return sum(WEIGHTS[term] * value for term, value in part.items())


def best(pairs: Sequence[tuple[int, int]], k: int) -> list[tuple[int, int]]:
    """The first k of (score, id), highest score first, then lower id."""
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:k]
