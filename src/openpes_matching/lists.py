"""Ragged lists of small whole numbers: one list a row, stored as two flat arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Lists:
    """`item[start[i]:start[i + 1]]` is the list of row i, ascending and without repeats.

    start: (n + 1,) int64, begins with 0.   item: (m,) int32, every value >= 0.
    Build with `Lists.of`, which sorts and removes repeats.
    """

    start: NDArray[np.int64]
    item: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]]) -> Lists:
        """Lists from any iterable of iterables of ids."""
        clean = [sorted(set(row)) for row in rows]
        start = np.zeros(len(clean) + 1, np.int64)
        np.cumsum([len(row) for row in clean], out=start[1:])
        item = np.fromiter((i for row in clean for i in row), np.int32, int(start[-1]))
        return cls(start, item)

    @classmethod
    def flat(cls, start: NDArray[np.integer], item: NDArray[np.integer]) -> Lists:
        """Lists from flat arrays in any order, with repeats removed; vectorised for millions of rows."""
        start = np.asarray(start, np.int64)
        item = np.asarray(item).astype(np.int32)
        if item.size == 0:
            return cls(np.zeros(len(start), np.int64), np.zeros(0, np.int32))
        row = np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))
        key = row * (int(item.max()) + 1) + item
        if not (key[1:] > key[:-1]).all():
            key = np.unique(key)
            row, item = key // (int(item.max()) + 1), (key % (int(item.max()) + 1)).astype(np.int32)
        counts = np.bincount(row, minlength=len(start) - 1)
        return cls(np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), np.asarray(item, np.int32))

    @classmethod
    def empty(cls, n: int) -> Lists:
        """n empty lists."""
        return cls(np.zeros(n + 1, np.int64), np.zeros(0, np.int32))

    @classmethod
    def concat(cls, parts: Sequence[Lists]) -> Lists:
        """The rows of all parts, in order."""
        lengths = np.concatenate([part.lengths for part in parts])
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        return cls(start, np.concatenate([part.item for part in parts]))

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, row: int) -> NDArray[np.int32]:
        return self.item[self.start[row] : self.start[row + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many items each row has, (n,)."""
        return np.diff(self.start)

    @property
    def width(self) -> int:
        """One more than the largest id in use."""
        return int(self.item.max()) + 1 if self.item.size else 0

    def rows(self) -> NDArray[np.int64]:
        """The row of each item, (m,)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)

    def take(self, rows: NDArray[np.integer]) -> Lists:
        """The given rows in the given order."""
        rows = np.asarray(rows, np.int64)
        lengths = self.lengths[rows]
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        pick = np.repeat(self.start[rows] - start[:-1], lengths) + np.arange(start[-1])
        return Lists(start, self.item[pick])
