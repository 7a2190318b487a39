"""Signals of an advert that is not what it says. Pure: facts and limits in, evidence out; a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from openpes.vacancies.rules import Draft, Finding
from openpes.vacancies.states import Weight
from openpes_countries.advert_findings import find_signals, points_of


@dataclass(frozen=True)
class SignalLimits:
    """The policy's limits; each is published. `held_from`: points."""

    held_from: int
    pay_times_usual: int
    new_firm_days: int
    many_places: int


@dataclass(frozen=True)
class SignalFacts:
    """What is known beside the text. `usual_pay`: the median of live jobs, in the pay's unit; None when few."""

    usual_pay: Decimal | None = None
    has_address: bool = True
    firm_days: int | None = None


HELD = "signals_held"
# What lies beside the text counts so many points each.
BESIDE_POINTS = 2


def signals_of(draft: Draft, facts: SignalFacts, limits: SignalLimits, languages: Iterable[str]) -> tuple[Finding, ...]:
    """Each piece of evidence, and, when there is enough of it, that an officer has to look closely."""
    evidence = find_signals(f"{draft.title}\n{draft.description}", tuple(languages))
    found = []
    for one in evidence:
        # What nobody may ask is already said as the law says it; here it is evidence.
        facts_told = {"words": one.text, "signal": one.code}
        found.append(Finding("signal_words", "description", Weight.ASKS, facts_told, one.why))
    found += _beside_the_text(draft, facts, limits)
    if found and not facts.has_address:
        found.append(Finding("signal_no_address", "address", Weight.TELLS, {}))
    points = points_of(evidence) + BESIDE_POINTS * (len(found) - len(evidence))
    if points >= limits.held_from:
        found.append(Finding(HELD, "", Weight.ASKS, {"number": str(len(found))}))
    return tuple(found)


def _beside_the_text(draft: Draft, facts: SignalFacts, limits: SignalLimits) -> Iterable[Finding]:
    if draft.pay_amount and facts.usual_pay and draft.pay_amount >= facts.usual_pay * limits.pay_times_usual:
        yield Finding("signal_pay", "pay", Weight.ASKS, {"times": str(limits.pay_times_usual)})
    is_new = facts.firm_days is not None and facts.firm_days < limits.new_firm_days
    if is_new and (draft.places or 0) >= limits.many_places:
        yield Finding("signal_new_firm", "places", Weight.ASKS, {"number": str(draft.places)})
