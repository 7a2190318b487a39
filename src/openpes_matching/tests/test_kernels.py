"""What kernels pass over is never what belongs in a list: bounds, runs and blocks against the plain answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from openpes_matching import Matcher, Vocabulary, compiling, proximity_from_isco
from openpes_matching.scoring import eligible, parts
from openpes_matching.tests import worlds


def matcher(seed: int, people: int, vacancies: int, engine: str, **shape: Any) -> Matcher:
    rows = worlds.world(seed, people, vacancies, **shape)
    words = Vocabulary(worlds.CODES)
    return Matcher(
        words.people(rows[0]),
        words.vacancies(rows[1]),
        proximity=proximity_from_isco(worlds.CODES, [("1111", "9112", 77)]),
        engine=engine,
    )


@pytest.mark.parametrize("seed", range(4))
def test_pruned_equals_unpruned_with_many_candidates(seed: int) -> None:
    """Thousands of candidates fill many blocks and cells, so that most are passed over."""
    shape: dict[str, Any] = {"unknown": 0.03, "licences": 80, "skills": 200}
    fast, slow = matcher(seed, 300, 4_000, "numba", **shape), matcher(seed, 300, 4_000, "numpy", **shape)
    for k in (1, 10, 64):
        a, b = fast.match_people(k), slow.match_people(k)
        assert np.array_equal(a.id, b.id) and np.array_equal(a.score, b.score)
    few = slow.vacancies.id[:200]
    a, b = fast.match_vacancies(10, few), slow.match_vacancies(10, few)
    assert np.array_equal(a.id, b.id) and np.array_equal(a.score, b.score)


@pytest.mark.parametrize("seed", range(3))
def test_runs_leave_out_nothing_in_reach(seed: int) -> None:
    one = matcher(seed, 200, 1_500, "numba", unknown=0.05)
    kernels = compiling.kernels()
    segment = one._segments(one._vacancies)[0]
    people, vacancies = one._people.table, one._vacancies.table
    spans = np.zeros((segment.grid.columns + 1, 2), np.int64)
    runs = np.zeros((segment.grid.columns + 1, 4), np.int64)
    everything = np.arange(len(vacancies.id))
    for p in range(len(people.id)):
        reach = int(people.reach[p]) if people.located[p] else -1
        count, seen = kernels.find_runs(people.lat[p], people.lon[p], reach, segment, spans, runs)
        covered = np.concatenate([segment.row[runs[r, 1] : runs[r, 2]] for r in range(count)] or [everything[:0]])
        assert len(covered) == seen == len(set(covered.tolist()))
        allowed = everything[eligible(people, np.array([p]), vacancies, everything)]
        assert np.isin(allowed, covered).all()


@pytest.mark.parametrize("seed", range(3))
def test_bounds_are_never_too_low(seed: int) -> None:
    one = matcher(seed, 60, 700, "numba", unknown=0.1)
    kernels = compiling.kernels()
    segment = one._segments(one._vacancies)[0]
    people, vacancies, rules = one._people.table, one._vacancies.table, one.rules
    weights = np.array(rules.policy.weights)
    gridded = np.arange(int(segment.cell_start[-1]))
    v = segment.row[gridded]
    one.match_people(1)
    for p in np.flatnonzero(people.located)[:30]:
        had = people.skill[people.skill_start[p] : people.skill_start[p + 1]]
        matched = np.array(
            [
                rules.skill_weight[
                    np.intersect1d(had, vacancies.skill[vacancies.skill_start[i] : vacancies.skill_start[i + 1]])
                ].sum()
                for i in v
            ],
            np.int64,
        )
        true = parts(people, np.array([p]), vacancies, v, matched, rules).T * weights
        reach = int(people.reach[p])
        limit = max(rules.default_dam if reach < 0 else reach, 1)
        bound = np.zeros(len(v), np.int32)
        if people.skills_known[p]:
            kernels.add_skills(
                bound, matched.astype(np.int32), segment.per_total[gridded], np.float32(80), np.float32(128)
            )
            assert (bound >= true[:, 1]).all() and (bound <= true[:, 1] + 2 * 80).all()
        bound[:] = 0
        farthest = np.float32(reach) * np.float32(reach) * kernels.SLACK if reach >= 0 else np.float32(1e30)
        place = (np.float32(people.x[p]), np.float32(people.y[p]), np.float32(people.z[p]))
        kernels.add_distance(
            bound,
            segment.x[gridded],
            segment.y[gridded],
            segment.z[gridded],
            *place,
            farthest,
            np.float32(limit),
            np.float32(32),
        )
        possible = eligible(people, np.array([p]), vacancies, v)
        assert (bound[possible] >= true[possible, 2]).all()
        assert (bound[bound >= 0] <= true[bound >= 0, 2] + 4 * 32).all()


def test_blocks_keep_the_highest() -> None:
    kernels = compiling.kernels()
    draw = np.random.default_rng(0)
    bound = draw.integers(-5, 60_000, 160).astype(np.int32)
    bound[150:] = kernels.EXCLUDED
    highs = np.zeros(10, np.int32)
    cut = kernels.promising(bound, 10, highs, np.zeros(4, np.int64))
    assert np.array_equal(highs, bound.reshape(16, 10).max(0))
    assert cut == np.sort(highs)[-4] and (bound >= cut).sum() >= 4


def test_read_only_inputs_compile_nothing_anew() -> None:
    """A matrix that may not be written has another type for the compiler; the Matcher takes a copy."""
    one = matcher(1, 20, 20, "numba")
    one.match_people(3)
    one.match_vacancies(3)
    kernels = compiling.kernels()
    before = len(kernels.best_vacancies.signatures), len(kernels.best_people.signatures)
    frozen = proximity_from_isco(worlds.CODES)
    frozen.setflags(write=False)
    other = Matcher(one.people, one.vacancies, proximity=frozen, skill_weight=np.full(99, 7, np.int64), engine="numba")
    other.match_people(3, [int(one.people.id[0])])
    other.match_vacancies(3)
    other.put_people(one.people.take([0]))
    other.match_vacancies(3)
    assert (len(kernels.best_vacancies.signatures), len(kernels.best_people.signatures)) == before == (1, 1)
