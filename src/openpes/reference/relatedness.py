"""How near two occupations are, and what it takes to cross from one to the other.

The relatedness of two unit groups is a whole number from 0 to 255, the greater of two:

**The tree.** Same unit group 255, same minor group 180, same sub-major group 110, same major group 40, else 0.

**The skills.** With N = 436 unit groups and n(s) the number of groups that use skill s:

    rarity(s)     = bit_length(N⁴ // n(s)⁴)            so a skill in one group weighs 36, one in half of them 5
    share(a, s)   = 2 if essential in a, 1 if useful, 0 if not used
    size(a)       = Σ rarity(s) · share(a, s)
    overlap(a, b) = Σ rarity(s) · min(share(a, s), share(b, s))
    skills(a, b)  = min(254, 765 · overlap(a, b) // (size(a) + size(b)))      and 0 where that is below 60

Two groups that share half of their weighted skills so come to 191, a little more than two of the same minor group;
below 60 two jobs share little more than being jobs. All arithmetic is on integers, so every machine gets the same
numbers. ``data/related_occupations.csv`` stores the pairs in which the skills say more than the tree;
``python -m openpes.reference.relatedness --write`` writes it anew after an edit to the skills.

    relatedness("5131", "5246")   0..255
    proximity_matrix()            (unit codes, uint8 array of 436 × 436), for the matching arithmetic
    nearest("5131", limit=10)     ((code, relatedness), ...), nearest first
    crossing("5131", "5246")      Crossing: what is shared, what is missing, which licences are new
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from openpes.reference import taxonomy
from openpes.reference.taxonomy import Licence, Skill

RELATED_FILE = "related_occupations.csv"
SAME_UNIT, SAME_MINOR, SAME_SUB_MAJOR, SAME_MAJOR = 255, 180, 110, 40
LEAST_FROM_SKILLS = 60
MOST_FROM_SKILLS = 254
SKILLS_SCALE = 765
_SHARE = {"essential": 2, "useful": 1}


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a person who knows ``origin`` brings to ``target`` and what is still missing, essential things first."""

    origin: str
    target: str
    relatedness: int
    shared: tuple[Skill, ...]
    missing_essential: tuple[Skill, ...]
    missing_useful: tuple[Skill, ...]
    missing_licences: tuple[Licence, ...]


def tree_value(isco_a: str, isco_b: str) -> int:
    """What the ISCO tree alone says about two unit groups."""
    if isco_a == isco_b:
        return SAME_UNIT
    for digits, value in ((3, SAME_MINOR), (2, SAME_SUB_MAJOR), (1, SAME_MAJOR)):
        if isco_a[:digits] == isco_b[:digits]:
            return value
    return 0


def rarity(group_count: int) -> int:
    """The weight of a skill that ``group_count`` of the 436 unit groups use."""
    everything = len(taxonomy.unit_codes())
    return (everything**4 // group_count**4).bit_length()


@cache
def _shares() -> Mapping[str, Mapping[str, int]]:
    return {
        code: {link.skill.id: _SHARE[link.kind] for link in taxonomy.skills_of(code)} for code in taxonomy.unit_codes()
    }


@cache
def _rarities() -> Mapping[str, int]:
    return {
        skill_id: rarity(len(codes)) for skill_id in taxonomy.skills() if (codes := taxonomy.occupations_with(skill_id))
    }


@cache
def _size(isco: str) -> int:
    return sum(_rarities()[skill_id] * share for skill_id, share in _shares()[isco].items())


def _likeness(overlap: int, sizes: int) -> int:
    value = min(MOST_FROM_SKILLS, SKILLS_SCALE * overlap // sizes) if sizes else 0
    return value if value >= LEAST_FROM_SKILLS else 0


def skill_value(isco_a: str, isco_b: str) -> int:
    """What the shared skills alone say about two different unit groups."""
    shares_a, shares_b = _shares()[isco_a], _shares()[isco_b]
    overlap = sum(
        _rarities()[skill_id] * min(shares_a[skill_id], shares_b[skill_id])
        for skill_id in shares_a.keys() & shares_b.keys()
    )
    return _likeness(overlap, _size(isco_a) + _size(isco_b))


def computed_pairs() -> list[tuple[str, str, int]]:
    """Every pair in which the skills say more than the tree, computed from the skills, sorted by codes."""
    overlaps: dict[tuple[str, str], int] = defaultdict(int)
    shares = _shares()
    for skill_id, weight in _rarities().items():
        for isco_a, isco_b in combinations(taxonomy.occupations_with(skill_id), 2):
            overlaps[isco_a, isco_b] += weight * min(shares[isco_a][skill_id], shares[isco_b][skill_id])
    pairs = []
    for (isco_a, isco_b), overlap in sorted(overlaps.items()):
        value = _likeness(overlap, _size(isco_a) + _size(isco_b))
        if value > tree_value(isco_a, isco_b):
            pairs.append((isco_a, isco_b, value))
    return pairs


def pairs_as_csv(pairs: list[tuple[str, str, int]]) -> str:
    """The text of related_occupations.csv for these pairs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("isco_a", "isco_b", "relatedness"))
    writer.writerows(pairs)
    return text.getvalue()


@cache
def _stored_pairs() -> Mapping[tuple[str, str], int]:
    rows = taxonomy.read_rows(RELATED_FILE)
    return {(row["isco_a"], row["isco_b"]): int(row["relatedness"]) for row in rows}


def relatedness(isco_a: str, isco_b: str) -> int:
    """How near two unit groups are, 0 to 255, the same in both directions. Raises UnknownCode."""
    taxonomy.occupation(isco_a)
    taxonomy.occupation(isco_b)
    pair = (isco_a, isco_b) if isco_a < isco_b else (isco_b, isco_a)
    return max(tree_value(*pair), _stored_pairs().get(pair, 0))


@cache
def proximity_matrix() -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """The 436 unit codes and the symmetric read-only matrix of their relatedness, both in the same order."""
    codes = taxonomy.unit_codes()
    position = {code: index for index, code in enumerate(codes)}
    matrix = np.zeros((len(codes), len(codes)), dtype=np.uint8)
    numbers = np.array([int(code) for code in codes])
    for divisor, value in ((1000, SAME_MAJOR), (100, SAME_SUB_MAJOR), (10, SAME_MINOR), (1, SAME_UNIT)):
        groups = numbers // divisor
        matrix[groups[:, None] == groups[None, :]] = value
    for (isco_a, isco_b), value in _stored_pairs().items():
        row, column = position[isco_a], position[isco_b]
        matrix[row, column] = matrix[column, row] = max(value, int(matrix[row, column]))
    matrix.setflags(write=False)
    return codes, matrix


def nearest(isco: str, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """The other unit groups nearest to one, with their relatedness; ties by skills, then code.

    Raises UnknownCode.
    """
    taxonomy.occupation(isco)
    codes, matrix = proximity_matrix()
    if isco not in codes:
        raise taxonomy.UnknownCode(f"“{isco}” is not a unit group: give all four digits.")
    row = matrix[codes.index(isco)]
    near = [(code, int(value)) for code, value in zip(codes, row, strict=True) if value and code != isco]
    near.sort(key=lambda pair: (-pair[1], -skill_value(isco, pair[0]), pair[0]))
    return tuple(near[:limit])


def crossing(origin: str, target: str) -> Crossing:
    """What crosses from one unit group to another and what has to be learnt. Raises UnknownCode."""
    known = {link.skill.id for link in taxonomy.skills_of(origin)}
    wanted = taxonomy.skills_of(target)
    held = {link.licence.id for link in taxonomy.licences_of(origin) if link.need == "needed"}
    missing = [link for link in wanted if link.skill.id not in known]
    return Crossing(
        origin=origin,
        target=target,
        relatedness=relatedness(origin, target),
        shared=tuple(link.skill for link in wanted if link.skill.id in known),
        missing_essential=tuple(link.skill for link in missing if link.kind == "essential"),
        missing_useful=tuple(link.skill for link in missing if link.kind == "useful"),
        missing_licences=tuple(
            link.licence
            for link in taxonomy.licences_of(target)
            if link.need == "needed" and link.licence.id not in held
        ),
    )


def main(arguments: list[str]) -> int:
    """Say whether the stored file is up to date (0 or 1), or with ``--write`` write it."""
    path: Path = taxonomy.DATA_FOLDER / RELATED_FILE
    text = pairs_as_csv(computed_pairs())
    if "--write" in arguments:
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {text.count(chr(10)) - 1} pairs written")
        return 0
    if path.exists() and path.read_text(encoding="utf-8") == text:
        print(f"{path.name} is up to date")
        return 0
    print(f"{path.name} is not what the skills give: run python -m openpes.reference.relatedness --write")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
