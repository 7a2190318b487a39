"""Whom to call for the free times of a day: plain rules in the order that the country's policy gives. Pure.

There is no score. The first rule of the list that fits somebody is their reason; people of an earlier rule come before
people of a later one, and within a rule whoever has waited longest comes first. A counsellor's wish comes before all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpes.appointments.states import CallRule, Wish


@dataclass(frozen=True)
class CallPolicy:
    """The rules that are on, in order, and their days. `youth_until` is the age at which the oldest band ends."""

    rules: tuple[CallRule, ...]
    never_contacted_days: int
    not_contacted_days: int
    referrals_unanswered: int
    leaving_youth_days: int
    no_referral_days: int
    most: int
    youth_until: int | None


@dataclass(frozen=True)
class CallFacts:
    """What the rules may know of a person: nothing protected but the birth date, for the end of the youth band.

    `programme_closes_on` stays None as long as no programme is known to close.
    """

    jobseeker_id: int
    registered_on: date
    last_spoken_on: date | None = None
    born_on: date | None = None
    unanswered: int = 0
    ever_referred: bool = False
    overdue_since: date | None = None
    call_again_on: date | None = None
    missed_in_a_row: int = 0
    programme_closes_on: date | None = None
    has_appointment: bool = False


@dataclass(frozen=True)
class Proposal:
    """Somebody proposed for a free time, with the reason and the facts that its words need."""

    jobseeker_id: int
    rule: CallRule
    facts: Mapping[str, Any] = field(default_factory=dict)
    wish: Wish | None = None


def _birthday(born_on: date, years: int) -> date:
    """The day on which somebody becomes so many years old; 1 March for those born on 29 February."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def reason_of(rule: CallRule, facts: CallFacts, policy: CallPolicy, *, on: date) -> tuple[int, dict[str, Any]] | None:
    """How long somebody has waited under a rule, in days, and the facts of its words; None when it does not fit."""
    registered = (on - facts.registered_on).days
    never = facts.last_spoken_on is None
    checks = {
        CallRule.CALL_AGAIN: lambda: _call_again(facts, on),
        CallRule.NO_SHOW_TWICE: lambda: (
            (facts.missed_in_a_row, {"times": facts.missed_in_a_row}) if facts.missed_in_a_row >= 2 else None
        ),
        CallRule.NEVER_CONTACTED: lambda: (
            (registered, {"days": registered}) if never and registered >= policy.never_contacted_days else None
        ),
        CallRule.PLAN_OVERDUE: lambda: _days_over(facts.overdue_since, on),
        CallRule.REFERRALS_UNANSWERED: lambda: (
            (facts.unanswered, {"number": facts.unanswered})
            if facts.unanswered >= policy.referrals_unanswered
            else None
        ),
        CallRule.LEAVING_YOUTH: lambda: _leaving_youth(facts, policy, on),
        CallRule.PROGRAMME_CLOSING: lambda: (
            ((on - facts.programme_closes_on).days, {"date": facts.programme_closes_on})
            if facts.programme_closes_on is not None and facts.programme_closes_on >= on
            else None
        ),
        CallRule.NO_REFERRAL: lambda: (
            (registered, {"days": registered})
            if not facts.ever_referred and registered >= policy.no_referral_days
            else None
        ),
        CallRule.NOT_CONTACTED: lambda: _not_contacted(facts, policy, on),
    }
    return checks[rule]()


def _call_again(facts: CallFacts, on: date) -> tuple[int, dict[str, Any]] | None:
    if facts.call_again_on is None or facts.call_again_on > on:
        return None
    return (on - facts.call_again_on).days, {"date": facts.call_again_on}


def _days_over(since: date | None, on: date) -> tuple[int, dict[str, Any]] | None:
    if since is None or since >= on:
        return None
    return (on - since).days, {"days": (on - since).days}


def _leaving_youth(facts: CallFacts, policy: CallPolicy, on: date) -> tuple[int, dict[str, Any]] | None:
    if facts.born_on is None or policy.youth_until is None:
        return None
    last = _birthday(facts.born_on, policy.youth_until + 1)
    left = (last - on).days
    if not 0 < left <= policy.leaving_youth_days:
        return None
    return -left, {"age": policy.youth_until + 1, "date": last}


def _not_contacted(facts: CallFacts, policy: CallPolicy, on: date) -> tuple[int, dict[str, Any]] | None:
    if facts.last_spoken_on is None:
        return None
    days = (on - facts.last_spoken_on).days
    return (days, {"days": days}) if days >= policy.not_contacted_days else None


def whom_to_call(
    people: Iterable[CallFacts], policy: CallPolicy, *, on: date, free: int, wishes: Mapping[int, Wish]
) -> list[Proposal]:
    """At most as many people as there are free times, each with the first rule that fits.

    Whoever has an appointment, or was spoken with today, is not proposed. A wish: up comes first, down last, out not.
    """
    ranked: list[tuple[tuple[int, int, int, int], Proposal]] = []
    for facts in people:
        wish = wishes.get(facts.jobseeker_id)
        if wish == Wish.OUT or facts.has_appointment or facts.last_spoken_on == on:
            continue
        found = _first(facts, policy, on)
        if found is None:
            continue
        place, waited, told = found
        order = {Wish.UP: 0, None: 1, Wish.DOWN: 2}[wish]
        proposal = Proposal(facts.jobseeker_id, policy.rules[place], told, wish)
        ranked.append(((order, place, -waited, facts.jobseeker_id), proposal))
    ranked.sort(key=lambda pair: pair[0])
    return [proposal for _key, proposal in ranked[: max(0, min(free, policy.most))]]


def _first(facts: CallFacts, policy: CallPolicy, on: date) -> tuple[int, int, dict[str, Any]] | None:
    for place, rule in enumerate(policy.rules):
        found = reason_of(rule, facts, policy, on=on)
        if found is not None:
            return place, found[0], found[1]
    return None


def rules_named(codes: Sequence[str]) -> tuple[CallRule, ...]:
    """The rules that a policy names, in its order. Raises ValueError for a rule that does not exist."""
    return tuple(CallRule(code) for code in codes)
