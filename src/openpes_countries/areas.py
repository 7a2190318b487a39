"""Areas and towns of a pack: codes, names, parents and frozen coordinates."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from openpes_countries.errors import Misfit, PackError
from openpes_countries.kinds import names
from openpes_countries.lines import Lined, read_yaml
from openpes_countries.reading import Faults
from openpes_countries.schema import CHECKED, Area, Town

_FILE: Final = ("about", "source", "levels", "areas")
_MUST: Final = ("code", "names", "level", "parent", "checked", "placed_at", "towns")
_MAY: Final = ("note", "formed_from")


def read_areas(path: Path, shown_as: str) -> tuple[Area, ...]:
    """The areas of one country, parents before children. Raises PackError listing every fault."""
    loaded = read_yaml(path, shown_as)
    faults = Faults(shown_as)
    for field in loaded:
        if field not in _FILE:
            faults.add(loaded.line_of(field), field, "is not a field of this file.", f"Use: {', '.join(_FILE)}.")
    source = loaded.get("source")
    if not isinstance(source, str):
        faults.add(loaded.line_of("source"), "source", "is missing.", "Say where the coordinates come from.")
    entries = loaded.get("areas")
    if not isinstance(entries, list) or not entries:
        faults.add(loaded.line_of("areas"), "areas", "lists no area.", "List at least one.")
        raise PackError(faults.problems)
    made: list[Area] = []
    seen: dict[str, int] = {}
    for entry in entries:
        area = _area(entry, str(source), faults)
        if area is None:
            continue
        if area.code in seen:
            faults.add(entry.line, area.code, f"is also on line {seen[area.code]}.", "Give each area its own code.")
        if area.parent is not None and area.parent not in seen:
            faults.add(
                entry.line_of("parent"),
                area.code,
                f"has the parent {area.parent}, which is not above it.",
                "List the parent first.",
            )
        seen[area.code] = entry.line
        made.append(area)
    if faults.problems:
        raise PackError(faults.problems)
    return tuple(made)


def _area(entry: Any, source: str, faults: Faults) -> Area | None:
    if not isinstance(entry, Lined):
        faults.add(1, "areas", f"{entry!r} is not a block.", "Begin each area with `- code:`.")
        return None
    name = str(entry.get("code", "?"))
    missing = [field for field in _MUST if field not in entry]
    extra = [field for field in entry if field not in _MUST + _MAY]
    if missing or extra:
        told = f"lacks {', '.join(missing)}" if missing else f"has the unknown field {', '.join(extra)}"
        faults.add(entry.line, name, f"{told}.", f"Use: {', '.join(_MUST + _MAY)}.")
        return None
    if entry["checked"] not in CHECKED:
        faults.add(entry.line_of("checked"), name, f"“{entry['checked']}” is not known.", f"Use: {', '.join(CHECKED)}.")
        return None
    try:
        towns = tuple(_town(town) for town in entry["towns"])
        placed = None if entry["placed_at"] == "unknown" else _town(entry["placed_at"])
        return Area(
            code=name,
            names=MappingProxyType(dict(names(entry["names"]))),
            parent=entry["parent"],
            level=int(entry["level"]),
            latitude=placed.latitude if placed else None,
            longitude=placed.longitude if placed else None,
            coordinates_source=f"{source}; at {placed.name}" if placed else "unknown",
            towns=towns,
            checked=entry["checked"],
            note=str(entry.get("note") or ""),
        )
    except Misfit as misfit:
        faults.add(entry.line, name, misfit.problem, misfit.mend)
        return None


def _town(written: Any) -> Town:
    if not isinstance(written, list) or len(written) not in (3, 4):
        raise Misfit(f"the place {written!r} is not complete.", "Write [name, latitude, longitude, population].")
    latitude, longitude = float(written[1]), float(written[2])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Misfit(f"{latitude}, {longitude} is not on the Earth.", "Write latitude, then longitude.")
    return Town(str(written[0]), latitude, longitude, written[3] if len(written) == 4 else None)
