"""Sharing out: within places, certified, and as good as an exhaustive search on small cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes_matching import allocate, capped_lists


def edges(seed: int, people: int, vacancies: int, most: int) -> tuple[Any, Any, Any, Any]:
    draw = np.random.default_rng(seed)
    person, vacancy = [], []
    for p in range(people):
        for v in draw.choice(vacancies, draw.integers(0, min(most, vacancies) + 1), replace=False):
            person.append(p)
            vacancy.append(v)
    score = draw.integers(1, 65_281, len(person))
    return np.array(person, np.int64), np.array(vacancy, np.int64), score, draw.integers(0, 4, vacancies)


def best_total(person: Any, vacancy: Any, score: Any, wanted: list[int], places: list[int]) -> int:
    """Exhaustive search over all choices of edges."""
    if not len(person):
        return 0
    rest = best_total(person[1:], vacancy[1:], score[1:], wanted, places)
    p, v = person[0], vacancy[0]
    if wanted[p] == 0 or places[v] == 0:
        return rest
    less_wanted, less_places = list(wanted), list(places)
    less_wanted[p] -= 1
    less_places[v] -= 1
    return max(rest, int(score[0]) + best_total(person[1:], vacancy[1:], score[1:], less_wanted, less_places))


def assert_within_limits(result: Any, person: Any, vacancy: Any, places: Any, wanted: int) -> None:
    assert (np.bincount(person[result.chosen], minlength=1) <= wanted).all()
    assert (np.bincount(vacancy[result.chosen], minlength=len(places)) <= places).all()


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**9), wanted=st.integers(1, 3))
def test_bound_is_true_and_total_is_near_the_best(seed: int, wanted: int) -> None:
    person, vacancy, score, places = edges(seed, 5, 4, 3)
    result = capped_lists(person, vacancy, score, places, people=5, length=wanted, within=0.001, tolerance=1.0)
    best = best_total(person, vacancy, score, [wanted] * 5, places.tolist())
    assert_within_limits(result, person, vacancy, places, wanted)
    assert result.total == score[result.chosen].sum() <= best <= result.bound
    if wanted == 1:
        assert result.total >= best * 0.999 - 1


@pytest.mark.parametrize("seed", range(3))
def test_larger_worlds_are_certified(seed: int) -> None:
    person, vacancy, score, places = edges(seed, 1_500, 120, 12)
    result = allocate(person, vacancy, score, places, people=1_500, within=0.002)
    assert_within_limits(result, person, vacancy, places, 1)
    assert 0 <= result.gap <= 0.002
    again = allocate(person, vacancy, score, places, people=1_500, within=0.002)
    assert np.array_equal(result.chosen, again.chosen)


def test_compiled_and_plain_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    person, vacancy, score, places = edges(7, 400, 60, 10)
    plain = capped_lists(person, vacancy, score, places * 3, length=4)
    monkeypatch.setattr("openpes_matching.allocation.SLOW_EDGES", 0)
    fast = capped_lists(person, vacancy, score, places * 3, length=4)
    assert np.array_equal(plain.chosen, fast.chosen) and plain.bound == fast.bound


def test_nothing_to_share_and_bad_edges() -> None:
    none = np.zeros(0, np.int64)
    assert allocate(none, none, none, np.ones(3, np.int64), people=2).total == 0
    with pytest.raises(ValueError, match="vacancy"):
        allocate(np.array([0]), np.array([3]), np.array([5]), np.ones(3, np.int64))
    with pytest.raises(ValueError, match="score"):
        allocate(np.array([0]), np.array([0]), np.array([70_000]), np.ones(3, np.int64))


def test_nobody_is_shown_much_worse_than_the_own_list() -> None:
    person = np.repeat(np.arange(3), 3)
    vacancy = np.tile(np.arange(3), 3)
    score = np.tile([1000, 900, 300], 3)
    result = capped_lists(person, vacancy, score, np.array([1, 1, 9]), people=3, length=1, tolerance=0.2)
    assert set(score[result.chosen]) == {1000, 900} and result.chosen.sum() == 2
    wide = capped_lists(person, vacancy, score, np.array([1, 1, 9]), people=3, length=1, tolerance=1.0)
    assert wide.chosen.sum() == 3
