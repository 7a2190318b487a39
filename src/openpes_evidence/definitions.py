"""The registry of indicators: what each number means, read from `data/indicators.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml


class Kind(StrEnum):
    """A stock is counted at an instant, a flow over a period; the two are never added or compared as one."""

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"
    DURATION = "duration"
    INDEX = "index"


class Origin(StrEnum):
    """Where the number comes from: the service's own register, a sample survey, or both set side by side."""

    REGISTER = "register"
    SURVEY = "survey"
    STRUCTURE = "structure"


@dataclass(frozen=True)
class Definition:
    """One indicator in one version. A change of meaning is a new version; the old one stays for old figures.

    `unit`: PS persons, PLC places, VAC vacancies, REF referrals, PT per cent, D days, IX index, or a currency code.
    `reference`: convention, resolution or paper. `smallest_cell`: people below which a cell is hidden; 0 where the
    figure is about no people. `owner`: the role that answers for the definition.
    """

    id: str
    version: str
    title: str
    definition: str
    numerator: str
    denominator: str
    unit: str
    kind: Kind
    origin: Origin
    source: str
    reference: str
    smallest_cell: int
    owner: str
    caution: str = ""
    mini_dataset: bool = False
    sdmx: str = ""


class BadRegistry(ValueError):
    """The registry cannot be used; the message says where and how to mend it."""


def parse(text: str) -> dict[str, Definition]:
    """Read a registry. Raises BadRegistry with the entry, the field and the mend."""
    rows = yaml.safe_load(text)
    if not isinstance(rows, list):
        raise BadRegistry("The registry is a list of entries, each beginning with `- id:`.")
    found: dict[str, Definition] = {}
    for at, row in enumerate(rows, start=1):
        one = _definition(at, row)
        if one.id in found:
            raise BadRegistry(f"Entry {at}: the id {one.id} is used twice. Give one of them another id.")
        found[one.id] = one
    return found


def _definition(at: int, row: Any) -> Definition:
    if not isinstance(row, dict) or not row.get("id"):
        raise BadRegistry(f"Entry {at}: it has no id. Begin it with `- id: name_of_the_figure`.")
    known = {one.name: one for one in fields(Definition)}
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise BadRegistry(f"{row['id']}: {', '.join(unknown)} is no field. Fields are {', '.join(known)}.")
    optional = {"caution", "mini_dataset", "sdmx"}
    missing = sorted(name for name in known if name not in row and name not in optional)
    if missing:
        raise BadRegistry(
            f"{row['id']}: {', '.join(missing)} is missing. Write it, or `unknown` where it is not known."
        )
    try:
        return Definition(**{**row, "kind": Kind(row["kind"]), "origin": Origin(row["origin"])})
    except ValueError as wrong:
        raise BadRegistry(
            f"{row['id']}: {wrong}. Kinds are {', '.join(Kind)}; origins are {', '.join(Origin)}."
        ) from None


@cache
def registry() -> dict[str, Definition]:
    """The shipped definitions by id, in the order in which they are shown."""
    return parse(resources.files("openpes_evidence").joinpath("data/indicators.yaml").read_text("utf-8"))
