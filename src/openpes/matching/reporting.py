"""Who received nothing, and why, by sex, age band and area: counts only, and the groups come from outside. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

GROUPINGS = ("sex", "age", "area")


def unserved_report(
    people: int, without: Sequence[int], reasons: Mapping[int, str], groups: Mapping[int, tuple[str, str, str]]
) -> dict[str, Any]:
    """Counts of the people who received nothing.

    without: their keys. reasons: why, for those looked into. groups: sex, age band and area of each.
    The counts are bare: whoever shows them hides the small ones.
    """
    by: dict[str, dict[str, int]] = {
        name: dict(Counter(groups[key][place] for key in without if key in groups))
        for place, name in enumerate(GROUPINGS)
    }
    why: dict[str, dict[str, dict[str, int]]] = {name: {} for name in GROUPINGS}
    for key, reason in reasons.items():
        for place, name in enumerate(GROUPINGS):
            if key in groups:
                row = why[name].setdefault(groups[key][place], {})
                row[reason] = row.get(reason, 0) + 1
    return {
        "people": people,
        "without": len(without),
        "examined": len(reasons),
        "reasons": dict(Counter(reasons.values())),
        "by": by,
        "why": why,
    }
