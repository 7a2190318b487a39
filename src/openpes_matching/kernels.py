"""The fast kernels, compiled by Numba. Import this module only through `compiling`.

One query row at a time. First a quick look at every candidate in reach: an upper bound of what occupation, skills and
distance can give, in 32-bit arithmetic that runs eight candidates at once, and the needs of word 0. Then the exact score, in
whole numbers, for those whose bound can still enter the list; the most promising come first, so that the least score to
beat rises early. Each kernel has a slow twin in `scoring` that must give the same integers.

Values narrower than 32 bits are widened before any arithmetic: an unsigned byte would otherwise become an unsigned 64-bit
number and a difference could wrap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from openpes_matching.arrays import MAX_ID
from openpes_matching.features import distance, education, experience, occupation, skills, wage
from openpes_matching.rules import Rules

_exact = njit(nogil=True, error_model="numpy")
fill_row = _exact(occupation.fill_row)
fill_columns = _exact(occupation.fill_columns)
best_of = _exact(occupation.best_of)
collect = _exact(skills.collect)
share = _exact(skills.share)
near = _exact(distance.near)
meets = _exact(wage.meets)
enough = _exact(experience.enough)
reached = _exact(education.reached)
_rough = njit(nogil=True, error_model="numpy", fastmath=True)

EXCLUDED = np.int32(-(1 << 30))
TOP = 255
KM_PER_DEGREE = 110.0
"""Less than any degree of latitude on the ellipsoid, so that runs reach too far rather than too short."""
WHOLE_WORLD_DAM = 200_000
SLACK = np.float32(1.00001)
"""More than the rounding of 32-bit squares and roots."""


class Constants(NamedTuple):
    """Rules in the form kernels read: weights by term, then the tolerances, then the tables."""

    occupation: int
    skills: int
    distance: int
    wage: int
    experience: int
    education: int
    languages: int
    second: int
    third: int
    wage_floor: int
    wage_full: int
    default_dam: int
    education_step: int
    neutral: int
    proximity: NDArray[np.uint8]
    skill_weight: NDArray[np.int32]
    language_table: NDArray[np.uint8]


def constants(rules: Rules) -> Constants:
    """Rules for the kernels."""
    policy = rules.policy
    return Constants(
        *policy.weights,
        policy.second_choice,
        policy.third_choice,
        policy.wage_floor,
        policy.wage_full,
        rules.default_dam,
        policy.education_step,
        policy.neutral,
        rules.proximity,
        rules.skill_weight,
        rules.language_table(),
    )


@njit(nogil=True, cache=True, error_model="numpy")
def columns_in_reach(lat, lon, reach, grid, spans):
    """Fill spans[c] = (first cell row, last cell row + 1) for each column that may hold a place within reach
    decametres; return (first column, last column + 1). Never leaves out a cell in reach; may add some."""
    if reach < 0 or reach > WHOLE_WORLD_DAM:
        for c in range(grid.columns):
            spans[c, 0] = 0
            spans[c, 1] = grid.rows
        return 0, grid.columns
    km = reach * 0.01 + 0.1
    high = km / KM_PER_DEGREE
    farthest = min(abs(lat) + high, 90.0)
    narrowest = np.cos(np.radians(farthest)) * 0.99
    wide = high / narrowest if narrowest > 0.02 else 400.0
    around = wide >= 90.0 or lon - wide < -180.0 or lon + wide > 180.0
    c0, c1 = 0, grid.columns
    if not around:
        c0 = min(c1, max(0, int(np.floor((lon - wide - grid.west) / grid.cell))))
        c1 = max(c0, min(c1, int(np.floor((lon + wide - grid.west) / grid.cell)) + 1))
    for c in range(c0, c1):
        edge = grid.west + c * grid.cell
        gap = max(0.0, max(edge - lon, lon - edge - grid.cell))
        left = high
        if not around:
            across = gap * narrowest * 0.98
            left = np.sqrt(max(0.0, high * high - across * across))
        spans[c, 0] = min(grid.rows, max(0, int(np.floor((lat - left - grid.south) / grid.cell))))
        spans[c, 1] = max(spans[c, 0], min(grid.rows, int(np.floor((lat + left - grid.south) / grid.cell)) + 1))
    return c0, c1


@njit(nogil=True, error_model="numpy")
def push(best, count, key):
    """Keep the largest keys in best, ascending; returns how many there are."""
    k = len(best)
    if count < k:
        i = count
        while i > 0 and best[i - 1] > key:
            best[i] = best[i - 1]
            i -= 1
        best[i] = key
        return count + 1
    if key <= best[0]:
        return count
    i = 0
    while i + 1 < k and best[i + 1] < key:
        best[i] = best[i + 1]
        i += 1
    best[i] = key
    return count


@njit(nogil=True, error_model="numpy")
def lacks_one(asked, begin, end, had, had_begin, had_end):
    """True if the ascending list asked[begin:end] holds something that had[had_begin:had_end] does not."""
    j = had_begin
    for i in range(begin, end):
        while j < had_end and had[j] < asked[i]:
            j += 1
        if j >= had_end or had[j] != asked[i]:
            return True
    return False


@njit(nogil=True, error_model="numpy")
def lacks_need(need, v, have, p):
    """True if a word after the first of the vacancy's need is not held."""
    for word in range(1, need.shape[0]):
        if need[word, v] & ~have[word, p]:
            return True
    return False


@_rough
def look_at_vacancies(bound, row, matched, ask, x, y, z, reach, limit, have, weight_skills, weight_distance, segment, first):
    """bound[i] >= occupation + skills + distance of candidate first + i; EXCLUDED if a need of word 0 or the distance
    surely excludes it. ask: False if the person's skills are unknown. limit 0: no place is known, distance is neutral and
    counted by the caller."""
    occupations = segment.occupation[first : first + len(bound)]
    per_total = segment.per_total[first : first + len(bound)]
    need = segment.need[0, first : first + len(bound)]
    for i in range(len(bound)):
        part = np.int32(np.float32(matched[i]) * per_total[i]) + np.int32(1)
        part = part if (ask and per_total[i] > np.float32(0.0)) else np.int32(0)
        total = row[occupations[i]] + weight_skills * part
        bound[i] = total if (need[i] & ~have) == 0 else EXCLUDED
    if limit > 0:
        xs, ys, zs = (
            segment.x[first : first + len(bound)],
            segment.y[first : first + len(bound)],
            segment.z[first : first + len(bound)],
        )
        farthest = np.float32(1e30) if reach < 0 else np.float32(reach) * np.float32(reach) * SLACK
        per_limit = np.float32(255.0) / np.float32(limit)
        for i in range(len(bound)):
            dx = np.float32(xs[i] - x)
            dy = np.float32(ys[i] - y)
            dz = np.float32(zs[i] - z)
            squared = dx * dx + dy * dy + dz * dz
            part = np.int32(max(np.float32(0.0), np.float32(257.0) - np.sqrt(squared) * per_limit))
            bound[i] = bound[i] + weight_distance * part if squared <= farthest else EXCLUDED


@_rough
def look_at_people(bound, columns, matched, per_total, x, y, z, located, default_dam, need, unknown, skills_weight,
                   distance_weight, segment, first):  # fmt: skip
    """As `look_at_vacancies`, for one vacancy and a run of people. per_total 0: the vacancy asks no skill."""
    wanted_1 = segment.wanted_1[first : first + len(bound)]
    wanted_2 = segment.wanted_2[first : first + len(bound)]
    wanted_3 = segment.wanted_3[first : first + len(bound)]
    have = segment.have[0, first : first + len(bound)]
    for i in range(len(bound)):
        best = max(columns[0, wanted_1[i]], max(columns[1, wanted_2[i]], columns[2, wanted_3[i]]))
        total = max(best, np.int32(0)) + skills_weight * (np.int32(np.float32(matched[i]) * per_total) + np.int32(1))
        total = total if best >= 0 else total + unknown
        bound[i] = total if (need & ~have[i]) == 0 else EXCLUDED
    if located:
        xs, ys, zs = (
            segment.x[first : first + len(bound)],
            segment.y[first : first + len(bound)],
            segment.z[first : first + len(bound)],
        )
        reaches = segment.reach[first : first + len(bound)]
        placed = segment.located[first : first + len(bound)]
        for i in range(len(bound)):
            dx = np.float32(xs[i] - x)
            dy = np.float32(ys[i] - y)
            dz = np.float32(zs[i] - z)
            squared = dx * dx + dy * dy + dz * dz
            reach = np.float32(reaches[i])
            limit = max(np.float32(1.0), reach if reach >= np.float32(0.0) else np.float32(default_dam))
            part = np.int32(max(np.float32(0.0), np.float32(257.0) - np.float32(255.0) * np.sqrt(squared) / limit))
            part = part if placed[i] != 0 else np.int32(TOP)
            outside = placed[i] != 0 and reach >= np.float32(0.0) and squared > reach * reach * SLACK
            bound[i] = EXCLUDED if outside else bound[i] + distance_weight * part


@njit(nogil=True, error_model="numpy")
def keep_possible(bound, first, place, promise, count):
    """Append the candidates that are not excluded to place and promise; returns how many there are now."""
    for i in range(len(bound)):
        place[count] = first + i
        promise[count] = bound[i]
        count += bound[i] >= 0
    return count


@njit(nogil=True, cache=True, error_model="numpy")
def best_vacancies(order, lo, hi, people, segment, rules, out):  # noqa: C901  one query from reach to list
    """out[i] = keys of the best vacancies of the segment for the person in row order[i], for i in lo..hi."""
    row = np.zeros(rules.proximity.shape[0] + 1, np.int32)
    size = len(segment.id)
    columns, rows = segment.grid.columns, segment.grid.rows
    bound = np.zeros(size, np.int32)
    matched = np.zeros(size, np.int32)
    place = np.zeros(size + 1, np.int32)
    promise = np.zeros(size + 1, np.int32)
    weighed = np.zeros(size + 1, np.int32)
    spans = np.zeros((columns + 1, 2), np.int64)
    best = np.zeros(out.shape[1], np.int64)
    k = len(best)
    neutral = rules.neutral
    rest = TOP * (rules.wage + rules.experience + rules.education + rules.languages)
    for at in range(lo, hi):
        p = order[at]
        fill_row(
            row,
            people.wanted[p, 0],
            people.wanted[p, 1],
            people.wanted[p, 2],
            rules.proximity,
            np.int32(rules.occupation),
            np.int32(rules.second),
            np.int32(rules.third),
            np.int32(neutral),
        )
        spoken = rules.language_table[people.language_set[p]]
        located = people.located[p] != 0
        reach = people.reach[p]
        limit = max(rules.default_dam if reach < 0 else reach, 1)
        known = people.skills_known[p] != 0
        skills_from, skills_to = people.skill_start[p], people.skill_start[p + 1]
        x, y, z, have = people.x[p], people.y[p], people.z[p], people.have[0, p]
        c0, c1 = columns_in_reach(people.lat[p], people.lon[p], reach if located else -1, segment.grid, spans)
        found = 0
        for strip in range(c0, c1 + 1):
            column = strip if strip < c1 else columns
            if column < columns:
                first = segment.cell_start[column * rows + spans[column, 0]]
                stop = segment.cell_start[column * rows + spans[column, 1]]
            else:
                first, stop = segment.cell_start[-1], size
            if first >= stop:
                continue
            here = matched[: stop - first]
            if known:
                here[:] = 0
                base = column * segment.skill_count
                for j in range(skills_from, skills_to):
                    skill = people.skill[j]
                    if skill < segment.skill_count:
                        begin = segment.skill_begin[base + skill]
                        end = segment.skill_begin[base + skill + 1]
                        collect(here, first, stop, skill, rules.skill_weight, begin, end, segment.posting)
            there = located and column < columns
            run = bound[: stop - first]
            look_at_vacancies(
                run,
                row,
                here,
                known,
                x,
                y,
                z,
                reach,
                limit if there else 0,
                have,
                np.int32(rules.skills),
                np.int32(rules.distance),
                segment,
                np.int64(first),
            )
            before = found
            found = keep_possible(run, first, place, promise, found)
            for i in range(before, found):
                weighed[i] = here[place[i] - first]
                if segment.total[place[i]] == 0 or not known:
                    promise[i] += rules.skills * neutral
                if not there:
                    promise[i] += rules.distance * neutral
        highest = 0
        for i in range(found):
            highest = max(highest, promise[i])
        high = highest * 3 // 4
        count = 0
        least = 0
        for turn in range(2):
            for i in range(found):
                if promise[i] + rest < least or (promise[i] >= high) != (turn == 0):
                    continue
                v = place[i]
                score = row[segment.occupation[v]] + rules.skills * share(
                    weighed[i], segment.total[v], people.skills_known[p], neutral
                )
                if located and segment.located[v] != 0:
                    dx, dy, dz = (
                        np.float64(segment.x[v] - x),
                        np.float64(segment.y[v] - y),
                        np.float64(segment.z[v] - z),
                    )
                    squared = dx * dx + dy * dy + dz * dz
                    if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                        continue
                    score += rules.distance * near(squared, np.float64(limit))
                else:
                    score += rules.distance * neutral
                if score + rest < least:
                    continue
                score += rules.wage * meets(
                    people.wage[p], segment.wage[v], rules.wage_floor, rules.wage_full, neutral
                )
                score += rules.experience * enough(people.experience[p], segment.experience[v], neutral)
                score += rules.education * reached(
                    people.education[p], segment.education[v], rules.education_step, neutral
                )
                score += rules.languages * np.int64(spoken[segment.language_set[v]])
                key = (np.int64(score) << 32) | (MAX_ID - segment.id[v])
                if count == k and key <= best[0]:
                    continue
                if known and lacks_one(
                    segment.must,
                    segment.must_start[v],
                    segment.must_start[v + 1],
                    people.skill,
                    skills_from,
                    skills_to,
                ):
                    continue
                if lacks_need(segment.need, v, people.have, p):
                    continue
                count = push(best, count, key)
                if count == k:
                    least = best[0] >> 32
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1


@njit(nogil=True, cache=True, error_model="numpy")
def best_people(order, lo, hi, vacancies, segment, rules, out):  # noqa: C901  one query from reach to list
    """out[i] = keys of the best people of the segment for the vacancy in row order[i], for i in lo..hi."""
    choices = np.zeros((3, rules.proximity.shape[0] + 1), np.int32)
    size = len(segment.id)
    columns, rows = segment.grid.columns, segment.grid.rows
    bound = np.zeros(size, np.int32)
    matched = np.zeros(size, np.int32)
    place = np.zeros(size + 1, np.int32)
    promise = np.zeros(size + 1, np.int32)
    weighed = np.zeros(size + 1, np.int32)
    spans = np.zeros((columns + 1, 2), np.int64)
    best = np.zeros(out.shape[1], np.int64)
    k = len(best)
    neutral = rules.neutral
    unknown = rules.occupation * neutral
    rest = TOP * (rules.wage + rules.experience + rules.education + rules.languages)
    for at in range(lo, hi):
        v = order[at]
        fill_columns(
            choices,
            vacancies.occupation[v],
            rules.proximity,
            np.int32(rules.occupation),
            np.int32(rules.second),
            np.int32(rules.third),
            np.int32(neutral),
        )
        spoken = rules.language_table[:, vacancies.language_set[v]]
        located = vacancies.located[v] != 0
        skills_from, skills_to = vacancies.skill_start[v], vacancies.skill_start[v + 1]
        total = vacancies.total[v]
        per_total = np.float32(TOP / total) if total > 0 else np.float32(0.0)
        x, y, z, need = vacancies.x[v], vacancies.y[v], vacancies.z[v], vacancies.need[0, v]
        c0, c1 = columns_in_reach(
            vacancies.lat[v], vacancies.lon[v], segment.widest if located else -1, segment.grid, spans
        )
        found = 0
        for strip in range(c0, c1 + 1):
            column = strip if strip < c1 else columns
            if column < columns:
                first = segment.cell_start[column * rows + spans[column, 0]]
                stop = segment.cell_start[column * rows + spans[column, 1]]
            else:
                first, stop = segment.cell_start[-1], size
            if first >= stop:
                continue
            here = matched[: stop - first]
            here[:] = 0
            base = column * segment.skill_count
            for j in range(skills_from, skills_to):
                skill = vacancies.skill[j]
                if skill < segment.skill_count:
                    begin = segment.skill_begin[base + skill]
                    end = segment.skill_begin[base + skill + 1]
                    collect(here, first, stop, skill, rules.skill_weight, begin, end, segment.posting)
            run = bound[: stop - first]
            look_at_people(
                run,
                choices,
                here,
                per_total,
                x,
                y,
                z,
                located,
                rules.default_dam,
                need,
                np.int32(unknown),
                np.int32(rules.skills),
                np.int32(rules.distance),
                segment,
                np.int64(first),
            )
            before = found
            found = keep_possible(run, first, place, promise, found)
            for i in range(before, found):
                weighed[i] = here[place[i] - first]
                if total == 0 or segment.skills_known[place[i]] == 0:
                    promise[i] += rules.skills * neutral
                if not located:
                    promise[i] += rules.distance * neutral
        highest = 0
        for i in range(found):
            highest = max(highest, promise[i])
        high = highest * 3 // 4
        count = 0
        least = 0
        for turn in range(2):
            for i in range(found):
                if promise[i] + rest < least or (promise[i] >= high) != (turn == 0):
                    continue
                p = place[i]
                score = best_of(choices, segment.wanted_1[p], segment.wanted_2[p], segment.wanted_3[p], unknown)
                score += rules.skills * share(weighed[i], total, segment.skills_known[p], neutral)
                reach = segment.reach[p]
                if located and segment.located[p] != 0:
                    dx, dy, dz = (
                        np.float64(segment.x[p] - x),
                        np.float64(segment.y[p] - y),
                        np.float64(segment.z[p] - z),
                    )
                    squared = dx * dx + dy * dy + dz * dz
                    if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                        continue
                    limit = max(rules.default_dam if reach < 0 else reach, 1)
                    score += rules.distance * near(squared, np.float64(limit))
                else:
                    score += rules.distance * neutral
                if score + rest < least:
                    continue
                score += rules.wage * meets(
                    segment.wage[p], vacancies.wage[v], rules.wage_floor, rules.wage_full, neutral
                )
                score += rules.experience * enough(segment.experience[p], vacancies.experience[v], neutral)
                score += rules.education * reached(
                    segment.education[p], vacancies.education[v], rules.education_step, neutral
                )
                score += rules.languages * np.int64(spoken[segment.language_set[p]])
                key = (np.int64(score) << 32) | (MAX_ID - segment.id[p])
                if count == k and key <= best[0]:
                    continue
                if segment.skills_known[p] != 0 and lacks_one(
                    vacancies.must,
                    vacancies.must_start[v],
                    vacancies.must_start[v + 1],
                    segment.skill,
                    segment.skill_start[p],
                    segment.skill_start[p + 1],
                ):
                    continue
                if lacks_need(vacancies.need, v, segment.have, p):
                    continue
                count = push(best, count, key)
                if count == k:
                    least = best[0] >> 32
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1
