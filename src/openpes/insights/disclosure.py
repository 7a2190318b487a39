"""Small counts are hidden before a figure leaves the office that knows the people. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from openpes_evidence.disclosure import SMALLEST

SMALLEST_SHOWN = SMALLEST
Key = TypeVar("Key")


def protect(row: Mapping[Key, int], *, smallest: int = SMALLEST_SHOWN) -> dict[Key, int | None]:
    """A row of counts whose total is shown, with small ones hidden (None).

    Zero stays: it is about nobody. When hiding leaves only one unknown, the total would give it away, so the
    smallest of the others is hidden with it; and when all that is hidden adds up to less than the limit, one more.
    """
    hidden = {key for key, n in row.items() if 0 < n < smallest}
    while hidden and (len(hidden) == 1 or sum(row[key] for key in hidden) < smallest):
        others = [key for key in row if key not in hidden and row[key] > 0]
        if not others:
            break
        hidden.add(min(others, key=lambda key: row[key]))
    return {key: None if key in hidden else n for key, n in row.items()}


def protect_total(n: int, *, smallest: int = SMALLEST_SHOWN) -> int | None:
    """A single count, hidden when it is small and not zero."""
    return None if 0 < n < smallest else n
