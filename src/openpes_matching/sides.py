"""One side of a Matcher: its rows, which of them are in service, and how they lie in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes_matching.arrays import Columns

Ids = Sequence[int] | NDArray[np.integer] | None


class Side:
    """Rows of one kind: facts, their table, which are in service, and the two segments."""

    def __init__(self, facts_: Columns) -> None:
        self.facts: Any = facts_
        self.table: Any = None
        self.alive = np.ones(len(facts_), np.bool_)
        self.laid_out = 0
        self.large: Any = None
        self.small: Any = None
        self._by_id: NDArray[np.int64] | None = None

    def rows(self, ids: Ids) -> NDArray[np.int64]:
        """Rows in service of the given ids (all of them for None). Raises KeyError for an id that is not there."""
        if ids is None:
            return np.flatnonzero(self.alive)
        if self._by_id is None:
            live = np.flatnonzero(self.alive)
            self._by_id = live[np.argsort(self.facts.id[live])]
        wanted = np.asarray(ids, np.int64)
        known = self.facts.id[self._by_id]
        place = np.searchsorted(known, wanted)
        place_ok = np.minimum(place, max(len(known) - 1, 0))
        found = known[place_ok] == wanted if len(known) else np.zeros(len(wanted), np.bool_)
        if not found.all():
            raise KeyError(int(wanted[~found][0]))
        return self._by_id[place_ok]

    def present(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows in service among the given ids."""
        return np.flatnonzero(self.alive & np.isin(self.facts.id, ids))

    def forget_index(self) -> None:
        self._by_id = None


def join_tables(table: Any, added: Any) -> Any:
    """The rows of a PeopleTable or VacancyTable followed by those of another."""
    joined = {}
    for name in table._fields:
        a, b = getattr(table, name), getattr(added, name)
        if name.endswith("_start"):
            joined[name] = np.concatenate([a, b[1:] + a[-1]])
        elif name in ("have", "need"):
            joined[name] = np.ascontiguousarray(np.concatenate([a, b], axis=1))
        else:
            joined[name] = np.concatenate([a, b])
    return type(table)(**joined)
