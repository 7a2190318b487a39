"""Which kinds of danger make a unit group hazardous, for sheets and lists. The list itself lies beside the law."""

from __future__ import annotations

from dataclasses import dataclass

from openpes.reference import taxonomy
from openpes_countries.hazardous import hazards


@dataclass(frozen=True, slots=True)
class HazardOfWork:
    """A kind of danger in a unit group. `always` False: it depends on the tasks, and a person looks at them first."""

    isco: str
    always: bool
    kind: str
    source: str


def hazard_of(isco: str) -> HazardOfWork | None:
    """The kind of danger for which a unit group is kept for adults, or None when not listed. Raises UnknownCode."""
    taxonomy.occupation(isco)
    found = hazards().get(isco)
    return None if found is None else HazardOfWork(found.isco, found.always, found.hazard, found.paragraph)


def hazard_kinds() -> dict[str, tuple[str, ...]]:
    """Kind of danger -> the unit groups it touches, sorted: the whole list at a glance."""
    kinds: dict[str, list[str]] = {}
    for isco, hazard in sorted(hazards().items()):
        kinds.setdefault(hazard.hazard, []).append(isco)
    return {kind: tuple(codes) for kind, codes in sorted(kinds.items())}
