"""Does a wide vocabulary cost more? One nation matched with 13,939 skills, and again with ours, 1,704 wide.

    python tests/bench/vocabulary.py [--people 20000] [--vacancies 20000]

The people, the vacancies and the lengths of their lists are the same; only the skills are renumbered. CPU seconds a
person, the least of several runs taken in turn, so that the ratio holds on a busy machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402

from openpes.reference import taxonomy  # noqa: E402
from openpes_matching import Lists, Matcher, rarity_weights, warm_up  # noqa: E402
from tests.bench._matching_nation import SKILLS, Nation, build  # noqa: E402

K, REPEATS = 10, 5


def narrowed(nation: Nation, width: int) -> Nation:
    """The same nation with its skills renumbered into `width` numbers."""

    def fold(lists: Lists) -> Lists:
        return Lists.flat(lists.start, lists.item % width)

    people = replace(nation.people, skills=fold(nation.people.skills))
    vacancies = replace(
        nation.vacancies, skills=fold(nation.vacancies.skills), must_skills=fold(nation.vacancies.must_skills)
    )
    counts = np.bincount(vacancies.skills.item, minlength=width)
    return Nation(people, vacancies, nation.proximity, rarity_weights(counts, len(vacancies.id)))


def seconds(matcher: Matcher, ids: Any) -> float:
    """CPU seconds a person of one run."""
    began = time.process_time()
    matcher.match_people(K, ids)
    return (time.process_time() - began) / len(ids)


def measure(people: int, vacancies: int) -> dict[str, float]:
    """CPU microseconds a person for both widths, and the ratio of the wide to the narrow one."""
    wide = build(people, vacancies)
    matchers = {"wide": wide.matcher(), "narrow": narrowed(wide, len(taxonomy.skills())).matcher()}
    ids = np.arange(people)
    best = dict.fromkeys(matchers, float("inf"))
    for matcher in matchers.values():
        matcher.match_people(K, ids[:10])
    for _ in range(REPEATS):
        for name, matcher in matchers.items():
            best[name] = min(best[name], seconds(matcher, ids))
    return {**{name: cost * 1e6 for name, cost in best.items()}, "ratio": best["wide"] / best["narrow"]}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--vacancies", type=int, default=20_000)
    args = parser.parse_args()
    warm_up()
    found = measure(args.people, args.vacancies)
    print(f"{SKILLS:,} skills: {found['wide']:.1f} CPU-us a person; {len(taxonomy.skills()):,} skills: "
          f"{found['narrow']:.1f}; ratio {found['ratio']:.2f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
