"""Which people of a caseload are shown, and in which order: plain filters that can be kept under a name. Pure.

A protected attribute is no filter. Age is one only as "under age", because other duties follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from openpes.casework.states import Order, Step

LONGEST_DAYS = 3650


@dataclass(frozen=True)
class Filters:
    """What was asked for. `silent_days`: nobody has spoken with the person for so many days; 0 is no filter."""

    no_plan: bool = False
    overdue: bool = False
    minors: bool = False
    sleeping_soon: bool = False
    silent_days: int = 0
    isco: str = ""
    area: str = ""
    order: str = Order.NEXT_STEP

    @property
    def narrows(self) -> bool:
        """True when anybody may be left out."""
        return any(
            (self.no_plan, self.overdue, self.minors, self.sleeping_soon, self.silent_days, self.isco, self.area)
        )

    def as_data(self) -> dict[str, Any]:
        """The filters as they are kept: only what differs from showing everybody."""
        plain = Filters()
        return {name: value for name, value in asdict(self).items() if value != getattr(plain, name)}


def filters_from(data: Mapping[str, Any]) -> Filters:
    """The filters that an address or a kept list names. What is unknown or badly written is left out."""
    found: dict[str, Any] = {}
    for one in fields(Filters):
        value = data.get(one.name)
        if value in (None, "", False):
            continue
        if one.name == "silent_days":
            text = str(value).strip()
            if text.isdecimal() and 0 < int(text) <= LONGEST_DAYS:
                found[one.name] = int(text)
        elif one.name == "order":
            if str(value) in set(Order):
                found[one.name] = Order(str(value)).value
        elif one.name in {"isco", "area"}:
            found[one.name] = str(value)[:20]
        else:
            found[one.name] = True
    return Filters(**found)


@dataclass(frozen=True)
class CaseFacts:
    """What a line of a caseload is made of. Dates are days at the office."""

    jobseeker_id: int
    name: str
    state: str
    registered_on: date
    confirmed_on: date
    isco: tuple[str, ...]
    area: str
    minor: bool
    last_contact_on: date | None = None
    call_again_on: date | None = None
    has_plan: bool = False
    review_on: date | None = None
    overdue: int = 0
    overdue_since: date | None = None
    overdue_title: str = ""
    comes_on: date | None = None
    open_referrals: int = 0
    waiting_referrals: int = 0
    ever_referred: bool = False


@dataclass(frozen=True)
class CasePolicy:
    """Days of the country's policy: when silence is long, when a registration falls asleep, when that is soon."""

    silent_days: int
    sleep_days: int
    sleeping_soon_days: int


def days_to_sleep(facts: CaseFacts, policy: CasePolicy, *, on: date) -> int:
    """Days until the registration falls asleep; negative when it should have."""
    return policy.sleep_days - (on - facts.confirmed_on).days


def falls_asleep_soon(facts: CaseFacts, policy: CasePolicy, *, on: date) -> bool:
    """Somebody who looks for work and has said nothing for nearly the days of the policy."""
    return facts.state == "active" and days_to_sleep(facts, policy, on=on) <= policy.sleeping_soon_days


def silent_for(facts: CaseFacts, *, on: date) -> int:
    """Days since somebody last spoke with the person; since they registered where nobody has."""
    return (on - (facts.last_contact_on or facts.registered_on)).days


def next_step(facts: CaseFacts, policy: CasePolicy, *, on: date) -> Step:
    """What comes next with somebody: the first that holds."""
    looks = facts.state == "active"
    rules = (
        (Step.GUARDIAN, facts.state == "waiting_for_guardian"),
        (Step.CALL_AGAIN, facts.call_again_on is not None and facts.call_again_on <= on),
        (Step.OVERDUE, facts.overdue > 0),
        (Step.COMES, facts.comes_on is not None),
        (Step.FIRST_TALK, looks and facts.last_contact_on is None and not facts.has_plan),
        (Step.NO_PLAN, looks and not facts.has_plan),
        (Step.REVIEW, facts.review_on is not None and facts.review_on <= on),
        (Step.SLEEPING_SOON, falls_asleep_soon(facts, policy, on=on)),
        (Step.ANSWER_WAITS, facts.waiting_referrals > 0),
        (Step.INTRODUCE, looks and not facts.open_referrals),
        (Step.CONTACT, looks and silent_for(facts, on=on) >= policy.silent_days),
    )
    return next((step for step, holds in rules if holds), Step.NONE)


def fits(facts: CaseFacts, filters: Filters, policy: CasePolicy, *, on: date) -> bool:
    """Is this person shown?"""
    return not (
        (filters.no_plan and facts.has_plan)
        or (filters.overdue and not facts.overdue)
        or (filters.minors and not facts.minor)
        or (filters.sleeping_soon and not falls_asleep_soon(facts, policy, on=on))
        or (filters.silent_days and silent_for(facts, on=on) < filters.silent_days)
        or (filters.isco and not any(code.startswith(filters.isco) for code in facts.isco))
        or (filters.area and facts.area != filters.area)
    )


def in_order(rows: list[CaseFacts], order: str, policy: CasePolicy, *, on: date) -> list[CaseFacts]:
    """The people in the order asked for; ties by name, so that pages do not jump."""
    steps = list(Step)
    keys: dict[str, Any] = {
        Order.NEXT_STEP: lambda one: steps.index(next_step(one, policy, on=on)),
        Order.LAST_CONTACT: lambda one: one.last_contact_on or date.min,
        Order.OVERDUE: lambda one: one.overdue_since or date.max,
        Order.NEXT_APPOINTMENT: lambda one: one.comes_on or date.max,
        Order.NAME: lambda one: 0,
        Order.REGISTERED: lambda one: -one.registered_on.toordinal(),
    }
    return sorted(rows, key=lambda one: (keys[order](one), one.name.casefold(), one.jobseeker_id))
