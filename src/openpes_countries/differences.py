"""What changed in a country between two days, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes_countries.country import Country
from openpes_countries.schema import UNKNOWN, Dated


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not the same on both days."""

    key: str
    before: Dated
    after: Dated

    def __str__(self) -> str:
        name = self.key.replace(".", ": ", 1).replace("_", " ")
        since = f" since {self.after.effective_from}" if self.after.effective_from else ""
        source = f" ({self.after.source.cite()})" if self.after.known else ""
        if not self.before.known:
            return f"{name} begins{since}: {in_words(self.after.value)}{source}."
        if not self.after.known:
            ended = f" on {self.before.effective_before}" if self.before.effective_before else ""
            return f"{name} ends{ended}; it was {in_words(self.before.value)}."
        parts = _parts(self.before.value, self.after.value)
        return f"{name} changes{since}: {parts}{source}."


def differences(country: Country, *, since: date, until: date) -> tuple[Change, ...]:
    """Every value that differs between the two days, in the order of the keys."""
    found = []
    for key in country.keys:
        before, after = country.value(key, on=since), country.value(key, on=until)
        if before.value != after.value:
            found.append(Change(key, before, after))
    return tuple(found)


def in_words(value: Any) -> str:
    """A value as a reader would say it."""
    if value is UNKNOWN:
        return "unknown"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if {"amount", "currency", "per"} <= set(value):
            return f"{value['amount']} {value['currency']} a {value['per']} ({value['scope']})"
        if {"from_age", "to_age"} <= set(value):
            return f"{value['from_age']} to {value['to_age'] or 'any age'}"
        return "; ".join(f"{str(key).replace('_', ' ')}: {in_words(part)}" for key, part in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(in_words(part) for part in value)
    return str(value)


def _parts(before: Any, after: Any) -> str:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return "; ".join(
            f"{key.replace('_', ' ')} from {in_words(before.get(key))} to {in_words(after.get(key))}" for key in names
        )
    return f"from {in_words(before)} to {in_words(after)}"
