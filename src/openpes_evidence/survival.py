"""How long until something happens, when some are still waiting: Kaplan and Meier (1958), with Greenwood's error.

Time to fill and time to a job count those still open as what they are, cut off today, not as never and not as left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openpes_evidence.proportions import Z95


@dataclass(frozen=True)
class Curve:
    """The share still waiting after each time at which something happened.

    `times` in the unit that came in (days), ascending; `waiting`, `lower`, `upper` 0 to 1; `at_risk` before each time.
    """

    times: NDArray[np.float64]
    waiting: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    n: int

    def share_by(self, time: float) -> tuple[float, float, float]:
        """(share that it has happened to by then, lower, upper), 0 to 1."""
        where = int(np.searchsorted(self.times, time, side="right")) - 1
        if where < 0:
            return 0.0, 0.0, 0.0
        return 1 - float(self.waiting[where]), 1 - float(self.upper[where]), 1 - float(self.lower[where])

    def median(self) -> tuple[float | None, float | None, float | None]:
        """(median time, lower, upper); None where the curve, or its band, never comes down to one half."""
        return (
            _first_below(self.times, self.waiting),
            _first_below(self.times, self.lower),
            _first_below(self.times, self.upper),
        )


def _first_below(times: NDArray[np.float64], waiting: NDArray[np.float64]) -> float | None:
    below = np.flatnonzero(waiting <= 0.5 + 1e-12)
    return float(times[below[0]]) if len(below) else None


def kaplan_meier(times: NDArray[np.float64], happened: NDArray[np.bool_]) -> Curve:
    """The curve of `times` (nought or more), each ending in the thing itself or cut off while still waiting."""
    if len(times) != len(happened):
        raise ValueError("Each time needs to be told whether it happened or was cut off.")
    if (times < 0).any():
        raise ValueError("A time below nought: something ended before it began.")
    order = np.argsort(times, kind="stable")
    times, happened = times[order], happened[order]
    points = np.unique(times[happened])
    at_risk = len(times) - np.searchsorted(times, points, side="left")
    events = np.searchsorted(times[happened], points, side="right") - np.searchsorted(
        times[happened], points, side="left"
    )
    waiting = np.cumprod(1 - events / np.maximum(at_risk, 1)).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(events / (at_risk * (at_risk - events)))
    lower, upper = _log_log_band(waiting, spread)
    return Curve(points, waiting, lower, upper, at_risk, len(times))


def _log_log_band(
    waiting: NDArray[np.float64], spread: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """95 per cent on the log-minus-log scale, which keeps the band within 0 and 1."""
    lower, upper = waiting.copy(), waiting.copy()
    for i, (share, sum_) in enumerate(zip(waiting, spread, strict=True)):
        if 0 < share < 1 and math.isfinite(sum_):
            half = Z95 * math.sqrt(sum_) / abs(math.log(share))
            lower[i], upper[i] = share ** math.exp(half), share ** math.exp(-half)
        elif share == 0:
            # Everybody's time has come; Greenwood has no error here, so the band of the step before goes on.
            lower[i], upper[i] = 0.0, upper[i - 1] if i else 1.0
    return lower, upper
