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


def enough(has, asked, neutral):
    """The part of one pair, for kernels."""
    if asked <= 0:
        return np.int64(255)
    if has < 0:
        return np.int64(neutral)
    return np.int64(255) if has >= asked else np.int64(255 * has // asked)
