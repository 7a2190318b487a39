"""Minimum wages: which rate applies where, and whether an offer meets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from openpes_countries.answers import Answer, Reason, Verdict, answer, because
from openpes_countries.country import Country
from openpes_countries.errors import UnknownKey
from openpes_countries.rules import weekly_hours_limit
from openpes_countries.schema import MinimumWage

YES, NO, UNSURE = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
WEEKS_IN_MONTH: Final = Decimal(52) / Decimal(12)
CENT: Final = Decimal("0.01")
# Sectors of wage orders that are a part of a wider one: knowing only the wider one leaves the rate open.
PART_OF: Final = {"tea_estate": "agriculture"}


def _covers_area(country: Country, wage: MinimumWage, area: str | None) -> bool | None:
    """True or False when sure, None when the area is not known."""
    if not wage.areas:
        return True
    if area is None:
        return None
    try:
        return any(one.code in wage.areas for one in country.lineage(area))
    except UnknownKey:
        return None


def _covers_sector(wage: MinimumWage, sector: str | None, staff: int | None) -> bool | None:
    """True or False when sure; None when the sector, or the size of the firm, is not known finely enough."""
    if wage.small_staff is not None and sector not in wage.sectors:
        return False if staff is not None and staff > wage.small_staff else None
    if sector is None:
        return None if wage.sectors or wage.not_sectors else True
    if sector in wage.not_sectors:
        return False
    if any(PART_OF.get(one) == sector for one in (*wage.sectors, *wage.not_sectors)):
        return None
    return not wage.sectors or sector in wage.sectors


def _candidates(
    country: Country, area: str | None, sector: str | None, region: str | None, staff: int | None, on: date
) -> tuple[tuple[MinimumWage, ...], tuple[MinimumWage, ...]]:
    """(rates that surely apply, rates that may apply)."""
    sure: list[MinimumWage] = []
    possible: list[MinimumWage] = []
    for wage in country.minimum_wages_on(on):
        place, branch = _covers_area(country, wage, area), _covers_sector(wage, sector, staff)
        if place is False or branch is False or (region and wage.region and wage.region != region):
            continue
        certain = place and branch and (wage.complete or (region is not None and wage.region == region))
        (sure if certain else possible).append(wage)
    if any(wage.small_staff is not None for wage in possible):
        return (), (*sure, *possible)
    return tuple(sure), tuple(possible)


def _closest(sure: Sequence[MinimumWage]) -> MinimumWage:
    """The rate written most closely for the case: for its sector, then for its place, then the newest."""
    return max(sure, key=lambda wage: (bool(wage.sectors), bool(wage.areas), wage.dated.effective_from or date.min))


def minimum_wage_for(
    country: Country,
    *,
    on: date,
    area: str | None = None,
    sector: str | None = None,
    region: str | None = None,
    staff: int | None = None,
) -> Answer:
    """The minimum wage of this place and sector on this day.

    area: an area code of the pack; sector: such as "garment" or "agriculture"; region: the law's own wage region ("I");
    staff: how many people the employer has. value: tuple of MinimumWage, the one that surely applies, or several
    candidates when the place, the sector or the size is not known finely enough (then the verdict is unknown).
    """
    sure, possible = _candidates(country, area, sector, region, staff, on)
    if sure and not any(wage.sectors for wage in possible):
        best = _closest(sure)
        reason = because(
            "wage.applies",
            "The minimum wage is {amount} {currency} a {per} ({scope}).",
            amount=best.amount,
            currency=best.currency,
            per=best.per,
            scope=best.scope,
        )
        return answer(YES, reason, value=(best,), rests_on=(best.dated,))
    found = sure + possible
    if found:
        reason = because(
            "wage.several",
            "{count} rates may apply; the place, the sector or the size of the firm is not known finely enough.",
            count=len(found),
        )
        return answer(UNSURE, reason, value=found, rests_on=[wage.dated for wage in found])
    system = country.value("minimum_wage.system", on=on)
    reason = because("wage.unknown", "No minimum wage is known here for this place, sector and day.")
    return answer(UNSURE, reason, value=(), rests_on=(system,))


def as_monthly(amount: Decimal, period: str, weekly_hours: Decimal, days_a_week: Decimal) -> Decimal:
    """Pay turned into pay for a month of 52/12 weeks at these hours and days."""
    factor = {
        "hour": weekly_hours * WEEKS_IN_MONTH,
        "day": days_a_week * WEEKS_IN_MONTH,
        "week": WEEKS_IN_MONTH,
        "month": Decimal(1),
    }[period]
    return amount * factor


def _required_monthly(country: Country, wage: MinimumWage, hours: Decimal, days: Decimal, on: date) -> Decimal:
    """What this rate asks for a month of these hours; a monthly rate shrinks in proportion for part-time work."""
    normal = wage.hours_week or Decimal(str(weekly_hours_limit(country, on=on).value))
    if wage.per in ("month", "week"):
        return as_monthly(wage.amount, wage.per, hours, days) * min(Decimal(1), hours / normal)
    return as_monthly(wage.amount, wage.per, hours, days)


def _compare(country: Country, pay: Decimal, period: str, hours: Decimal | None, wage: MinimumWage, on: date) -> bool:
    if period == wage.per and (period in ("hour", "day") or hours is None):
        return pay >= wage.amount
    normal = Decimal(str(weekly_hours_limit(country, on=on).value))
    worked = hours or wage.hours_week or normal
    day = country.value("hours.day", on=on)
    hours_a_day = Decimal(str(day.value)) if day.known else Decimal(8)
    days = min(Decimal(7), max(Decimal(1), worked / hours_a_day))
    offered = as_monthly(pay, period, worked, days)
    return offered.quantize(CENT) >= _required_monthly(country, wage, worked, days, on).quantize(CENT)


def pay_meets_minimum(
    country: Country,
    *,
    pay: Decimal,
    currency: str,
    period: str,
    on: date,
    weekly_hours: Decimal | int | None = None,
    area: str | None = None,
    sector: str | None = None,
    region: str | None = None,
    staff: int | None = None,
) -> Answer:
    """Does this offer reach the minimum wage? period: hour, day, week or month; weekly_hours unknown means full time.

    Where several rates may apply, an offer under all of them is no, one that reaches all of them is yes, and between is
    unknown; so is a place whose rates are not all listed. Another currency is unknown. value: the rates compared.
    """
    if period not in ("hour", "day", "week", "month"):
        raise ValueError(f"“{period}” is not a pay period. Use hour, day, week or month.")
    found = minimum_wage_for(country, on=on, area=area, sector=sector, region=region, staff=staff)
    rates: Sequence[MinimumWage] = [wage for wage in found.value if wage.currency == currency]
    if not found.value:
        return found
    if not rates:
        reason = because(
            "wage.other_currency",
            "The pay is in {currency} and the minimum wage in {other}; compare them by hand.",
            currency=currency,
            other=found.value[0].currency,
        )
        return answer(UNSURE, reason, *found.reasons, value=found.value, rests_on=[w.dated for w in found.value])
    # A law that states both an hourly and a monthly rate means each for its own kind of pay.
    rates = [wage for wage in rates if wage.per == period] or rates
    hours = Decimal(str(weekly_hours)) if weekly_hours is not None else None
    met = [_compare(country, Decimal(str(pay)), period, hours, wage, on) for wage in rates]
    basis = [wage.dated for wage in rates]
    surely, _ = _candidates(country, area, sector, region, staff, on)
    binding = [_closest(surely)] if surely else []
    open_place = any(wage.areas and _covers_area(country, wage, area) is None for wage in rates)
    if all(met) and not open_place and not all(wage.at_least for wage in rates):
        enough = because("wage.met", "The pay reaches the minimum wage.")
        return answer(YES, enough, *found.reasons, value=tuple(rates), rests_on=basis)
    too_little = [wage for wage, reached in zip(rates, met, strict=True) if wage in binding and not reached]
    if too_little or not (any(met) or open_place or _sector_gap(rates, sector, staff)):
        lowest = too_little[0] if too_little else min(rates, key=lambda wage: wage.amount)
        return answer(NO, _below(lowest), *found.reasons, value=tuple(rates), rests_on=basis)
    between = because("wage.between", "Whether the pay is enough depends on the exact place, sector or size; ask.")
    return answer(UNSURE, between, *found.reasons, value=tuple(rates), rests_on=basis)


def _sector_gap(rates: Sequence[MinimumWage], sector: str | None, staff: int | None) -> bool:
    """True when the case may lie in a sector for which no rate is listed: then nothing may be owed at all."""
    if any(_covers_sector(wage, sector, staff) for wage in rates):
        return False
    named = {one for wage in rates for one in wage.sectors}
    return not any(wage.not_sectors and set(wage.not_sectors) <= named for wage in rates)


def _below(wage: MinimumWage) -> Reason:
    return because(
        "wage.below",
        "The pay is below the minimum wage of {amount} {currency} a {per} ({scope}).",
        amount=wage.amount,
        currency=wage.currency,
        per=wage.per,
        scope=wage.scope,
    )
