"""A card beside the law of this country, in words, from the packs of both. Pure: countries and day are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.exchange.cards import age_bounds, rule_of
from openpes.exchange.states import Level
from openpes_countries import (
    Answer,
    Country,
    guardian_consent_age,
    hazardous_age,
    legal_basis,
    minimum_age,
    youth_bands,
)

SUBSIDY = ("subsid", "to the employer", "co-payment", "incentive")


@dataclass(frozen=True)
class Line:
    """One thing that the law says: there, here, and what it asks for. `recalled`: not checked in its source here."""

    what: str
    there: str
    here: str
    says: str
    level: Level
    source: str = ""
    recalled: bool = False


def beside_my_law(body: Mapping[str, Any], *, there: Country | None, here: Country, on: date) -> list[Line]:
    """What to mend and to check before the practice can run here, the most pressing first. `there` None: no pack."""
    low, high = age_bounds(rule_of(body))
    lines = [
        _working_age(low, there, here, on),
        _guardian(low, there, here, on),
        _hazard(low, there, here, on),
        _youth(low, high, there, here, on),
        _basis(there, here, on),
    ]
    if body["kind"] == "wage_subsidy":
        lines.append(_subsidy(there, here, on))
    lines += _money(body, here) + _school(body, here)
    order = list(Level)
    return sorted((one for one in lines if one is not None), key=lambda one: order.index(one.level))


def _shown(answer: Answer | None) -> str:
    return "not known" if answer is None or answer.is_unknown else str(answer.value).replace("_", " ")


def _cited(answer: Answer) -> str:
    return "; ".join(one.cite() for one in answer.sources)


def _working_age(low: int | None, there: Country | None, here: Country, on: date) -> Line:
    mine, theirs = minimum_age(here, on=on), minimum_age(there, on=on) if there else None
    if low is not None and low < mine.value:
        says, level = f"The card lets people in from {low}; work begins at {mine.value} here.", Level.MEND
    elif low is None:
        says, level = f"The card sets no youngest age. Work begins at {mine.value} here.", Level.CHECK
    else:
        says, level = f"The card begins at {low}, which is allowed here.", Level.SAME
    return Line("Youngest age for work", _shown(theirs), str(mine.value), says, level, _cited(mine), mine.recalled)


def _guardian(low: int | None, there: Country | None, here: Country, on: date) -> Line:
    mine, theirs = guardian_consent_age(here, on=on), guardian_consent_age(there, on=on) if there else None
    if low is not None and low >= mine.value:
        says, level = "Nobody in the card’s ages needs a guardian’s consent here.", Level.SAME
    else:
        says, level = f"Needs a guardian’s consent under {mine.value}.", Level.MEND
    return Line("Guardian’s consent", _shown(theirs), str(mine.value), says, level, _cited(mine), mine.recalled)


def _hazard(low: int | None, there: Country | None, here: Country, on: date) -> Line | None:
    mine, theirs = hazardous_age(here, on=on), hazardous_age(there, on=on) if there else None
    if low is not None and low >= mine.value:
        return None
    says = f"No hazardous work under {mine.value}: look at each place."
    return Line("Hazardous work", _shown(theirs), str(mine.value), says, Level.CHECK, _cited(mine), mine.recalled)


def _band(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "no age band"
    return f"{'any' if low is None else low}–{'any' if high is None else high}"


def _bands_of(country: Country | None, on: date) -> tuple[tuple[int | None, int | None], ...]:
    found = youth_bands(country, on=on) if country else None
    if found is None or found.is_unknown:
        return ()
    return tuple(dict.fromkeys((low, high) for _key, low, high in found.value))


def _youth(low: int | None, high: int | None, there: Country | None, here: Country, on: date) -> Line:
    mine, found = _bands_of(here, on), youth_bands(here, on=on)
    theirs = ", ".join(_band(*one) for one in _bands_of(there, on)) or "not known"
    shown = ", ".join(_band(*one) for one in mine) or "not known"
    if not mine:
        says, level = f"The card’s band is {_band(low, high)}; no youth band is known here.", Level.CHECK
    elif low is None and high is None:
        says, level = f"The card sets no age band. Yours for the young: {shown}.", Level.CHECK
    elif (low, high) in mine:
        says, level = f"The card’s band {_band(low, high)} is one of yours.", Level.SAME
    else:
        says, level = f"Your youth band is {shown}; the card’s is {_band(low, high)}.", Level.CHECK
    return Line("Youth band", theirs, shown, says, level, _cited(found), found.recalled)


def _basis(there: Country | None, here: Country, on: date) -> Line:
    mine, theirs = legal_basis(here, "programmes", on=on), legal_basis(there, "programmes", on=on) if there else None
    if mine.is_unknown:
        says, level = "No legal basis is known here for keeping who takes part in a programme.", Level.MEND
    else:
        says, level = "There is a legal basis for keeping who takes part.", Level.SAME
    return Line("Data of those who take part", _shown(theirs), _shown(mine), says, level, _cited(mine), mine.recalled)


def _subsidies(country: Country | None, on: date) -> list[str]:
    if country is None:
        return []
    found = []
    for one in country.programmes_on(on):
        words = f"{one.name} {one.benefit}".lower()
        if one.law != "unknown" and any(sign in words for sign in SUBSIDY):
            found.append(f"{one.name} ({one.law})")
    return found


def _subsidy(there: Country | None, here: Country, on: date) -> Line:
    mine, theirs = _subsidies(here, on), "; ".join(_subsidies(there, on)) or "not known"
    if mine:
        return Line(
            "Wage subsidy", theirs, "; ".join(mine), "A law on subsidies is in your pack: read it.", Level.CHECK
        )
    return Line("Wage subsidy", theirs, "none known", "Your wage subsidy has no legal basis in your pack.", Level.MEND)


def _money(body: Mapping[str, Any], here: Country) -> list[Line]:
    programme = (body.get("configuration") or {}).get("programme") or {}
    amount, currency = programme.get("stipend_amount"), str(programme.get("stipend_currency") or "")
    if not amount or currency == here.currency.code:
        return []
    says = f"Set your own amount in {here.currency.code}; an exchange rate says nothing about what people need here."
    return [Line("Allowance", f"{amount} {currency}", here.currency.code, says, Level.MEND)]


def _school(body: Mapping[str, Any], here: Country) -> list[Line]:
    levels = sorted({_number(leaf) for leaf in _leaves(rule_of(body)) if leaf.get("field") == "isced"} - {None})  # type: ignore[type-var]
    lines = []
    for level in levels:
        names = ", ".join(one.names["en"] for one in here.education_levels if one.isced == level)
        if names:
            says, weight = f"School level {level} of ISCED is here: {names}.", Level.SAME
        else:
            says, weight = f"School level {level} of ISCED has no name in your ladder: choose one.", Level.CHECK
        lines.append(Line("Schooling", f"ISCED {level}", names or "not known", says, weight))
    return lines


def _number(leaf: Mapping[str, Any]) -> int | None:
    value = leaf.get("value")
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _leaves(rule: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if not rule:
        return []
    if "not" in rule:
        return _leaves(rule["not"])
    for joint in ("all", "any"):
        if joint in rule:
            return [leaf for part in rule[joint] for leaf in _leaves(part)]
    return [rule]
