"""The weights of the country's policy on a day, as the matcher takes them."""

from __future__ import annotations

from datetime import date

from openpes.reference.country import country
from openpes_countries import Country, hazardous_age, minimum_age
from openpes_matching import Policy


def policy_of(pack: Country, *, on: date) -> Policy:
    """The policy of a pack on a day. Legal ages come from the law and never fall under the ILO floors."""
    ages = {"minimum_age": minimum_age(pack, on=on).value, "hazardous_age": hazardous_age(pack, on=on).value}
    set_here = {key.split(".", 1)[1]: pack.value(key, on=on).value for key in pack.keys if key.startswith("matching.")}
    known = {name: int(value) for name, value in set_here.items() if name in Policy.__dataclass_fields__}
    return Policy(**{**known, **ages})


def policy_on(on: date) -> Policy:
    """The policy of the country in force on a day."""
    return policy_of(country(), on=on)
