"""Where rows lie in memory: sorted by map cell, column of cells after column, with their skills beside them.

Cells are squares of longitude and latitude. All cells of one column that a person can reach are neighbours in memory,
so a person's world is a handful of unbroken runs. Rows that may match from anywhere (place unknown, or a limit too
wide for the grid) lie after the last column, in a pseudo-column that everybody reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from openpes_matching.lists import Lists

CELL_DEGREES = 0.18
"""About 20 km of latitude."""
GRID_REACH_DAM = 10_000
"""People who travel farther than 100 km are kept outside the grid."""
_POINTERS_AT_MOST = 1 << 25


class Grid(NamedTuple):
    """Cell (c, r) covers longitude west + c x cell and latitude south + r x cell, both + cell."""

    west: float
    south: float
    cell: float
    columns: int
    rows: int


class Layout(NamedTuple):
    """order: (n,) row numbers of the table, in memory order. cell_start: (columns x rows + 1,) positions; the
    pseudo-column runs from the last of them to n. skill_begin: (skills x (columns + 1) + 1,) into posting, by skill
    and column, so that the columns around a home lie together; posting: (m,) positions, ascending within each."""

    order: NDArray[np.int64]
    grid: Grid
    cell_start: NDArray[np.int32]
    skill_begin: NDArray[np.int32]
    posting: NDArray[np.int32]


def lay_out(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    gridded: NDArray[np.bool_],
    then_by: NDArray[np.integer],
    ids: NDArray[np.int64],
    skills: Lists,
    skill_count: int,
) -> Layout:
    """Sort rows by (column, row of cells, then_by, id) and collect their skill postings."""
    grid = _grid(lat, lon, gridded, skill_count)
    column = np.clip(((lon - grid.west) / grid.cell).astype(np.int64), 0, grid.columns - 1)
    line = np.clip(((lat - grid.south) / grid.cell).astype(np.int64), 0, grid.rows - 1)
    cells = grid.columns * grid.rows
    cell = np.where(gridded, column * grid.rows + line, cells)
    order = np.lexsort((ids, then_by, cell))
    cell_start = np.searchsorted(cell[order], np.arange(cells + 1)).astype(np.int32)
    listed = skills.take(order)
    strip = np.where(gridded, column, grid.columns)[order]
    key = listed.item * np.int64(grid.columns + 1) + strip[listed.rows()]
    by_key = np.argsort(key, kind="stable")
    counts = np.bincount(key, minlength=(grid.columns + 1) * skill_count)
    skill_begin = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.int32)
    return Layout(order, grid, cell_start, skill_begin, listed.rows()[by_key].astype(np.int32))


def _grid(lat: NDArray[np.float64], lon: NDArray[np.float64], gridded: NDArray[np.bool_], skill_count: int) -> Grid:
    n = int(gridded.sum())
    if n == 0:
        return Grid(0.0, 0.0, CELL_DEGREES, 1, 1)
    west, south = float(lon[gridded].min()), float(lat[gridded].min())
    width, height = float(lon[gridded].max()) - west, float(lat[gridded].max()) - south
    at_most = max(1, min(n // 20, _POINTERS_AT_MOST // max(skill_count, 1)))
    cell = max(CELL_DEGREES, width / at_most)
    return Grid(west, south, cell, int(width / cell) + 1, int(height / cell) + 1)
