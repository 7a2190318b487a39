"""Wage: what the vacancy pays a month against what the person asks.

255 x (1000 x pay - floor x asked) / ((full - floor) x asked), rounded down and held between 0 and 255, where floor
and full are the policy's thousandths. A person who asks 0 gets 255. Neutral when either is unknown.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

PERIODS = ("hour", "day", "week", "month")
DAYS_A_MONTH = 26
WEEKS_A_YEAR = 52
USUAL_WEEKLY_HOURS = 48
"""Used for hourly pay without hours: the limit of ILO C1 and C30."""


def monthly_wage(amount: Decimal | int, period: str = "month", weekly_hours: Decimal | int | None = None) -> int:
    """Pay per period as whole currency units a month, halves rounded up.

    hour: amount x weekly_hours x 52 / 12 (48 hours when unknown); day: amount x 26; week: amount x 52 / 12.
    Raises ValueError for another period or an amount below 0.
    """
    pay = Decimal(amount)
    if pay < 0:
        raise ValueError(f"pay must not be negative: {amount}")
    if period == "hour":
        hours = Decimal(USUAL_WEEKLY_HOURS) if weekly_hours is None else Decimal(weekly_hours)
        pay = pay * hours * WEEKS_A_YEAR / 12
    elif period == "day":
        pay = pay * DAYS_A_MONTH
    elif period == "week":
        pay = pay * WEEKS_A_YEAR / 12
    elif period != "month":
        raise ValueError(f"{period!r} is not a pay period; use {', '.join(PERIODS)}")
    return int(pay.quantize(Decimal(1), ROUND_HALF_UP))


def part(asked, paid, floor, full, neutral):
    """Slow twin: int64 part for wages a month, -1 unknown."""
    asked = asked.astype(np.int64)
    paid = paid.astype(np.int64)
    divisor = np.maximum((full - floor) * asked, 1)
    share = np.clip(255 * (1000 * paid - floor * asked) // divisor, 0, 255)
    share = np.where(asked == 0, 255, share)
    return np.where((asked < 0) | (paid < 0), neutral, share)


def meets(asked, paid, floor, full, neutral):
    """The part of one pair, for kernels."""
    if asked < 0 or paid < 0:
        return np.int64(neutral)
    if 1000 * np.int64(paid) >= full * np.int64(asked):
        return np.int64(255)
    above = 1000 * np.int64(paid) - floor * np.int64(asked)
    if above <= 0:
        return np.int64(0)
    return 255 * above // ((full - floor) * np.int64(asked))
