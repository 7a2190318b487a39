"""Occupation: how near the vacancy's occupation is to what the person wants.

The highest of: proximity of the first wanted occupation; 7/8 of that of the second; 6/8 of that of the third
(eighths by policy, rounded down). Neutral when the person wants nothing in particular or the vacancy's occupation is
unknown.
"""

from __future__ import annotations

import numpy as np


def part(wanted, occupation, proximity, eighths, neutral):
    """Slow twin. wanted (..., 3), occupation (...): numbers, -1 unknown; -> int64 (...)."""
    matrix = proximity.astype(np.int64)
    known = occupation >= 0
    offered = np.where(known, occupation, 0)
    best = np.full(np.broadcast_shapes(wanted.shape[:-1], occupation.shape), -1, np.int64)
    for choice in range(3):
        want = wanted[..., choice]
        near = matrix[np.where(want >= 0, want, 0), offered] * eighths[choice] // 8
        best = np.maximum(best, np.where(want >= 0, near, -1))
    return np.where((best < 0) | ~known, neutral, best)


def fill_row(row, w0, w1, w2, proximity, weight, second, third, neutral):
    """Weighted parts of one person for every occupation; the last entry is for an unknown one."""
    n = proximity.shape[0]
    if w0 < 0 and w1 < 0 and w2 < 0:
        for o in range(n + 1):
            row[o] = weight * neutral
        return
    for o in range(n):
        row[o] = 0
    if w0 >= 0:
        for o in range(n):
            row[o] = np.int32(proximity[w0, o]) * weight
    if w1 >= 0:
        for o in range(n):
            row[o] = max(row[o], ((np.int32(proximity[w1, o]) * second) >> 3) * weight)
    if w2 >= 0:
        for o in range(n):
            row[o] = max(row[o], ((np.int32(proximity[w2, o]) * third) >> 3) * weight)
    row[n] = weight * neutral


def fill_columns(columns, offered, proximity, weight, second, third, neutral):
    """Weighted parts of one vacancy for every occupation as first, second and third choice; the last entry of each
    is for "no choice" and counts nothing."""
    n = proximity.shape[0]
    for o in range(n):
        near = np.int32(proximity[o, offered]) if offered >= 0 else np.int32(0)
        columns[0, o] = weight * near if offered >= 0 else weight * neutral
        columns[1, o] = weight * ((near * second) >> 3) if offered >= 0 else weight * neutral
        columns[2, o] = weight * ((near * third) >> 3) if offered >= 0 else weight * neutral
    for choice in range(3):
        columns[choice, n] = -1


def best_of(columns, first, second, third, unknown):
    """Weighted part of one person from the columns of one vacancy; unknown if the person wants nothing."""
    best = max(columns[0, first], max(columns[1, second], columns[2, third]))
    return best if best >= 0 else unknown
