"""The seven weighted points of millions of given pairs. Compiled by Numba; import only through `compiling`.

Its slow twin is `scoring.parts`; both give the same integers.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from openpes_matching.kernels import enough, meets, near, reached, share


@njit(nogil=True, error_model="numpy")
def in_common(a, a_begin, a_end, b, b_begin, b_end, weight):
    """Weight of what two ascending lists both hold."""
    total = np.int64(0)
    i, j = a_begin, b_begin
    while i < a_end and j < b_end:
        if a[i] < b[j]:
            i += 1
        elif a[i] > b[j]:
            j += 1
        else:
            total += np.int64(weight[a[i]])
            i += 1
            j += 1
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def points_of(people, p_rows, vacancies, v_rows, rules, lo, hi, out):
    """out[i] = points of the pair p_rows[i], v_rows[i], for i in lo..hi, in the order of TERMS."""
    neutral = np.int64(rules.neutral)
    eighths = (np.int64(8), np.int64(rules.second), np.int64(rules.third))
    for i in range(lo, hi):
        p, v = p_rows[i], v_rows[i]
        offered = vacancies.occupation[v]
        best = np.int64(-1)
        for choice in range(3):
            want = people.wanted[p, choice]
            if want >= 0 and offered >= 0:
                best = max(best, (np.int64(rules.proximity[want, offered]) * eighths[choice]) >> 3)
        out[i, 0] = rules.occupation * (best if best >= 0 else neutral)
        matched = in_common(
            people.skill,
            people.skill_start[p],
            people.skill_start[p + 1],
            vacancies.skill,
            vacancies.skill_start[v],
            vacancies.skill_start[v + 1],
            rules.skill_weight,
        )
        out[i, 1] = rules.skills * share(matched, np.int64(vacancies.total[v]), people.skills_known[p], neutral)
        if people.located[p] != 0 and vacancies.located[v] != 0:
            dx = np.float64(people.x[p]) - np.float64(vacancies.x[v])
            dy = np.float64(people.y[p]) - np.float64(vacancies.y[v])
            dz = np.float64(people.z[p]) - np.float64(vacancies.z[v])
            reach = people.reach[p]
            limit = max(rules.default_dam if reach < 0 else reach, 1)
            out[i, 2] = rules.distance * near(dx * dx + dy * dy + dz * dz, np.float64(limit))
        else:
            out[i, 2] = rules.distance * neutral
        out[i, 3] = rules.wage * meets(people.wage[p], vacancies.wage[v], rules.wage_floor, rules.wage_full, neutral)
        out[i, 4] = rules.experience * enough(people.experience[p], vacancies.experience[v], neutral)
        out[i, 5] = rules.education * reached(
            people.education[p], vacancies.education[v], rules.education_step, neutral
        )
        out[i, 6] = rules.languages * np.int64(rules.language_table[people.language_set[p], vacancies.language_set[v]])
