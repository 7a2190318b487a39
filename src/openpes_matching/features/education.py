"""Education: 255 when nothing is asked or the person's ISCED level reaches it; else 255 less a step for each missing
level, not below 0. Neutral when something is asked and the person's level is unknown. More than asked costs
nothing."""

from __future__ import annotations

import numpy as np


def part(has, asked, step, neutral):
    """Slow twin: levels, -1 unknown or nothing asked -> int64."""
    has = has.astype(np.int64)
    asked = asked.astype(np.int64)
    share = np.maximum(255 - step * np.maximum(asked - has, 0), 0)
    return np.where(asked <= 0, 255, np.where(has < 0, neutral, share))


def reached(has, asked, step, neutral):
    """The part of one pair, for kernels."""
    if asked <= 0 or has >= asked:
        return np.int64(255)
    if has < 0:
        return np.int64(neutral)
    return max(np.int64(0), 255 - step * np.int64(asked - has))
