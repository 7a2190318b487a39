"""One digest of many matches, to compare machines with: `python -m openpes_matching.tests.known_answer`.

The worlds are drawn from Python's own generator and hold decimal numbers only, so that every machine is asked the
same. The digest covers ids, scores and points both ways, hence every integer that leaves the library.
"""

from __future__ import annotations

import hashlib
import json
import sys

import numpy as np

from openpes_matching import Matcher, Vocabulary, proximity_from_isco
from openpes_matching.tests.worlds import CODES, RELATED, world

DIGEST = "2613b7d8eb859cc6322c499d71da984d605b0c2a0084a0212fe02041be7314f7"
"""What every machine must answer. It changes only when docs/matching.md does."""


def digest(engine: str) -> str:
    """The SHA-256 of all best lists of six small worlds. engine: as of `Matcher`."""
    whole = hashlib.sha256()
    for seed in range(6):
        words = Vocabulary(CODES)
        people, vacancies = world(seed, 400, 300, licences=6 if seed % 2 else 90)
        held, offered = words.people(people), words.vacancies(vacancies)
        matcher = Matcher(
            held,
            offered,
            proximity=proximity_from_isco(CODES, [(a, b, value) for (a, b), value in RELATED.items()]),
            skill_weight=None,
            engine=engine,
        )
        for found in (matcher.match_people(k=10), matcher.match_vacancies(k=10)):
            for part in (found.query, found.id, found.score):
                whole.update(np.ascontiguousarray(part, "<i8").tobytes())
        found = matcher.match_people(k=10)
        there = found.id >= 0
        points = matcher.points(np.repeat(found.query, there.sum(1)), found.id[there])
        whole.update(np.ascontiguousarray(points, "<i8").tobytes())
    return whole.hexdigest()


def main() -> int:
    """1 when an engine of this machine answers something else."""
    answers = {engine: digest(engine) for engine in ("numpy", "numba")}
    print(json.dumps({**answers, "expected": DIGEST}, indent=1))
    return int(set(answers.values()) != {DIGEST})


if __name__ == "__main__":
    sys.exit(main())
