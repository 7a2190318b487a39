"""My country beside others: what may be compared, and whose situation is closest, by a published formula. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import pstdev
from typing import Any

from openpes_evidence.definitions import Definition, Kind, registry

FEWEST_SHARED = 3
FORMULA = (
    "Distance: the square root of the mean of ((mine − theirs) / spread)² over all rates, durations and indices that "
    "both services measure by the same version of a definition and that are not hidden. Spread: the standard deviation "
    "over all countries held here, mine with them. Counts of people are left out, because a large country is not "
    "another situation. Fewer than three shared indicators give no distance."
)
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Beside:
    """One value of one country, with what stands in the way of comparing it with mine ("" for nothing)."""

    value: float | None
    note: str

    @property
    def shown(self) -> str:
        """The value for a reader, without noughts that say nothing."""
        text = "" if self.value is None else f"{self.value:,.3f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class PeerLine:
    """One indicator: mine, and the others in their order."""

    about: Definition
    mine: Beside
    others: tuple[Beside, ...]


@dataclass(frozen=True)
class Nearness:
    """How far another country's situation is from mine; None where too little is shared."""

    country: str
    name: str
    distance: float | None
    shared: int


def lines_beside(mine: Body, others: Sequence[Body]) -> list[PeerLine]:
    """Every indicator of the mini-dataset, mine first."""
    ours, theirs = _rows(mine), [_rows(one) for one in others]
    lines = []
    for about in (one for one in registry().values() if one.mini_dataset):
        own = ours.get(about.id)
        cells = tuple(_beside(rows.get(about.id), own, other, mine) for rows, other in zip(theirs, others, strict=True))
        lines.append(PeerLine(about, Beside(_value(own), _why_missing(own)), cells))
    return lines


def _rows(body: Body) -> dict[str, Mapping[str, Any]]:
    return {str(one["id"]): one for one in body["figures"]}


def _value(row: Mapping[str, Any] | None) -> float | None:
    value = None if row is None else row.get("value")
    return float(value) if isinstance(value, int | float) else None


def _why_missing(row: Mapping[str, Any] | None) -> str:
    if _value(row) is not None:
        return ""
    return "hidden: too few people" if row is not None and row.get("status") == "Q" else "not collected"


def _beside(row: Mapping[str, Any] | None, own: Mapping[str, Any] | None, theirs: Body, mine: Body) -> Beside:
    missing = _why_missing(row)
    if missing or row is None or own is None:
        return Beside(None, missing)
    notes = []
    if row["version"] != own["version"]:
        notes.append(f"definition {row['version']}, ours {own['version']}: do not compare")
    if row.get("standard", "") != own.get("standard", ""):
        notes.append(f"standard {row.get('standard') or 'not said'}, ours {own.get('standard') or 'not said'}")
    if row.get("period") != own.get("period"):
        notes.append(f"for {row.get('period') or 'a time not said'}")
    if theirs.get("age_bands") != mine.get("age_bands") and row["id"].startswith(("youth", "neet")):
        notes.append("other age bands")
    return Beside(_value(row), "; ".join(notes))


def comparable(row: Mapping[str, Any] | None, own: Mapping[str, Any] | None) -> bool:
    """Both have a value by the same version and standard, and size of the country does not matter to it."""
    if row is None or own is None or _value(row) is None or _value(own) is None:
        return False
    about = registry().get(str(row["id"]))
    same = row["version"] == own["version"] and row.get("standard", "") == own.get("standard", "")
    return about is not None and about.kind in (Kind.RATE, Kind.DURATION, Kind.INDEX) and same


def nearest(mine: Body, others: Sequence[Body]) -> list[Nearness]:
    """The others, the closest situation first; those that share too little last."""
    ours = _rows(mine)
    every = [_rows(one) for one in others]
    spreads = {name: _spread(name, ours[name], every) for name in ours}
    found = []
    for body, rows in zip(others, every, strict=True):
        squares = [
            ((_value(ours[name]) or 0.0) - (_value(row) or 0.0)) ** 2 / spreads[name] ** 2
            for name, row in rows.items()
            if spreads.get(name) and comparable(row, ours.get(name))
        ]
        distance = (sum(squares) / len(squares)) ** 0.5 if len(squares) >= FEWEST_SHARED else None
        found.append(Nearness(str(body["country"]), str(body.get("country_name", "")), distance, len(squares)))
    return sorted(found, key=lambda one: (one.distance is None, one.distance or 0.0, one.country))


def _spread(name: str, own: Mapping[str, Any], every: Sequence[Mapping[str, Mapping[str, Any]]]) -> float:
    held = [_value(rows[name]) for rows in every if comparable(rows.get(name), own)]
    values = [one for one in (_value(own), *held) if one is not None]
    return pstdev(values) if len(values) > 1 else 0.0
