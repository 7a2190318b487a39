"""What licences and permits are called in a country, who gives them and under which law: only where a source says so.

Rows lie in data/country_licences.csv. `checked` is "recall" until a national officer has compared the row with the law:
such a row names a thing, and never decides about a person. A licence without a row keeps its general name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from openpes.reference import taxonomy


@dataclass(frozen=True, slots=True)
class NamedLicence:
    """A licence as one country has it."""

    country: str
    licence_id: str
    name: str
    authority: str
    instrument: str
    checked: str


@cache
def country_licences() -> Mapping[tuple[str, str], NamedLicence]:
    """Every named licence by country (ISO 3166-1 alpha-2) and kind."""
    return {
        (row["country"], row["licence_id"]): NamedLicence(
            row["country"], row["licence_id"], row["name_en"], row["authority"], row["instrument"], row["checked"]
        )
        for row in taxonomy.read_rows("country_licences.csv")
    }


def named_licence(country_code: str, licence_id: str) -> NamedLicence | None:
    """What a kind of licence is called in a country, or None where no source says."""
    return country_licences().get((country_code.upper(), licence_id))
