"""How vacancies and people looking hang together: tightness, the Beveridge curve and its segments, shortages. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ENOUGH_PEOPLE, ENOUGH_VACANCIES = 30, 20


def tightness(live_places: float, looking: float) -> float | None:
    """Live places for one person looking, on the same day and in the same occupations; None when nobody looks."""
    return None if looking <= 0 else live_places / looking


def vacancy_rate(vacancies: float, employed: float) -> float | None:
    """V / (V + E), 0 to 1."""
    return None if vacancies + employed <= 0 else vacancies / (vacancies + employed)


@dataclass(frozen=True)
class Segment:
    """A stretch of months in which the Beveridge curve did not move.

    `starts`, `ends_before`: positions of months. `elasticity`: minus the slope of ln v over ln u, with its `error`.
    """

    starts: int
    ends_before: int
    elasticity: float
    error: float
    level: float


def beveridge_segments(
    unemployment: Sequence[float], vacancies: Sequence[float], *, shortest: int = 12, most: int = 4
) -> list[Segment]:
    """Cut the months where the curve shifts: the cuts that the Bayesian criterion finds worth their two parameters.

    Both are rates above nought, a month each. `shortest`: months that a segment has at least. `most`: segments.
    """
    u, v = np.log(np.asarray(unemployment, float)), np.log(np.asarray(vacancies, float))
    months = len(u)
    if len(v) != months:
        raise ValueError("Unemployment and vacancies need the same months.")
    if months < shortest:
        return []
    cost = _fit_costs(u, v, shortest)
    best = _cheapest_cuts(cost, months, shortest, most)
    return [_segment(u, v, a, b) for a, b in best]


def _fit_costs(u: np.ndarray, v: np.ndarray, shortest: int) -> dict[tuple[int, int], float]:
    months = len(u)
    return {(a, b): _residual(u[a:b], v[a:b]) for a in range(months) for b in range(a + shortest, months + 1)}


def _residual(u: np.ndarray, v: np.ndarray) -> float:
    du, dv = u - u.mean(), v - v.mean()
    square = float(du @ du)
    slope = float(du @ dv) / square if square > 0 else 0.0
    rest = dv - slope * du
    return float(rest @ rest)


def _cheapest_cuts(cost: dict[tuple[int, int], float], months: int, shortest: int, most: int) -> list[tuple[int, int]]:
    # paths[k][b]: the least sum of squares of k segments that end before b, and the cuts that give it.
    paths: list[dict[int, tuple[float, list[tuple[int, int]]]]] = [{0: (0.0, [])}]
    for _ in range(most):
        reached: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for a, (so_far, cuts) in paths[-1].items():
            for b in range(a + shortest, months + 1):
                total = so_far + cost[a, b]
                if b not in reached or total < reached[b][0]:
                    reached[b] = (total, [*cuts, (a, b)])
        paths.append(reached)

    def criterion(total: float, segments: int) -> float:
        # Three numbers a segment (level, slope, where it begins), and a floor under a perfect fit.
        return months * math.log(max(total, 1e-12) / months) + 3 * segments * math.log(months)

    found = [
        (criterion(reached[months][0], k), reached[months][1])
        for k, reached in enumerate(paths)
        if k and months in reached
    ]
    return min(found, key=lambda one: one[0])[1] if found else []


def _segment(u: np.ndarray, v: np.ndarray, a: int, b: int) -> Segment:
    x, y = u[a:b], v[a:b]
    du, dv = x - x.mean(), y - y.mean()
    square = float(du @ du)
    slope = float(du @ dv) / square if square > 0 else 0.0
    rest = dv - slope * du
    error = math.sqrt(float(rest @ rest) / max(b - a - 2, 1) / square) if square > 0 else math.inf
    return Segment(a, b, -slope, error, float(y.mean() - slope * x.mean()))


def efficient_unemployment(u: float, v: float, *, elasticity: float, cost: float, value_of_idle: float) -> float:
    """u* of Michaillat and Saez (2021): (k e / (1 - z) * v * u^e)^(1 / (1 + e)), all rates 0 to 1.

    `cost`: recruiters' time for one vacancy, in workers. `value_of_idle`: what an idle hour is worth to society, as a
    share of a worked one; below 1.
    """
    if not (u > 0 and v > 0 and elasticity > 0 and cost > 0 and value_of_idle < 1):
        raise ValueError(
            "Rates, elasticity and cost lie above nought, and an idle hour is worth less than a worked one."
        )
    return float((cost * elasticity / (1 - value_of_idle) * v * u**elasticity) ** (1 / (1 + elasticity)))


@dataclass(frozen=True)
class Occupation:
    """What is known of one occupation. Days to fill, growth of pay and of vacancies (per cent) may be unknown."""

    code: str
    looking: int
    live_places: int
    days_to_fill: float | None = None
    pay_growth: float | None = None
    vacancy_growth: float | None = None


@dataclass(frozen=True)
class Shortage:
    """One line of the shortage list: the score is the mean of its known parts, each in standard deviations."""

    code: str
    score: float
    parts: dict[str, float]


def shortage_list(occupations: Sequence[Occupation]) -> tuple[list[Shortage], list[str]]:
    """(occupations that may be short of people, hardest first; codes with too few people or vacancies to say).

    Only occupations with 30 people looking or working and 20 live places are compared. Each part is standardised over
    those compared; what is unknown is left out of the mean rather than taken for nought.
    """
    enough = [one for one in occupations if one.looking >= ENOUGH_PEOPLE and one.live_places >= ENOUGH_VACANCIES]
    few = sorted({one.code for one in occupations} - {one.code for one in enough})
    measures: dict[str, list[float | None]] = {
        "tightness": [math.log(one.live_places / one.looking) for one in enough],
        "days_to_fill": [one.days_to_fill for one in enough],
        "pay_growth": [one.pay_growth for one in enough],
        "vacancy_growth": [one.vacancy_growth for one in enough],
    }
    scaled = {name: _standardised(values) for name, values in measures.items()}
    listed = []
    for i, one in enumerate(enough):
        parts = {name: value for name, values in scaled.items() if (value := values[i]) is not None}
        if parts:
            listed.append(Shortage(one.code, sum(parts.values()) / len(parts), parts))
    return sorted(listed, key=lambda line: (-line.score, line.code)), few


def _standardised(values: Sequence[float | None]) -> list[float | None]:
    known = [value for value in values if value is not None]
    if len(known) < 3:
        return [None] * len(values)
    mean, spread = float(np.mean(known)), float(np.std(known, ddof=1))
    if spread == 0:
        return [None if value is None else 0.0 for value in values]
    return [None if value is None else (value - mean) / spread for value in values]
