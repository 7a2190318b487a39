"""Shares from a sample survey with the error that its design gives them: strata, first-stage units, weights.

Taylor linearisation of a ratio of totals with first-stage units drawn with replacement within strata, the usual
estimator of national statistical offices. A stratum with one unit cannot tell its own spread: it takes its deviation
from the mean of all strata, which errs on the side of caution (and `Estimate.lone_units` says how many there were).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openpes_evidence.proportions import Z95

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Design:
    """Who was asked and how they were drawn: one entry a person, equally long.

    `weights`: how many people each stands for, above nought. `strata` and `units` (first-stage units, enumeration
    areas): any whole numbers; units are counted within their stratum.
    """

    weights: Floats
    strata: NDArray[np.int64]
    units: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not len(self.weights) == len(self.strata) == len(self.units):
            raise ValueError("Weights, strata and first-stage units have one entry for each person.")
        if not np.isfinite(self.weights).all() or (self.weights <= 0).any():
            raise ValueError("Every weight is a number above nought. Leave out people who stand for nobody.")


@dataclass(frozen=True)
class Estimate:
    """A share with its error. `value`, `error`, `lower`, `upper` from 0 to 1; `n` people asked in the group."""

    value: float
    error: float
    lower: float
    upper: float
    n: int
    design_effect: float
    lone_units: int


def share(design: Design, having: Marks, among: Marks) -> Estimate | None:
    """The share of those who have a trait among a group, as the design gives it; None for an empty group.

    Errors use the whole sample (the group is a domain, not a sample of its own): people outside count as noughts.
    """
    top = design.weights * (having & among)
    bottom = design.weights * among
    whole = float(bottom.sum())
    if whole <= 0:
        return None
    value = float(top.sum()) / whole
    scores = (top - value * bottom) / whole
    variance, lone = _variance_of_total(scores, design)
    error = math.sqrt(variance)
    n = int(among.sum())
    simple = value * (1 - value) / n
    lower, upper = _logit_interval(value, error)
    return Estimate(value, error, lower, upper, n, variance / simple if simple > 0 else 1.0, lone)


def _variance_of_total(scores: Floats, design: Design) -> tuple[float, int]:
    """The variance of the sum of linearised scores, and how many strata had a single unit."""
    keys = np.stack([design.strata, design.units])
    pairs, where = np.unique(keys, axis=1, return_inverse=True)
    totals = np.bincount(where.ravel(), weights=scores)
    strata, stratum_of = np.unique(pairs[0], return_inverse=True)
    counts = np.bincount(stratum_of, minlength=len(strata))
    means = np.bincount(stratum_of, weights=totals) / counts
    lone = counts == 1
    centre = np.where(lone, totals.mean(), means)
    squares = np.bincount(stratum_of, weights=(totals - centre[stratum_of]) ** 2)
    factor = np.where(lone, 1.0, counts / np.maximum(counts - 1, 1))
    return float((factor * squares).sum()), int(lone.sum())


def _logit_interval(value: float, error: float) -> tuple[float, float]:
    """95 per cent on the logit scale, so that it stays within 0 and 1."""
    if not 0 < value < 1 or error == 0:
        return value, value
    centre, half = math.log(value / (1 - value)), Z95 * error / (value * (1 - value))
    return 1 / (1 + math.exp(half - centre)), 1 / (1 + math.exp(-half - centre))
