"""Languages: 255 when none is asked; else 255 x (asked languages the person speaks) / (asked languages), rounded
down. Neutral when some are asked and the person's languages are unknown."""

from __future__ import annotations

import numpy as np

UNKNOWN_SET = 1


def table(spoken, asked, neutral):
    """(spoken, asked) uint8: the part of each set that people speak (row) for each set that vacancies ask (column).

    spoken, asked: lists of tuples of languages; row UNKNOWN_SET stands for languages that are not known.
    """
    width = max((max(one) for one in (*spoken, *asked) if one), default=0) + 1
    has, wants = np.zeros((len(spoken), width), np.float32), np.zeros((len(asked), width), np.float32)
    for matrix, sets in ((has, spoken), (wants, asked)):
        for number, languages in enumerate(sets):
            matrix[number, list(languages)] = 1.0
    common = np.rint(has @ wants.T).astype(np.int64)
    count = np.array([len(one) for one in asked], np.int64)
    values = np.where(count == 0, 255, 255 * common // np.maximum(count, 1))
    values[UNKNOWN_SET] = np.where(count == 0, 255, neutral)
    return values.astype(np.uint8)
