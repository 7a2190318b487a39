"""Kernels, slow twin and explanations against a program written from the documentation alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openpes_matching import TERMS, Matcher, Policy, Vocabulary, proximity_from_isco
from openpes_matching.tests import oracle, worlds

LAW = {"minimum_age": 15, "hazardous_age": 18}


def built(
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]], engine: str, seed: int = 0
) -> tuple[Matcher, dict[str, int]]:
    words = Vocabulary(worlds.CODES)
    people, vacancies = words.people(rows[0]), words.vacancies(rows[1])
    related = [(a, b, value) for (a, b), value in worlds.RELATED.items()]
    weights = np.random.default_rng(seed).integers(1, 256, len(words.skills))
    matcher = Matcher(
        people,
        vacancies,
        proximity=proximity_from_isco(worlds.CODES, related),
        skill_weight=weights,
        policy=Policy(**LAW),
        engine=engine,
    )
    by_label = {str(label): int(weights[i]) for i, label in enumerate(words.skills.labels)}
    return matcher, by_label


def expected(
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]], weights: dict[str, int]
) -> dict[tuple[int, int], tuple[int, set[str]]]:
    return {
        (p["id"], v["id"]): (
            oracle.score(oracle.parts(p, v, worlds.RELATED, weights)),
            oracle.excluded(p, v, LAW),
        )
        for p in rows[0]
        for v in rows[1]
    }


def lists(matches: Any) -> dict[int, list[tuple[int, int]]]:
    return {
        int(q): [(int(s), int(i)) for s, i in zip(scores, ids, strict=True) if i >= 0]
        for q, scores, ids in zip(matches.query, matches.score, matches.id, strict=True)
    }


def assert_equal(rows: Any, engine: str, k: int, seed: int = 0) -> None:
    matcher, weights = built(rows, engine, seed)
    truth = expected(rows, weights)
    for_people, for_vacancies = lists(matcher.match_people(k)), lists(matcher.match_vacancies(k))
    for p in rows[0]:
        pairs = [(truth[p["id"], v["id"]][0], v["id"]) for v in rows[1] if not truth[p["id"], v["id"]][1]]
        assert for_people[p["id"]] == oracle.best(pairs, k)
    for v in rows[1]:
        pairs = [(truth[p["id"], v["id"]][0], p["id"]) for p in rows[0] if not truth[p["id"], v["id"]][1]]
        assert for_vacancies[v["id"]] == oracle.best(pairs, k)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("licences", [6, 200])
@pytest.mark.parametrize("seed", range(6))
def test_lists_equal_the_oracle(engine: str, licences: int, seed: int) -> None:
    assert_equal(worlds.world(seed, 40, 60, licences=licences), engine, k=7, seed=seed)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**9),
    people=st.integers(0, 12),
    vacancies=st.integers(0, 15),
    k=st.integers(1, 20),
    unknown=st.sampled_from([0.0, 0.2, 0.9, 1.0]),
    licences=st.sampled_from([0, 3, 100]),
)
def test_any_small_world(seed: int, people: int, vacancies: int, k: int, unknown: float, licences: int) -> None:
    rows = worlds.world(seed, people, vacancies, unknown=unknown, licences=licences)
    for engine in ("numpy", "numba"):
        assert_equal(rows, engine, k, seed % 1000)


@pytest.mark.parametrize("seed", range(3))
def test_explanations_equal_the_oracle(seed: int) -> None:
    rows = worlds.world(seed, 25, 25, licences=70)
    matcher, weights = built(rows, "numpy", seed)
    for p in rows[0]:
        for v in rows[1]:
            told = matcher.explain(p["id"], v["id"])
            parts = oracle.parts(p, v, worlds.RELATED, weights)
            assert {part.term: part.value for part in told.parts} == parts
            assert told.score == oracle.score(parts) == sum(part.points for part in told.parts)
            assert {obstacle.code for obstacle in told.obstacles} == oracle.excluded(p, v, LAW)
    assert [part.term for part in told.parts] == list(TERMS)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_changes_give_what_a_rebuild_gives(engine: str) -> None:
    people, vacancies = worlds.world(11, 40, 60, licences=90, skills=40)
    more_people, more_vacancies = worlds.world(12, 8, 10, licences=150, skills=60)
    spare = 10_000
    for offset, row in enumerate(more_people + more_vacancies):
        row["id"] = spare + offset
    more_people[0]["id"], more_people[1]["id"] = people[3]["id"], people[4]["id"]
    more_vacancies[0]["id"] = vacancies[5]["id"]
    words = Vocabulary(worlds.CODES)
    near = proximity_from_isco(worlds.CODES)
    matcher = Matcher(words.people(people), words.vacancies(vacancies), proximity=near, engine=engine)
    matcher.match_people(5)
    matcher.match_vacancies(5)
    for row in more_vacancies:
        matcher.put_vacancies(words.vacancies([row]))
    matcher.put_people(words.people(more_people))
    gone_people, gone_vacancies = [people[0]["id"], spare + 3], [vacancies[0]["id"], spare + 9]
    matcher.remove_people(gone_people)
    matcher.remove_vacancies(gone_vacancies)
    new_people = {row["id"]: row for row in people + more_people}
    new_vacancies = {row["id"]: row for row in vacancies + more_vacancies}
    whole = Matcher(
        words.people([row for i, row in new_people.items() if i not in gone_people]),
        words.vacancies([row for i, row in new_vacancies.items() if i not in gone_vacancies]),
        proximity=near,
        engine=engine,
    )
    assert lists(matcher.match_people(9)) == lists(whole.match_people(9))
    assert lists(matcher.match_vacancies(9)) == lists(whole.match_vacancies(9))
    with pytest.raises(KeyError):
        matcher.match_person(people[0]["id"])


def test_ids_use_all_of_32_bits() -> None:
    words = Vocabulary(["1111"])
    ids = [2**32 - 1, 2**31, 2**31 - 1, 5]
    people, vacancies = words.people([{"id": i} for i in ids]), words.vacancies([{"id": i} for i in ids])
    for engine in ("numpy", "numba"):
        matcher = Matcher(people, vacancies, proximity=np.full((1, 1), 255, np.uint8), engine=engine)
        assert matcher.match_people(4).id.tolist() == [sorted(ids)] * 4
        assert matcher.match_vacancies(2).id.tolist() == [sorted(ids)[:2]] * 4


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_a_matcher_that_lives_long_stays_small_and_right(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openpes_matching.matcher.MOST_DEAD_ROWS", 10)
    people, vacancies = worlds.world(31, 12, 30, licences=70)
    words = Vocabulary(worlds.CODES)
    near = proximity_from_isco(worlds.CODES)
    matcher = Matcher(words.people([]), words.vacancies([]), proximity=near, engine=engine)
    whole = Matcher(words.people(people), words.vacancies(vacancies), proximity=near, engine=engine)
    truth = lists(whole.match_people(6))
    for _ in range(4):
        matcher.put_vacancies(words.vacancies(vacancies))
        for row in people:
            matcher.put_people(words.people([row]))
            found = matcher.match_person(row["id"], 6)
            assert [(one.score, one.id) for one in found] == truth[row["id"]]
            matcher.remove_people([row["id"]])
    assert len(matcher._people.alive) < 30 and len(matcher._vacancies.alive) <= 80
    assert len(matcher.people) == 0 and len(matcher.vacancies) == len(vacancies)
