"""Occupation: how near the vacancy's occupation is to what the person wants.

The highest of: proximity of the first wanted occupation; 7/8 of that of the second; 6/8 of that of the third (eighths by
policy, rounded down). Neutral when the person wants nothing in particular or the vacancy's occupation is unknown.
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


def start_from_row(score, row, occupation, first, stop):
    """score = weighted part, for a run of vacancies; unknown occupations are stored as the last entry of row."""
    for i in range(stop - first):
        score[i] = row[occupation[first + i]]


def start_for_vacancy(score, column, second_column, third_column, w0, w1, w2, unknown, first, stop):
    """score = weighted part, for a run of people. The columns are parts of each occupation as first, second, third
    choice for this vacancy, with a last entry of 0 for "no choice"."""
    none = len(column) - 1
    for i in range(stop - first):
        a, b, c = w0[first + i], w1[first + i], w2[first + i]
        best = max(column[a], max(second_column[b], third_column[c]))
        score[i] = unknown if (a == none and b == none and c == none) else best
