"""The time of year taken out of a monthly series by moving averages (the core of Shiskin, Young and Musgrave, 1967).

Trend by a 2 x 12 average, seasonal factors by a 3 x 3 average of each calendar month over the years, smoothed factors
brought to a year's mean, a Henderson trend of 13 terms, factors again by 3 x 5. A series with no clear season (by the
stable-seasonality test of the same method) is returned as it is, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
YEAR = 12
SHORTEST = 36
# Above this ratio of variances the method's own handbook calls a season clearly present.
CLEAR_SEASON = 7.0


@dataclass(frozen=True)
class Adjusted:
    """The series without its season: `values`, `factors` (1 or 0 where there is none), `trend`; one entry a month."""

    values: Floats
    factors: Floats
    trend: Floats
    seasonal: bool
    test: float
    multiplicative: bool


def adjust(series: Sequence[float], *, multiplicative: bool | None = None) -> Adjusted:
    """Take the season out. Raises ValueError for fewer than three years or a month without a number.

    `multiplicative`: whether the season grows with the level; unknown: yes where all values lie above nought.
    """
    values = np.asarray(series, float)
    if len(values) < SHORTEST:
        raise ValueError(f"There are {len(values)} months; a season shows only over {SHORTEST} or more.")
    if not np.isfinite(values).all():
        raise ValueError("A month has no number. Fill the gap, or begin after it.")
    if multiplicative is None:
        multiplicative = bool((values > 0).all())
    if multiplicative and (values <= 0).any():
        raise ValueError("A season that grows with the level needs values above nought.")
    work = np.log(values) if multiplicative else values
    rough = _two_by_twelve(work)
    factors = _factors(work - rough, (3, 3))
    trend = _henderson(work - factors)
    factors = _factors(work - trend, (3, 5))
    trend = _henderson(work - factors)
    test = _stable_seasonality(work - trend)
    if test < CLEAR_SEASON:
        plain = np.ones_like(values) if multiplicative else np.zeros_like(values)
        smooth = _henderson(work)
        return Adjusted(values.copy(), plain, np.exp(smooth) if multiplicative else smooth, False, test, multiplicative)
    clean = work - factors
    if multiplicative:
        return Adjusted(np.exp(clean), np.exp(factors), np.exp(trend), True, test, True)
    return Adjusted(clean, factors, trend, True, test, False)


def _two_by_twelve(values: Floats) -> Floats:
    weights = np.full(YEAR + 1, 1 / YEAR)
    weights[[0, -1]] /= 2
    middle = np.convolve(values, weights, mode="valid")
    half = YEAR // 2
    # At the ends the average leans on what there is: the nearest full average, moved by the slope of the last year.
    slope_first = (middle[min(YEAR, len(middle) - 1)] - middle[0]) / max(min(YEAR, len(middle) - 1), 1)
    slope_last = (middle[-1] - middle[max(-YEAR - 1, -len(middle))]) / max(min(YEAR, len(middle) - 1), 1)
    before = middle[0] - slope_first * np.arange(half, 0, -1)
    after = middle[-1] + slope_last * np.arange(1, half + 1)
    return np.concatenate([before, middle, after])


def _factors(ratios: Floats, spans: tuple[int, int]) -> Floats:
    """Smoothed factors of each calendar month, brought to a mean of nought over every year."""
    factors = np.empty_like(ratios)
    for month in range(YEAR):
        line = ratios[month::YEAR]
        factors[month::YEAR] = _average(_average(line, spans[0]), spans[1])
    return factors - _two_by_twelve(factors)


def _average(line: Floats, span: int) -> Floats:
    """A centred average that shortens at the ends."""
    half = span // 2
    return np.array([line[max(0, i - half) : i + half + 1].mean() for i in range(len(line))])


def _henderson_weights(half: int) -> Floats:
    """Henderson's weights (1916) of 2 * half + 1 terms, by the closed form."""
    n = half + 2
    j = np.arange(-half, half + 1, dtype=float)
    top = 315 * ((n - 1) ** 2 - j**2) * (n**2 - j**2) * ((n + 1) ** 2 - j**2) * (3 * n**2 - 16 - 11 * j**2)
    return top / (8 * n * (n**2 - 1) * (4 * n**2 - 1) * (4 * n**2 - 9) * (4 * n**2 - 25))


def _henderson(values: Floats, half: int = 6) -> Floats:
    """A smooth trend; the ends are carried on by a straight line through the last half year before smoothing."""
    at = np.arange(half)
    first = np.polyfit(at, values[:half], 1)
    last = np.polyfit(at, values[-half:], 1)
    padded = np.concatenate(
        [np.polyval(first, np.arange(-half, 0)), values, np.polyval(last, np.arange(half, 2 * half))]
    )
    return np.convolve(padded, _henderson_weights(half), mode="valid")


def _stable_seasonality(ratios: Floats) -> float:
    """Variance between calendar months over variance within them."""
    whole_years = len(ratios) // YEAR
    table = ratios[: whole_years * YEAR].reshape(whole_years, YEAR)
    between = whole_years * ((table.mean(axis=0) - table.mean()) ** 2).sum() / (YEAR - 1)
    within = ((table - table.mean(axis=0)) ** 2).sum() / (YEAR * (whole_years - 1))
    return float(between / within) if within > 0 else float("inf")
