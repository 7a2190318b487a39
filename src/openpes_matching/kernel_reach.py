"""Which candidates a query can reach, and the skills they have in common with it. Compiled by Numba; import only
through `compiling`."""

from __future__ import annotations

import numpy as np
from numba import njit

from openpes_matching.features import skills

KM_PER_DEGREE = 110.0
"""Less than any degree of latitude on the ellipsoid, so that runs reach too far rather than too short."""
WHOLE_WORLD_DAM = 200_000
SEEN, FIRST, STOP, COLUMN = range(4)
"""What a row of runs holds."""

collect = njit(nogil=True, error_model="numpy")(skills.collect)


@njit(nogil=True, cache=True, error_model="numpy")
def columns_in_reach(lat, lon, reach, grid, spans):
    """Fill spans[c] = (first cell row, last cell row + 1) for each column that may hold a place within reach
    decametres; return (first column, last column + 1). Never leaves out a cell in reach; may add some."""
    if reach < 0 or reach > WHOLE_WORLD_DAM:
        for c in range(grid.columns):
            spans[c, 0] = 0
            spans[c, 1] = grid.rows
        return 0, grid.columns
    km = reach * 0.01 + 0.1
    high = km / KM_PER_DEGREE
    farthest = min(abs(lat) + high, 90.0)
    narrowest = np.cos(np.radians(farthest)) * 0.99
    wide = high / narrowest if narrowest > 0.02 else 400.0
    around = wide >= 90.0 or lon - wide < -180.0 or lon + wide > 180.0
    c0, c1 = 0, grid.columns
    if not around:
        c0 = min(c1, max(0, int(np.floor((lon - wide - grid.west) / grid.cell))))
        c1 = max(c0, min(c1, int(np.floor((lon + wide - grid.west) / grid.cell)) + 1))
    for c in range(c0, c1):
        edge = grid.west + c * grid.cell
        gap = max(0.0, max(edge - lon, lon - edge - grid.cell))
        left = high
        if not around:
            across = gap * narrowest * 0.98
            left = np.sqrt(max(0.0, high * high - across * across))
        spans[c, 0] = min(grid.rows, max(0, int(np.floor((lat - left - grid.south) / grid.cell))))
        spans[c, 1] = max(spans[c, 0], min(grid.rows, int(np.floor((lat + left - grid.south) / grid.cell)) + 1))
    return c0, c1


@njit(nogil=True, error_model="numpy")
def collect_all(matched, runs, run_count, skill, skill_from, skill_to, segment, weights):
    """Weights of the skills in common with one query, for every candidate of all runs."""
    wide = segment.grid.columns + 1
    for j in range(skill_from, skill_to):
        one = skill[j]
        if one >= segment.skill_count:
            continue
        for run in range(run_count):
            cell = one * wide + runs[run, COLUMN]
            here, end = segment.skill_begin[cell], segment.skill_begin[cell + 1]
            if here < end:
                first, stop = runs[run, FIRST], runs[run, STOP]
                collect(matched[runs[run, SEEN] :], first, stop, weights[one], here, end, segment.posting)


@njit(nogil=True, error_model="numpy")
def find_runs(lat, lon, reach, segment, spans, runs):
    """Fill runs with what lies within reach, ending with the pseudo-column that everybody reads. Returns (runs,
    candidates).

    A row of runs: place of its first candidate in the buffers of the query, first and stop in the segment, column.
    """
    c0, c1 = columns_in_reach(lat, lon, reach, segment.grid, spans)
    seen = 0
    count = 0
    for strip in range(c0, c1 + 1):
        column = strip if strip < c1 else segment.grid.columns
        base = column * segment.grid.rows
        first = np.int64(segment.cell_start[base + spans[strip, 0] if strip < c1 else base])
        stop = np.int64(segment.cell_start[base + spans[strip, 1]] if strip < c1 else len(segment.id))
        if first < stop:
            runs[count, SEEN], runs[count, FIRST], runs[count, STOP], runs[count, COLUMN] = seen, first, stop, column
            seen += int(stop - first)
            count += 1
    return count, seen
