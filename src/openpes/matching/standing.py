"""How fresh a vacancy is and how its employer answers, as a re-ordering after ranking. Pure; off unless policy says.

A share of each score is at stake: `liveness` and `answers` thousandths of it. A vacancy confirmed today loses nothing,
one last confirmed `STALE_DAYS` ago or earlier loses the whole share; an employer who answered every introduction loses
nothing, one who never answered the whole share, and one with too few introductions to tell loses nothing. The score
that people see stays the match itself; only the order of their list changes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STALE_DAYS = 60
ENOUGH_INTRODUCTIONS = 5


def kept(
    days: NDArray[np.integer],
    answers: NDArray[np.integer],
    introductions: NDArray[np.integer],
    *,
    liveness: int,
    answering: int,
) -> NDArray[np.int64]:
    """(n,) millionths of its score that each vacancy keeps. days: since last confirmed, -1 unknown (loses nothing)."""
    if not (0 <= liveness <= 500 and 0 <= answering <= 500):
        raise ValueError("At most half of a score (500 thousandths) may be at stake for freshness and for answers.")
    stale = np.clip(np.asarray(days, np.int64), 0, STALE_DAYS)
    asked = np.asarray(introductions, np.int64)
    silent = np.where(asked >= ENOUGH_INTRODUCTIONS, np.maximum(asked - answers, 0), 0)
    fresh = 1_000 - liveness * stale // STALE_DAYS
    heard = 1_000 - answering * silent // np.maximum(asked, 1)
    return fresh * heard


def reordered(score: NDArray[np.integer], share: NDArray[np.integer]) -> NDArray[np.int64]:
    """(people, k) places of the columns in their new order: by score x share kept, then as they were.

    score: -1 after the last of a list; those stay last.
    """
    worth = np.where(score < 0, -1, np.asarray(score, np.int64) * share)
    return np.argsort(-worth, axis=1, kind="stable")
