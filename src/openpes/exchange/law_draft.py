"""A value of the law as it is and as a draft would have it, in the words of the pack; what a new wage floor touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from openpes.core.decisions import NotFound, Reason, Refused, no
from openpes.exchange.cards import age_bounds
from openpes.reference.country import country, larger_areas
from openpes.reference.law_models import LawEntry
from openpes.reference.law_queries import entry_by_ref, value_or_404, waiting_for_second
from openpes.vacancies.figures import LivePay, live_pay
from openpes_countries import weekly_hours_limit
from openpes_countries.errors import Misfit, UnknownKey
from openpes_countries.overlay import OverlayAct, OverlayEntry, with_overlay
from openpes_countries.rules_pay import as_monthly
from openpes_countries.schema import Source
from openpes_countries.written import as_written, from_writing
from openpes_evidence.disclosure import dominated

WAGE = "wage"
WEEK = 7
Ages = tuple[int, int]


@dataclass(frozen=True)
class Draft:
    """One value of the pack now and as drafted. `now`, `then`: as the pack would write them."""

    key: str
    kind: str
    now: str
    then: str
    starts_on: date

    def as_kept(self) -> dict[str, str]:
        """As plain values, for the record."""
        return vars(self) | {"starts_on": self.starts_on.isoformat()}

    def as_yaml(self) -> str:
        """The entry as it would stand in a pack, to be proposed to the officers of the law."""
        body = "\n".join(f"  {line}" for line in self.then.splitlines())
        value = f"value:\n{body}" if "\n" in self.then or ":" in self.then else f"value: {self.then}"
        return f"key: {self.key}\nkind: {self.kind}\n{value}\neffective_from: {self.starts_on.isoformat()}\n"


def draft_of(*, key: str, written: str, starts_on: date) -> Draft:
    """The draft of a value, checked as an overlay of the pack would be. Raises Refused with the mend; NotFound."""
    dated = value_or_404(key, on=starts_on)
    try:
        value = from_writing(dated.kind, written)
        source = Source(instrument="Draft of the policy desk")
        with_overlay(country(), [OverlayEntry(key, OverlayAct.REPLACE, "draft", starts_on, value=value, source=source)])
    except Misfit as misfit:
        raise Refused(no(Reason("draft_unfit", {"why": f"{misfit.problem} {misfit.mend}"}))) from misfit
    except (LookupError, TypeError, ValueError, ArithmeticError) as fault:
        raise Refused(no(Reason("draft_unfit", {"why": str(fault)}))) from fault
    return Draft(key, dated.kind, as_written(dated.value) if dated.known else "unknown", written.strip(), starts_on)


def waiting_drafts() -> list[LawEntry]:
    """Changes of ages, pay and programmes that one officer wrote and a second has not agreed to yet."""
    kinds = {WAGE, "band", "age", "programme"}
    return [one for one in waiting_for_second() if one.value_text and _kind_of(one) in kinds]


def _kind_of(entry: LawEntry) -> str:
    try:
        return str(country().value(entry.key, on=entry.on).kind)
    except UnknownKey:
        return ""


def draft_in_law(ref: str) -> Draft:
    """The draft that waits under this number. Raises NotFound, Refused."""
    entry = entry_by_ref(ref)
    if not entry.value_text:
        raise NotFound("law")
    return draft_of(key=entry.key, written=entry.value_text, starts_on=entry.on)


def ages_of(kind: str, written: str) -> Ages | None:
    """The ages that a value sets, both ends included; None where it sets none."""
    value = from_writing(kind, written)
    if not isinstance(value, Mapping):
        return None
    if kind == "band":
        low, high = value.get("from_age"), value.get("to_age")
    elif kind == "programme":
        low, high = age_bounds(value.get("rule"))
    else:
        return None
    return None if low is None and high is None else (low or 0, 120 if high is None else high)


@dataclass(frozen=True)
class Floor:
    """The least pay of a full month, in a currency, where and for which branches it holds."""

    month: Decimal
    currency: str
    areas: tuple[str, ...]


def floor_of(written: str, *, hours: Decimal, days: Decimal) -> Floor | None:
    """The floor that a drafted or present wage sets; None where it is not known."""
    try:
        value: Any = from_writing(WAGE, written)
        month = as_monthly(Decimal(str(value["amount"])), str(value["per"]), hours, days)
    except (Misfit, KeyError, TypeError, InvalidOperation):
        return None
    return Floor(month, str(value["currency"]), tuple(value.get("areas") or ()))


def touched(rows: Iterable[LivePay], floor: Floor, *, hours: Decimal, days: Decimal) -> dict[str, Any]:
    """Live places that pay less than a floor, by large area, and what they lack a month in all. Pure.

    A sum that one or two employers make up is hidden: it would tell what they pay.
    """
    below: Counter[str] = Counter()
    known = unknown = 0
    lacking: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        if floor.areas and not _within(row.area, floor.areas):
            continue
        if row.amount is None or row.currency != floor.currency:
            unknown += row.places
            continue
        known += row.places
        # Part-time work is held against its share of the floor.
        share = min(Decimal(1), row.hours / hours) if row.hours else Decimal(1)
        gap = floor.month * share - as_monthly(row.amount, row.period, row.hours or hours, days)
        if gap > 0:
            below[_largest(row.area)] += row.places
            lacking[row.employer] += gap * row.places
    sums = [float(one) for one in lacking.values()]
    hidden = bool(sums) and dominated(sums)
    return {
        "floor": f"{floor.month:.0f}",
        "currency": floor.currency,
        "places_known": known,
        "places_unknown": unknown,
        "places_below": sum(below.values()),
        "by_area": [[code, n] for code, n in sorted(below.items())],
        "lacking_month": None if hidden else f"{sum(lacking.values(), Decimal(0)):.0f}",
    }


def _within(area: str, wanted: Collection[str]) -> bool:
    return area in wanted or any(one in wanted for one in larger_areas(area))


def _largest(code: str) -> str:
    around = larger_areas(code)
    return around[-1] if around else code


def touched_by(draft: Draft, *, instant: Any, on: date) -> dict[str, Any] | None:
    """What a drafted wage floor touches among the places that were live at an instant, beside what is below it now."""
    if draft.kind != WAGE:
        return None
    hours, days = _full_week(on)
    rows = live_pay(instant=instant)
    found = {}
    for name, written in (("now", draft.now), ("then", draft.then)):
        floor = floor_of(written, hours=hours, days=days)
        found[name] = None if floor is None else touched(rows, floor, hours=hours, days=days)
    return found


def _full_week(on: date) -> tuple[Decimal, Decimal]:
    hours = Decimal(str(weekly_hours_limit(country(), on=on).value))
    return hours, Decimal(WEEK - len(country().calendar.weekend))
