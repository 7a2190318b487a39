"""The country's policy on a day: the weights as the matcher takes them, and what happens to the lists afterwards."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from openpes.reference.country import country
from openpes_countries import Country, hazardous_age, minimum_age
from openpes_matching import Policy

ROOM = "matching."


@dataclass(frozen=True, slots=True)
class ListPolicy:
    """What follows the ranking.

    length: how many vacancies a list proposes. pool: of how many of the best a list is made. exposure_cap: lists that
    may name a vacancy, for each of its places; 0 for no limit. liveness, answering: thousandths of a score at stake
    for freshness and for the employer's answers, 0 is off. priority_places: how many places somebody of a priority
    group may move up in an office's or a vacancy's list, 0 is off.
    """

    length: int = 10
    pool: int = 10
    exposure_cap: int = 0
    liveness: int = 0
    answering: int = 0
    priority_places: int = 0


def policy_of(pack: Country, *, on: date) -> Policy:
    """The policy of a pack on a day. Legal ages come from the law and never fall under the ILO floors."""
    ages = {"minimum_age": minimum_age(pack, on=on).value, "hazardous_age": hazardous_age(pack, on=on).value}
    set_here = {key.split(".", 1)[1]: pack.value(key, on=on) for key in pack.keys if key.startswith(ROOM)}
    known = {
        name: int(one.value) for name, one in set_here.items() if name in Policy.__dataclass_fields__ and one.known
    }
    return Policy(**{**known, **ages})


def list_policy_of(pack: Country, *, on: date) -> ListPolicy:
    """What the pack says happens to lists on a day."""
    names = {"length": "shortlist_size", "pool": "candidates"}
    found = {}
    for one in fields(ListPolicy):
        key = ROOM + names.get(one.name, one.name)
        held = pack.value(key, on=on) if key in pack.keys else None
        if held is not None and held.known:
            found[one.name] = int(held.value)
    made = ListPolicy(**found)
    return made if made.pool >= made.length else ListPolicy(**{**found, "pool": made.length})


def policy_on(on: date) -> Policy:
    """The policy of the country in force on a day."""
    return policy_of(country(), on=on)


def list_policy_on(on: date) -> ListPolicy:
    """What the country in force does with lists on a day."""
    return list_policy_of(country(), on=on)
