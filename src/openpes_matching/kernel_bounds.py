"""The quick look: for each candidate of a run, an upper bound of what occupation, skills and distance give.

Compiled by Numba, in 32-bit arithmetic that runs eight candidates at once. A bound may be too high by a little,
never too low; the needs of word 0 are exact; a pair is excluded for distance only when it is surely too far. Import
only through `compiling`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

TOP = 255
BLOCK = 16
EXCLUDED = np.int32(-(1 << 30))
SLACK = np.float32(1.00001)
"""More than the rounding of 32-bit squares and roots."""

_rough = njit(nogil=True, error_model="numpy", fastmath=True)


@_rough
def bound_occupation(bound, row, occupation):
    """bound = exact weighted part of the occupation, for one person and a run of vacancies."""
    for i in range(len(bound)):
        bound[i] = row[np.uint32(occupation[i])]


@_rough
def bound_occupation_of_people(bound, columns, wanted_1, wanted_2, wanted_3, unknown):
    """bound = exact weighted part of the occupation, for one vacancy and a run of people."""
    for i in range(len(bound)):
        a, b, c = (
            columns[0, np.uint32(wanted_1[i])],
            columns[1, np.uint32(wanted_2[i])],
            columns[2, np.uint32(wanted_3[i])],
        )
        best = max(a, max(b, c))
        bound[i] = best if best >= 0 else unknown


@_rough
def add_skills(bound, matched, per_total, weight, neutral):
    """Add at least the weighted part of skills: one person, vacancies with 255 / total each, 0 where none is
    asked."""
    for i in range(len(bound)):
        part = np.float32(matched[i]) * per_total[i] + np.float32(1.0)
        bound[i] += np.int32(weight * (part if per_total[i] > np.float32(0.0) else neutral))


@_rough
def add_skills_of_people(bound, matched, known, per_total, weight, neutral):
    """Add at least the weighted part of skills: one vacancy, people whose skills are known or not."""
    for i in range(len(bound)):
        part = np.float32(matched[i]) * per_total + np.float32(1.0)
        bound[i] += np.int32(weight * (part if (known[i] != 0 and per_total > np.float32(0.0)) else neutral))


@_rough
def drop_needing(bound, need, have):
    """Exclude the vacancies of a run that need, in word 0, what the person does not have."""
    for i in range(len(bound)):
        bound[i] = bound[i] if (need[i] & ~have) == 0 else EXCLUDED


@_rough
def drop_unable(bound, have, need):
    """Exclude the people of a run who lack, in word 0, what the vacancy needs."""
    for i in range(len(bound)):
        bound[i] = bound[i] if (need & ~have[i]) == 0 else EXCLUDED


@_rough
def add_distance(bound, xs, ys, zs, x, y, z, farthest, limit, weight):
    """Add at least the weighted part of the distance and exclude what is surely too far: one person, vacancies."""
    top = weight * np.float32(TOP + 2)
    slope = weight * np.float32(TOP) / limit
    for i in range(len(bound)):
        dx, dy, dz = xs[i] - x, ys[i] - y, zs[i] - z
        squared = dx * dx + dy * dy + dz * dz
        part = np.int32(max(np.float32(0.0), top - np.sqrt(squared) * slope))
        bound[i] = bound[i] + part if squared <= farthest else EXCLUDED


@_rough
def add_distance_of_people(bound, xs, ys, zs, x, y, z, reach, located, default_dam, weight):
    """As `add_distance`: one vacancy, people with a limit each, some without a known place."""
    for i in range(len(bound)):
        dx, dy, dz = xs[i] - x, ys[i] - y, zs[i] - z
        squared = dx * dx + dy * dy + dz * dz
        own = np.float32(reach[i])
        limit = max(np.float32(1.0), own if own >= np.float32(0.0) else default_dam)
        part = max(np.float32(0.0), np.float32(TOP + 2) - np.float32(TOP) * np.sqrt(squared) / limit)
        part = part if located[i] != 0 else np.float32(TOP)
        outside = located[i] != 0 and own >= np.float32(0.0) and squared > own * own * SLACK
        bound[i] = EXCLUDED if outside else bound[i] + np.int32(weight * part)


@_rough
def highest_of_blocks(bound, blocks, highs):
    """highs[b] = the highest of the BLOCK bounds at b, b + blocks, b + 2 x blocks ...; bound is padded to whole blocks.

    A block is spread out so that eight blocks are compared at once.
    """
    for b in range(blocks):
        highs[b] = bound[b]
    for lane in range(1, BLOCK):
        start = lane * blocks
        for b in range(blocks):
            highs[b] = max(highs[b], bound[start + b])
