"""Education: 255 when nothing is asked or the person's ISCED level reaches it; else 255 less a step for each missing
level, not below 0. Neutral when something is asked and the person's level is unknown. More than asked costs nothing."""

from __future__ import annotations

import numpy as np


def part(has, asked, step, neutral):
    """Slow twin: levels, -1 unknown or nothing asked -> int64."""
    has = has.astype(np.int64)
    asked = asked.astype(np.int64)
    share = np.maximum(255 - step * np.maximum(asked - has, 0), 0)
    return np.where(asked <= 0, 255, np.where(has < 0, neutral, share))


def add_for_person(score, has, asked, step, weight, neutral, first, stop):
    """For one person and a run of vacancies."""
    for i in range(stop - first):
        want = asked[first + i]
        share = max(np.int32(255) - step * max(want - has, np.int32(0)), np.int32(0))
        share = neutral if has < 0 else share
        score[i] += weight * (share if want > 0 else np.int32(255))


def add_for_vacancy(score, has, asked, step, weight, neutral, first, stop):
    """For one vacancy and a run of people."""
    for i in range(stop - first):
        level = has[first + i]
        share = max(np.int32(255) - step * max(asked - level, np.int32(0)), np.int32(0))
        share = neutral if level < 0 else share
        score[i] += weight * (share if asked > 0 else np.int32(255))
