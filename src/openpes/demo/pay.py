"""Pay of the demonstration: at or a little above the minimum wage of the place, as far as the pack knows one."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from math import floor, log10
from random import Random

from openpes.core.money import PayPeriod
from openpes.demo.chance import Weighted
from openpes.vacancies.rules import wage_sector
from openpes_countries import Country, minimum_wage_for, weekly_hours_limit
from openpes_countries.rules_pay import as_monthly

# What a beginner may earn in a month, where the pack knows no minimum wage in the country's own money. These are
# orders of magnitude for a demonstration, not findings.
BEGINNERS_MONTH = {
    "BDT": 12_500,
    "CNY": 2_600,
    "FJD": 1_050,
    "IDR": 3_800_000,
    "INR": 13_000,
    "KHR": 870_000,
    "KRW": 2_150_000,
    "LAK": 2_600_000,
    "MNT": 850_000,
    "MYR": 1_750,
    "NPR": 19_800,
    "PHP": 15_500,
    "THB": 10_500,
    "USD": 160,
    "VND": 5_400_000,
}
DAYS_A_WEEK = Decimal(6)
FULL_WEEK = Decimal(48)
WEEKS_IN_MONTH = Decimal(52) / Decimal(12)
# Lowest and highest multiple of the floor, by the ILO's skill level.
MULTIPLES = {1: (1.0, 1.25), 2: (1.05, 1.6), 3: (1.4, 2.2), 4: (1.8, 3.2)}
PERIODS = Weighted({PayPeriod.MONTH: 0.72, PayPeriod.DAY: 0.2, PayPeriod.HOUR: 0.08})


class PayScale:
    """What work pays in a country on a day."""

    def __init__(self, country: Country, on: date) -> None:
        self.country, self.on = country, on
        self.currency = country.currency.code
        self.full_week = Decimal(str(min(weekly_hours_limit(country, on=on).value, 48)))
        day = country.value("hours.day", on=on)
        self.day = Decimal(str(day.value)) if day.known else Decimal(8)

    def floor(self, area_code: str, sector: str, isco: str) -> Decimal:
        """The least a full month may pay there: the highest rate that may apply, so that no offer is unlawful."""
        return _floor(self, area_code, wage_sector(sector, isco))

    def offer(
        self, rng: Random, *, area_code: str, sector: str, isco: str, level: int, weekly_hours: Decimal
    ) -> tuple[Decimal, PayPeriod]:
        """An amount and its period for an advert of these hours."""
        month = self.floor(area_code, sector, isco) * Decimal(str(round(rng.uniform(*MULTIPLES[level]), 3)))
        period = PERIODS.draw(rng)
        if period == PayPeriod.HOUR or weekly_hours < self.full_week - 8:
            return self._round(month / (self.full_week * WEEKS_IN_MONTH)), PayPeriod.HOUR
        if period == PayPeriod.DAY:
            return self._round(month / (self.full_week * WEEKS_IN_MONTH) * self.day), PayPeriod.DAY
        return self._round(month), PayPeriod.MONTH

    def wish(self, rng: Random, *, area_code: str, sector: str, isco: str) -> Decimal:
        """The least a person would work for in a month."""
        month = self.floor(area_code, sector, isco) * Decimal(str(round(rng.uniform(0.85, 1.25), 2)))
        return self._round(month)

    def _round(self, amount: Decimal) -> Decimal:
        """Up to a sum that somebody would write: steps of five in the third figure, in the currency's own digits."""
        step = Decimal(5) * Decimal(10) ** (floor(log10(amount)) - 2)
        step = max(step, Decimal(10) ** -self.country.currency.digits)
        return ((amount / step).to_integral_value(ROUND_CEILING) * step).quantize(Decimal("0.01"))


@cache
def _floor(scale: PayScale, area_code: str, sector: str | None) -> Decimal:
    found = minimum_wage_for(scale.country, on=scale.on, area=area_code, sector=sector)
    months = [
        as_monthly(wage.amount, wage.per, FULL_WEEK, DAYS_A_WEEK)
        for wage in found.value
        if wage.currency == scale.currency
    ]
    return max(months, default=Decimal(BEGINNERS_MONTH.get(scale.currency, 1_000)))
