"""Distance: 255 at the door, falling in a straight line to 0 at the person's limit.

255 x (limit - d) / limit, rounded down, with d the whole decametres between the places and limit the person's max_km in
decametres (a limit of 0 gives 255 at d = 0). Beyond the limit the pair is excluded. Without a limit nobody is
excluded and the part falls to 0 at the policy's default_km. Neutral when either place is unknown.
"""

from __future__ import annotations

import numpy as np

from openpes_matching.geography import root

EXCLUDED = -(1 << 30)


def square(people, p, vacancies, v):
    """Slow twin: squared distance in square decametres, int64; meaningless where a place is unknown."""
    total = 0
    for a, b in ((people.x, vacancies.x), (people.y, vacancies.y), (people.z, vacancies.z)):
        difference = a[p].astype(np.int64) - b[v].astype(np.int64)
        total = total + difference * difference
    return total


def part(squared, reach, placed, default_dam, neutral):
    """Slow twin. squared, reach (-1 no limit), placed (both places known) -> int64 part."""
    limit = np.maximum(np.where(reach < 0, default_dam, reach).astype(np.int64), 1)
    left = np.maximum(limit - root(squared), 0)
    return np.where(placed, 255 * left // limit, neutral)


def within(squared, reach, placed):
    """Slow twin of the constraint: True where the limit does not exclude the pair."""
    reach = reach.astype(np.int64)
    return ~placed | (reach < 0) | (squared <= reach * reach)


def add_for_person(score, x, y, z, reach, default_dam, xs, ys, zs, weight, first, stop):
    """For one person with a known place and a run of vacancies with known places."""
    limit = np.float64(max(default_dam if reach < 0 else reach, 1))
    per_limit = 1.0 / limit
    farthest = np.float64(reach) * np.float64(reach) if reach >= 0 else 1e18
    for i in range(stop - first):
        dx = np.float64(xs[first + i] - x)
        dy = np.float64(ys[first + i] - y)
        dz = np.float64(zs[first + i] - z)
        squared = dx * dx + dy * dy + dz * dz
        left = max(0.0, limit - np.floor(np.sqrt(squared)))
        near = np.int32((255.0 * left + 0.5) * per_limit)
        score[i] = score[i] + weight * near if squared <= farthest else EXCLUDED


def add_for_vacancy(score, x, y, z, xs, ys, zs, reach, located, default_dam, weight, neutral, first, stop):
    """For one vacancy with a known place and a run of people, each with a limit of their own."""
    for i in range(stop - first):
        r = reach[first + i]
        dx = np.float64(xs[first + i] - x)
        dy = np.float64(ys[first + i] - y)
        dz = np.float64(zs[first + i] - z)
        squared = dx * dx + dy * dy + dz * dz
        limit = np.float64(max(default_dam if r < 0 else r, 1))
        left = max(0.0, limit - np.floor(np.sqrt(squared)))
        near = np.int32((255.0 * left + 0.5) / limit)
        known = located[first + i] != 0
        inside = (not known) or r < 0 or squared <= np.float64(r) * np.float64(r)
        score[i] = score[i] + weight * (near if known else neutral) if inside else EXCLUDED
