"""Money always carries its currency and, for pay, its period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PayPeriod(StrEnum):
    """What one payment pays for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Pay:
    """An amount per period. `currency` is ISO 4217."""

    amount: Decimal
    currency: str
    period: PayPeriod
