"""Experience: 255 when nothing is asked or the person has as many months as asked; else 255 x has / asked, rounded
down. Neutral when something is asked and the person's experience is unknown."""

from __future__ import annotations

import numpy as np


def part(has, asked, neutral):
    """Slow twin: months, -1 unknown or nothing asked -> int64."""
    has = has.astype(np.int64)
    asked = asked.astype(np.int64)
    share = np.where(has >= asked, 255, 255 * np.maximum(has, 0) // np.maximum(asked, 1))
    return np.where(asked <= 0, 255, np.where(has < 0, neutral, share))


def add_for_person(score, has, asked, weight, neutral, first, stop):
    """For one person and a run of vacancies."""
    scaled = 255.0 * max(has, 0) + 0.5
    unknown = has < 0
    for i in range(stop - first):
        want = asked[first + i]
        share = np.int32(min(255.0, scaled / np.float64(max(want, 1))))
        share = np.int32(neutral) if unknown else share
        score[i] += weight * (share if want > 0 else np.int32(255))


def add_for_vacancy(score, has, asked, weight, neutral, first, stop):
    """For one vacancy and a run of people."""
    per = 1.0 / np.float64(max(asked, 1))
    for i in range(stop - first):
        months = has[first + i]
        share = np.int32(min(255.0, (255.0 * months + 0.5) * per))
        share = share if months >= 0 else np.int32(neutral)
        score[i] += weight * (share if asked > 0 else np.int32(255))
