"""A person's list in a few bytes: vacancy and the seven points, best first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching import TERMS

ENTRY = np.dtype([("vacancy", "<u4"), ("parts", "<u2", (len(TERMS),))])
"""18 bytes. The points of a term are at most 256 x 255 = 65,280; they add up to the score, which is not stored."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One vacancy of a list."""

    vacancy_id: int
    parts: tuple[int, ...]

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(self.parts)


def pack(vacancy: NDArray[np.integer], parts: NDArray[np.integer]) -> NDArray[np.void]:
    """(m,) vacancy keys and (m, 7) points -> (m,) entries; their bytes, sliced by person, are what is stored."""
    entries = np.empty(len(vacancy), ENTRY)
    entries["vacancy"], entries["parts"] = vacancy, parts
    return entries


def unpack(stored: Any) -> list[Entry]:
    """The entries of what a row holds (bytes or a memoryview)."""
    entries = np.frombuffer(bytes(stored), ENTRY)
    return [Entry(int(one["vacancy"]), tuple(int(part) for part in one["parts"])) for one in entries]
