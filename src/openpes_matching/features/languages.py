"""Languages: 255 when none is asked; else 255 x (asked languages the person speaks) / (asked languages), rounded
down. Neutral when some are asked and the person's languages are unknown."""

from __future__ import annotations

import numpy as np

UNKNOWN_SET = 1


def part(person_set, vacancy_set, sets, neutral):
    """Slow twin: numbers of language sets -> int64. `sets` is the list behind those numbers."""
    shape = np.broadcast_shapes(np.shape(person_set), np.shape(vacancy_set))
    pairs = np.stack([np.broadcast_to(person_set, shape).ravel(), np.broadcast_to(vacancy_set, shape).ravel()], axis=1)
    distinct, where = np.unique(pairs, axis=0, return_inverse=True)
    values = [one(int(p), int(v), sets, neutral) for p, v in distinct]
    return np.array(values, np.int64)[where.ravel()].reshape(shape)


def one(person_set, vacancy_set, sets, neutral):
    """The part of one person's set and one vacancy's set."""
    asked = sets[vacancy_set]
    if not asked:
        return 255
    if person_set == UNKNOWN_SET:
        return neutral
    return 255 * len(set(asked) & set(sets[person_set])) // len(asked)


def table(sets, neutral):
    """(sets, sets) uint8: the part of each person's set (row) for each vacancy's set (column)."""
    width = max((max(one) for one in sets if one), default=0) + 1
    speaks = np.zeros((len(sets), width), np.float32)
    for number, languages in enumerate(sets):
        speaks[number, list(languages)] = 1.0
    common = np.rint(speaks @ speaks.T).astype(np.int64)
    asked = np.array([len(one) for one in sets], np.int64)
    values = np.where(asked == 0, 255, 255 * common // np.maximum(asked, 1))
    values[UNKNOWN_SET] = np.where(asked == 0, 255, neutral)
    return values.astype(np.uint8)
