"""Figures against numbers worked out by hand, and the properties that any of them must have."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes_evidence.labour_force import Answers, Standard, Totals, classify, underuse, underuse_of_totals
from openpes_evidence.mismatch import mismatch_index
from openpes_evidence.nowcast import nowcast
from openpes_evidence.register import filling, job_finding, movement, retained, waiting_times
from openpes_evidence.seasonal import adjust
from openpes_evidence.structure import (
    Occupation,
    beveridge_segments,
    efficient_unemployment,
    shortage_list,
    tightness,
)
from openpes_evidence.survey import Design, share
from openpes_evidence.survival import kaplan_meier


def test_mismatch_is_nought_where_vacancies_lie_where_people_are() -> None:
    assert mismatch_index([10, 20, 30], [1, 2, 3]) == pytest.approx(0)
    assert mismatch_index([10, 0], [0, 10]) == pytest.approx(1)
    assert mismatch_index([0, 0], [1, 2]) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        mismatch_index([1], [1], weight=1)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=12))
def test_more_detail_never_lowers_the_mismatch(pairs: list[tuple[int, int]]) -> None:
    fine = mismatch_index([u for u, _ in pairs], [v for _, v in pairs])
    coarse = mismatch_index(
        [pairs[0][0] + pairs[1][0], *(u for u, _ in pairs[2:])], [pairs[0][1] + pairs[1][1], *(v for _, v in pairs[2:])]
    )
    if fine is not None and coarse is not None:
        assert fine >= coarse - 1e-12


def test_kaplan_meier_of_the_textbook() -> None:
    # Freireich's 21 remission times under 6-MP (1963): S(6) = .857, S(10) = .753, S(23) = .448.
    times = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], float)
    ended = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], bool)
    curve = kaplan_meier(times, ended)
    by_time = dict(zip(curve.times, curve.waiting, strict=True))
    assert [round(by_time[t], 3) for t in (6, 10, 23)] == [0.857, 0.753, 0.448]
    assert curve.median()[0] == 23
    assert curve.share_by(5) == (0.0, 0.0, 0.0)
    assert curve.share_by(6)[0] == pytest.approx(1 - 0.857, abs=1e-3)


def test_the_share_of_a_survey_by_hand() -> None:
    # Two strata, two units each, one person a unit: variance = sum over strata of 2 * sum (z - mean)^2.
    design = Design(np.array([1.0, 3.0, 2.0, 4.0]), np.array([1, 1, 2, 2]), np.array([1, 2, 1, 2]))
    having = np.array([True, False, True, False])
    found = share(design, having, np.ones(4, bool))
    assert found is not None and found.value == pytest.approx(0.3)
    z = np.array([0.7, -0.9, 1.4, -1.2]) / 10
    by_hand = 2 * ((z[0] - z[:2].mean()) ** 2 * 2 + (z[2] - z[2:].mean()) ** 2 * 2)
    assert found.error == pytest.approx(math.sqrt(by_hand))
    assert share(design, having, np.zeros(4, bool)) is None


def people(**marks: list[int]) -> Answers:
    size = len(next(iter(marks.values())))
    names = Answers.__dataclass_fields__
    return Answers(**{name: np.array(marks.get(name, [0] * size), bool) for name in names})


def test_the_two_standards_count_own_food_differently() -> None:
    answers = people(works_for_own_use=[1, 0, 0], searched=[1, 1, 0], available=[1, 1, 1], wants_work=[1, 1, 1])
    old, new = classify(answers, Standard.ICLS_13), classify(answers, Standard.ICLS_19)
    assert old.employed.tolist() == [True, False, False]
    assert new.employed.tolist() == [False, False, False]
    assert new.unemployed.tolist() == [True, True, False]
    assert new.potential.tolist() == [False, False, True]
    design = Design(np.ones(3), np.ones(3, int), np.arange(3))
    shares = underuse(new, design, np.ones(3, bool))
    assert shares["LU1"] is not None and shares["LU1"].value == 1
    assert shares["PARTICIPATION"] is not None and shares["PARTICIPATION"].value == pytest.approx(2 / 3)


def test_underuse_from_published_totals() -> None:
    found = underuse_of_totals(Totals(90, 10, 5, 20))
    assert found == {"LU1": 0.1, "LU2": 0.15, "LU3": 30 / 120, "LU4": 35 / 120}
    assert underuse_of_totals(Totals(90, 10))["LU3"] is None
    assert set(underuse_of_totals(Totals(0, 0)).values()) == {None}


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 60)), max_size=40), st.integers(0, 50))
def test_what_came_and_went_explains_the_stock(spells: list[tuple[int, int]], starts: int) -> None:
    began = np.array([b for b, _ in spells], float)
    ended = np.array([b + d if d < 50 else math.inf for b, d in spells], float)
    found = movement(began, ended, period_starts=starts, period_ends_before=starts + 7)
    short = int(((began >= starts) & (ended < starts + 7)).sum())
    assert found.after - found.before == found.came - found.went
    assert short <= min(found.came, found.went)


def test_filling_counts_open_vacancies_apart() -> None:
    opened, ended = np.zeros(4), np.array([5.0, 9.0, math.inf, 20.0])
    found = filling(opened, ended, np.array([True, False, False, True]), today=10)
    assert (found.filled, found.not_filled, found.still_open) == (1, 1, 2)
    assert found.fill_rate == 0.5
    assert found.curve.median()[0] is None


def test_a_missing_exit_is_not_a_failure() -> None:
    never = math.inf
    curve = job_finding(np.zeros(3), np.array([10.0, never, never]), np.array([never, 5.0, never]), today=100)
    # The one who left on day 5 is not at risk on day 10: one of two found work, not one of three.
    assert curve.share_by(30)[0] == pytest.approx(0.5)


def test_those_who_wait_are_not_hidden_by_the_quick() -> None:
    never = math.inf
    found = waiting_times(np.zeros(5), np.array([1.0, 1.0, never, never, never]), today=30)
    assert (found.done, found.waiting, found.median_days) == (2, 3, None)
    assert waiting_times(np.array([]), np.array([]), today=1).median_days is None


def test_silence_is_neither_success_nor_failure() -> None:
    assert retained({"still_there": 6, "left": 2, "unknown": 2}) == {"at_least": 0.6, "at_most": 0.8, "unknown": 0.2}
    assert retained({})["at_least"] is None


def test_a_known_season_is_found_and_none_is_invented() -> None:
    rng = np.random.default_rng(7)
    months = np.arange(96)
    trend = 200 + 1.5 * months
    season = np.tile([1.2, 1.1, 1, 0.9, 0.85, 0.9, 1, 1.05, 1.1, 1, 0.95, 0.95], 8)
    season = season / season[:12].mean()
    found = adjust(trend * season * np.exp(rng.normal(0, 0.005, 96)))
    assert found.seasonal
    assert np.abs(found.values / trend - 1).max() < 0.02
    plain = adjust(trend * np.exp(rng.normal(0, 0.02, 96)))
    assert not plain.seasonal
    assert (plain.factors == 1).all()
    with pytest.raises(ValueError, match="36 or more"):
        adjust([1.0] * 35)


def test_a_nowcast_is_shown_only_when_it_beats_both_plain_guesses() -> None:
    rng = np.random.default_rng(3)
    register = np.cumsum(rng.normal(0, 1, 61))
    survey = 5 + 0.5 * register[:60] + rng.normal(0, 0.1, 60)
    good = nowcast(survey, register)
    assert good is not None and good.publish
    assert abs(good.value - (5 + 0.5 * register[60])) < 0.5
    noise = nowcast(survey, rng.normal(0, 1, 61))
    assert noise is not None and not noise.publish
    assert nowcast(survey[:30], register[:31]) is None


def test_a_shift_of_the_beveridge_curve_is_found() -> None:
    rng = np.random.default_rng(5)
    u = np.exp(rng.uniform(-3.2, -2.4, 48))
    v = np.where(np.arange(48) < 24, 0.002, 0.004) * u**-0.9 * np.exp(rng.normal(0, 0.01, 48))
    segments = beveridge_segments(u, v)
    assert [(one.starts, one.ends_before) for one in segments] == [(0, 24), (24, 48)]
    assert all(abs(one.elasticity - 0.9) < 0.05 for one in segments)
    assert beveridge_segments(u[:5], v[:5]) == []


def test_efficient_unemployment_is_the_square_root_rule_in_its_simple_case() -> None:
    # With elasticity 1, cost 1 and idle time worth nothing, u* = sqrt(u v).
    assert efficient_unemployment(0.06, 0.04, elasticity=1, cost=1, value_of_idle=0) == pytest.approx(math.sqrt(0.0024))


def test_the_shortage_list_leaves_out_what_is_too_few_and_shows_its_parts() -> None:
    listed, few = shortage_list(
        [
            Occupation("5120", 100, 400, 40, 5, 10),
            Occupation("9112", 400, 100, 10, 1, 0),
            Occupation("5223", 200, 200, 20, 2, None),
            Occupation("2211", 5, 50),
        ]
    )
    assert [line.code for line in listed] == ["5120", "5223", "9112"]
    assert few == ["2211"]
    assert "vacancy_growth" not in listed[1].parts
    assert sum(line.parts["tightness"] for line in listed) == pytest.approx(0)


def test_tightness_without_people_is_unknown() -> None:
    assert tightness(10, 0) is None
    assert tightness(10, 20) == 0.5
