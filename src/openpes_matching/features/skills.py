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


def collect(matched, first, stop, skill, skill_weight, begin, end, posting):
    """Add the weight of one skill to every candidate of the run first..stop among its postings begin..end."""
    weight = skill_weight[skill]
    low = begin
    high = end
    while low < high:
        middle = (low + high) >> 1
        if posting[middle] < first:
            low = middle + 1
        else:
            high = middle
    while low < end and posting[low] < stop:
        matched[posting[low] - first] += weight
        low += 1


def add_for_person(score, matched, per_total, weight, neutral, first, stop):
    """per_total: 1 / total as float64, 0 where nothing is asked. Exact: a half is far more than the rounding error."""
    for i in range(stop - first):
        per = per_total[first + i]
        share = np.int32((255.0 * matched[i] + 0.5) * per)
        score[i] += weight * (share if per > 0.0 else neutral)


def add_for_vacancy(score, matched, per_total, known, weight, neutral, first, stop):
    """per_total: 1 / total of the vacancy as float64, 0 where it asks nothing."""
    for i in range(stop - first):
        share = np.int32((255.0 * matched[i] + 0.5) * per_total)
        score[i] += weight * (share if (per_total > 0.0 and known[first + i] != 0) else neutral)
