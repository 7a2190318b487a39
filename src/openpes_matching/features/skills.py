"""Skills: the share of the vacancy's skills (must and nice to have together, each once) that the person has.

255 x (weights of the skills the person has) / (weights of all), rounded down. Neutral when the vacancy names no skill
or the person's skills are unknown.
"""

from __future__ import annotations

import numpy as np

from openpes_matching.lists import Lists


def matched_weight(person_start, person_skill, p, vacancy_start, vacancy_skill, v, skill_weight):
    """Slow twin: (m,) int64 weight of the skills in common for pairs p[i], v[i]."""
    asked = Lists(vacancy_start, vacancy_skill).take(v)
    people, where = np.unique(p, return_inverse=True)
    had = Lists(person_start, person_skill).take(people)
    width = np.int64(max(asked.width, had.width, 1))
    have = had.rows() * width + had.item
    ask = where[asked.rows()] * width + asked.item
    common = np.isin(ask, have)
    weight = np.where(common, skill_weight[asked.item], 0)
    return np.bincount(asked.rows(), weights=weight, minlength=len(v)).astype(np.int64)


def part(matched, total, known, neutral):
    """Slow twin: matched and total weights -> int64 part."""
    share = 255 * np.asarray(matched, np.int64) // np.maximum(total, 1)
    return np.where((total == 0) | (known == 0), neutral, share)


def collect(matched, first, stop, weight, begin, end, posting):
    """Add the weight of one skill to every candidate of the run first..stop among its postings begin..end."""
    low = begin
    count = end - begin
    while count > 0:
        half = count >> 1
        before = posting[low + half] < first
        low = low + half + 1 if before else low
        count = count - half - 1 if before else half
    while low < end and posting[low] < stop:
        matched[posting[low] - first] += weight
        low += 1


def share(matched, total, known, neutral):
    """The part of one pair, for kernels."""
    if total == 0 or known == 0:
        return neutral
    return 255 * matched // total
