"""Figures of the register as pure functions: stocks, flows, waiting, cohorts. Days count whole and fractions alike.

Registered with a service is not unemployed in the sense of the labour force survey; live places are not postings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openpes_evidence.survival import Curve, kaplan_meier

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
SMALLEST_COHORT = 10


@dataclass(frozen=True)
class Movement:
    """People (or vacancies) of a period: there before, came, went, there after. `came - went = after - before`."""

    before: int
    came: int
    went: int
    after: int


def movement(began: Floats, ended: Floats, *, period_starts: float, period_ends_before: float) -> Movement:
    """Count spells. `began`, `ended`: days since any fixed day, `ended` infinite for those still open."""
    if (ended < began).any():
        raise ValueError("A spell ends before it begins. Mend the rows first; the quality run lists them.")
    before = int(((began < period_starts) & (ended >= period_starts)).sum())
    came = int(((began >= period_starts) & (began < period_ends_before)).sum())
    went = int(((ended >= period_starts) & (ended < period_ends_before)).sum())
    after = int(((began < period_ends_before) & (ended >= period_ends_before)).sum())
    return Movement(before, came, went, after)


@dataclass(frozen=True)
class Filling:
    """Vacancies opened in one period: how many were filled, ended otherwise, are open; and how long filling took."""

    opened: int
    filled: int
    not_filled: int
    still_open: int
    curve: Curve

    @property
    def fill_rate(self) -> float | None:
        """Filled of those that have ended, 0 to 1; None while none has. Open ones are neither."""
        ended = self.filled + self.not_filled
        return None if ended == 0 else self.filled / ended


def filling(opened: Floats, ended: Floats, filled: Marks, *, today: float) -> Filling:
    """The opening cohort. `ended` infinite for open ones; `filled` marks those that ended by being filled.

    Withdrawn and expired vacancies are cut off in the time to fill: they were not filled by then.
    """
    open_now = ended > today
    days = np.minimum(ended, today) - opened
    done = filled & ~open_now
    return Filling(
        len(opened),
        int(done.sum()),
        int((~open_now & ~filled).sum()),
        int(open_now.sum()),
        kaplan_meier(days, done),
    )


def job_finding(began: Floats, found: Floats, left: Floats, *, today: float) -> Curve:
    """Of people who came in one period, the share in work after each day. `found`, `left` infinite where not.

    Who left for another reason, or is still looking, is cut off on that day: a missing exit is not a failure.
    """
    stop = np.minimum(np.minimum(found, left), today)
    return kaplan_meier(np.maximum(stop - began, 0.0), (found <= left) & (found <= today))


@dataclass(frozen=True)
class Waiting:
    """How long something took: the middle, nine of ten, and those who still wait today."""

    median_days: float | None
    ninth_decile_days: float | None
    done: int
    waiting: int


def waiting_times(asked: Floats, served: Floats, *, today: float) -> Waiting:
    """`served` infinite for those who wait; they are cut off today, so a long queue cannot hide behind the quick."""
    done = served <= today
    if not len(asked):
        return Waiting(None, None, 0, 0)
    curve = kaplan_meier(np.minimum(served, today) - asked, done)
    median = curve.median()[0]
    late = np.flatnonzero(curve.waiting <= 0.1 + 1e-12)
    ninth = float(curve.times[late[0]]) if len(late) else None
    return Waiting(median, ninth, int(done.sum()), int((~done).sum()))


def job_finding_rate(exits_to_work: int, stock_before: int) -> float | None:
    """Exits to work in a month over the people looking when it began, 0 to 1; None where nobody was."""
    return None if stock_before <= 0 else exits_to_work / stock_before


def retained(checks: Mapping[str, int]) -> dict[str, float | None]:
    """Of placements whose check is due: shares still in the job at least, at most, and without any answer.

    `checks`: counts under "still_there", "left", "unknown". The truth lies between `at_least` and `at_most`.
    """
    still, left, unknown = (checks.get(key, 0) for key in ("still_there", "left", "unknown"))
    due = still + left + unknown
    if due == 0:
        return {"at_least": None, "at_most": None, "unknown": None}
    return {"at_least": still / due, "at_most": (still + unknown) / due, "unknown": unknown / due}
