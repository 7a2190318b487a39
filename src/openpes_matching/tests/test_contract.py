"""One battery over all seven features, and what holds for the whole score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from openpes_matching import TERMS, TOP_SCORE, Lists, Matcher, People, Policy, Vacancies, Vocabulary
from openpes_matching.tests import worlds

NEAR = np.array([[255, 180, 40], [180, 255, 0], [40, 0, 255]], np.uint8)


@dataclass(frozen=True)
class Case:
    """One feature: how a person and a vacancy say something about it, and person values from worse to better."""

    term: str
    person: Callable[[Any], dict[str, Any]]
    vacancy: dict[str, Any]
    worse_to_better: tuple[Any, ...]
    asks_nothing: dict[str, Any] | None


def _lists(rows: Any) -> Lists:
    return Lists.of([rows])


CASES = (
    Case("occupation", lambda o: {"wanted": [[o, -1, -1]]}, {"occupation": [0]}, (2, 1, 0), None),
    Case("skills", lambda s: {"skills": _lists(s), "skills_known": [True]}, {"skills": _lists([0, 1, 2, 3])},
         ([], [0], [0, 3], [0, 1, 2], [0, 1, 2, 3, 9]), None),
    Case("distance", lambda lat: {"lat": [lat], "lon": [121.0], "max_km": [100.0]}, {"lat": [14.0], "lon": [121.0]},
         (14.8, 14.4, 14.1, 14.0), None),
    Case("wage", lambda w: {"min_wage": [w]}, {"wage": [1000]}, (5000, 1200, 1100, 1000, 0), None),
    Case("experience", lambda m: {"experience_months": [m]}, {"experience_months": [24]}, (0, 1, 12, 24, 240), {}),
    Case("education", lambda e: {"education": [e]}, {"education": [5]}, (0, 3, 4, 5, 8), {}),
    Case("languages", lambda s: {"languages": _lists(s), "languages_known": [True]}, {"languages": _lists([0, 1, 2])},
         ([], [1], [0, 2], [0, 1, 2]), {}),
)  # fmt: skip


def _value(case: Case, person: dict[str, Any], vacancy: dict[str, Any]) -> tuple[int, bool]:
    one = Matcher(
        People(id=np.array([0]), **person), Vacancies(id=np.array([0]), **vacancy), proximity=NEAR, engine="numpy"
    )
    part = one.explain(0, 0).parts[TERMS.index(case.term)]
    return part.value, part.known


def test_every_term_has_a_case() -> None:
    assert tuple(case.term for case in CASES) == TERMS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.term)
def test_part_grows_with_the_fact_and_stays_in_range(case: Case) -> None:
    values = [_value(case, case.person(x), case.vacancy)[0] for x in case.worse_to_better]
    assert all(0 <= value <= 255 for value in values)
    assert values == sorted(values)
    assert values[0] < values[-1] == 255


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.term)
def test_unknown_is_neutral_and_excludes_nobody(case: Case) -> None:
    assert _value(case, {}, case.vacancy) == (Policy().neutral, False)
    one = Matcher(People(id=np.array([0])), Vacancies(id=np.array([0]), **case.vacancy), proximity=NEAR)
    assert one.why_not(0, 0) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.term)
def test_vacancy_that_says_nothing(case: Case) -> None:
    expected = 255 if case.asks_nothing is not None else Policy().neutral
    assert _value(case, case.person(case.worse_to_better[0]), {})[0] == expected


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_order_of_rows_does_not_matter(engine: str) -> None:
    people, vacancies = worlds.world(5, 50, 70)
    words = Vocabulary(worlds.CODES)
    near = np.random.default_rng(0).integers(0, 255, (len(worlds.CODES),) * 2).astype(np.uint8)
    p, v = words.people(people), words.vacancies(vacancies)
    mix = np.random.default_rng(1)
    one = Matcher(p, v, proximity=near, engine=engine)
    other = Matcher(p.take(mix.permutation(len(p))), v.take(mix.permutation(len(v))), proximity=near, engine=engine)
    for ask, ids in (("match_people", p.id), ("match_vacancies", v.id)):
        a, b = getattr(one, ask)(8, ids), getattr(other, ask)(8, ids)
        assert np.array_equal(a.id, b.id) and np.array_equal(a.score, b.score)


def test_points_add_up_and_stay_in_range() -> None:
    people, vacancies = worlds.world(6, 60, 60)
    words = Vocabulary(worlds.CODES)
    matcher = Matcher(words.people(people), words.vacancies(vacancies), proximity=np.full((13, 13), 200, np.uint8))
    found = matcher.match_people(10)
    listed = found.id >= 0
    assert listed.any()
    who = np.broadcast_to(found.query[:, None], found.id.shape)[listed]
    points = matcher.points(who, found.id[listed])
    assert np.array_equal(points.sum(1), found.score[listed])
    assert points.min() >= 0 and found.score.max() <= TOP_SCORE
    one = matcher.match_person(int(who[0]), 10)
    assert [m.score for m in one] == [sum(m.points) for m in one]


def test_weights_must_add_up_and_ages_keep_the_floor() -> None:
    with pytest.raises(ValueError, match="256"):
        Policy(occupation=81)
    with pytest.raises(ValueError, match="ILO"):
        Policy(minimum_age=14)
    with pytest.raises(ValueError, match="ILO"):
        Policy(hazardous_age=16)
    assert Policy().fingerprint() != Policy(default_km=50).fingerprint()
