"""The points of many pairs: the kernel and its slow twin give the same integers."""

from __future__ import annotations

import numpy as np
import pytest

from openpes_matching import Matcher, Policy, Vocabulary, proximity_from_isco
from openpes_matching import matcher as module
from openpes_matching.tests.worlds import CODES, world


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_kernel_equals_its_twin(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all pairs of a world with every kind of missing fact, also those that a constraint excludes."""
    words = Vocabulary(CODES)
    people, vacancies = world(seed, 60, 50)
    weights = np.arange(1, 26, dtype=np.int32) * 7
    matcher = Matcher(
        words.people(people),
        words.vacancies(vacancies),
        proximity=proximity_from_isco(CODES, [("1111", "9112", 77)]),
        skill_weight=weights,
        policy=Policy(neutral=101, second_choice=5, third_choice=3),
        engine="numba",
    )
    p, v = np.meshgrid(matcher.people.id, matcher.vacancies.id, indexing="ij")
    slow = matcher.points(p.ravel(), v.ravel())
    monkeypatch.setattr(module, "MANY_PAIRS", 100)
    fast = matcher.points(p.ravel(), v.ravel())
    assert len(slow) == 3000 and (fast == slow).all()
    assert len(np.unique(slow, axis=0)) > 500
