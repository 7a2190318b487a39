"""Distance: 255 at the door, falling in a straight line to 0 at the person's limit.

255 x (limit - d) / limit, rounded down, with d the whole decametres between the places and limit the person's max_km
in decametres (a limit of 0 gives 255 at d = 0). Beyond the limit the pair is excluded. Without a limit nobody is
excluded and the part falls to 0 at the policy's default_km. Neutral when either place is unknown.
"""

from __future__ import annotations

import numpy as np

from openpes_matching.geography import root


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


def near(squared, limit):
    """The part of one pair, for kernels. squared: exact in float64, and so is its root rounded down; limit: >= 1.

    Adding a half before the division cannot carry the quotient over a whole number, because it is the nearest half.
    """
    left = limit - np.floor(np.sqrt(squared))
    return np.int64((255.0 * left + 0.5) / limit) if left > 0.0 else np.int64(0)
