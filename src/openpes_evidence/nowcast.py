"""This month's survey figure guessed from the register, and whether the guess may be shown at all. Pure.

The guess is published only when, made again for each past month from what was known then, it came closer than both
plain guesses: "as last time" and "as a year ago, moved by last time's change over the year".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openpes_evidence.proportions import Z95

FEWEST = 24


@dataclass(frozen=True)
class Nowcast:
    """`value` with its band in the survey's unit, and the root mean squared errors of the three ways of guessing.

    `publish`: it beat both plain guesses; else `value` is for the bench alone.
    """

    value: float
    lower: float
    upper: float
    error: float
    error_as_last: float
    error_as_last_year: float
    tried: int

    @property
    def publish(self) -> bool:
        """Whether it may be shown."""
        return self.error < self.error_as_last and self.error < self.error_as_last_year


def nowcast(survey: Sequence[float], register: Sequence[float], *, season: int = 12) -> Nowcast | None:
    """Guess the next survey figure. `register` has one entry more than `survey`: the month that is asked for.

    `season`: entries a year (12 months, 4 quarters). None with fewer than two seasons and 24 entries to learn from.
    """
    y, x = np.asarray(survey, float), np.asarray(register, float)
    if len(x) != len(y) + 1:
        raise ValueError("The register needs every month of the survey, and the month that is asked for.")
    start = max(FEWEST, 2 * season)
    if len(y) < start + season:
        return None
    guesses, last, seasonal = [], [], []
    for t in range(start, len(y)):
        guesses.append(_guess(y[:t], x[: t + 1]) - y[t])
        last.append(y[t - 1] - y[t])
        seasonal.append(y[t - season] + y[t - 1] - y[t - 1 - season] - y[t])
    errors = [float(np.sqrt(np.mean(np.square(misses)))) for misses in (guesses, last, seasonal)]
    value = _guess(y, x)
    half = Z95 * errors[0]
    return Nowcast(value, value - half, value + half, errors[0], errors[1], errors[2], len(guesses))


def _guess(y: np.ndarray, x: np.ndarray) -> float:
    """Last figure plus what the register's own change usually means (least squares on changes)."""
    dy, dx = np.diff(y), np.diff(x[:-1])
    design = np.column_stack([np.ones_like(dx), dx])
    level, slope = np.linalg.lstsq(design, dy, rcond=None)[0]
    return float(y[-1] + level + slope * (x[-1] - x[-2]))
