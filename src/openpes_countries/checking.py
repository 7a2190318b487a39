"""The whole check of a pack: it loads, its figures make sense together, and its worked examples come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes_countries.country import Country, load_country
from openpes_countries.errors import PackError, PackProblem
from openpes_countries.examples import load_examples, run_example
from openpes_countries.floors import floor

LEAST_EXAMPLES = 15


@dataclass(frozen=True, slots=True)
class PackReport:
    """What the check of one pack found."""

    code: str
    problems: tuple[PackProblem, ...]
    values: int = 0
    unknown: int = 0
    unverified: int = 0
    due: int = 0
    examples: int = 0

    @property
    def sound(self) -> bool:
        return not self.problems


def check_pack(code: str, *, on: date) -> PackReport:
    """Check one pack on a day. Raises UnknownCountry; every other fault is in the report."""
    try:
        country = load_country(code)
        examples = load_examples(country.code)
    except PackError as fault:
        return PackReport(code.upper(), fault.problems)
    problems = list(_nonsense(country))
    for example in examples:
        wrong = run_example(country, example)
        if wrong:
            problems.append(
                PackProblem(example.file, example.line, example.name, f"{wrong}.", "Mend the pack or the example.")
            )
    if len(examples) < LEAST_EXAMPLES:
        file = f"packs/{country.code.lower()}/examples.yaml"
        told = f"holds {len(examples)} worked examples."
        problems.append(PackProblem(file, 1, "examples", told, f"Write at least {LEAST_EXAMPLES}."))
    in_force = country.values(on=on).values()
    return PackReport(
        country.code,
        tuple(problems),
        values=len(country.keys),
        unknown=sum(not dated.known for dated in in_force),
        unverified=len(country.unverified()),
        due=len(country.due_for_review(on=on)),
        examples=len(examples),
    )


def _nonsense(country: Country) -> Iterator[PackProblem]:
    """Values that are each well written but cannot all be true."""
    least = floor("minimum_age").value
    for lower, upper in (("ages.light_work", "ages.minimum"), ("ages.minimum", "ages.hazardous")):
        low, high = country.history(lower)[-1], country.history(upper)[-1]
        if low.known and high.known and low.value > high.value:
            yield PackProblem(low.file, low.line, lower, f"is above {upper}.", "One of the two ages is wrong.")
    for wage in country.minimum_wages:
        for code in wage.areas:
            if code not in {area.code for area in country.areas}:
                dated = wage.dated
                yield PackProblem(
                    dated.file,
                    dated.line,
                    dated.key,
                    f"names the area {code}, which is not in areas.yaml.",
                    "Use a code of areas.yaml.",
                )
    for area in country.areas:
        if area.level > 1 and area.parent is None:
            yield PackProblem(f"packs/{country.code.lower()}/areas.yaml", 1, area.code, "has no parent.", "Name it.")
    national = country.history("ages.minimum")[-1]
    lowest = min(least, national.value) if national.known else least
    for programme in country.programmes:
        for youngest in _lowest_ages(programme.rule):
            if youngest < lowest:
                dated = programme.dated
                yield PackProblem(
                    dated.file, dated.line, dated.key, f"lets in people of {youngest}.", f"The minimum age is {lowest}."
                )


def _lowest_ages(rule: Any) -> Iterator[int]:
    if isinstance(rule, tuple | list):
        for part in rule:
            yield from _lowest_ages(part)
    elif isinstance(rule, Mapping):
        if rule.get("field") == "age":
            value, op = rule["value"], rule["op"]
            low = value[0] if op == "between" else value if op in ("gte", "gt") else None
            if low is not None:
                yield int(low)
        for joint in ("all", "any", "not"):
            if joint in rule:
                yield from _lowest_ages(rule[joint])
