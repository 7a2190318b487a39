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
from openpes_matching.segments import (
    EDUCATION,
    EXPERIENCE,
    LANGUAGE_SET,
    LOCATED,
    MUST_SKILLS,
    REACH,
    SKILLS_KNOWN,
    TOTAL,
    WAGE,
)

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
BLOCK = 16
SEEN, FIRST, STOP, COLUMN = range(4)
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


@njit(nogil=True, error_model="numpy")
def square(segment, at, x, y, z):
    """Squared distance in square decametres, exact in float64."""
    dx = np.float64(segment.x[at]) - np.float64(x)
    dy = np.float64(segment.y[at]) - np.float64(y)
    dz = np.float64(segment.z[at]) - np.float64(z)
    return dx * dx + dy * dy + dz * dz


@_rough
def bound_occupation(bound, row, occupation):
    """bound = exact weighted part of the occupation, for one person and a run of vacancies."""
    for i in range(len(bound)):
        bound[i] = row[np.uint32(occupation[i])]


@_rough
def bound_occupation_of_people(bound, columns, wanted_1, wanted_2, wanted_3, unknown):
    """bound = exact weighted part of the occupation, for one vacancy and a run of people."""
    for i in range(len(bound)):
        a, b, c = columns[0, np.uint32(wanted_1[i])], columns[1, np.uint32(wanted_2[i])], columns[2, np.uint32(wanted_3[i])]
        best = max(a, max(b, c))
        bound[i] = best if best >= 0 else unknown


@_rough
def add_skills(bound, matched, per_total, weight, neutral):
    """Add at least the weighted part of skills: one person, vacancies with 255 / total each, 0 where none is asked."""
    for i in range(len(bound)):
        part = np.float32(matched[i]) * per_total[i] + np.float32(1.0)
        bound[i] += np.int32(weight * (part if per_total[i] > np.float32(0.0) else neutral))


@_rough
def add_skills_of_people(bound, matched, known, per_total, weight, neutral):
    """Add at least the weighted part of skills: one vacancy, people whose skills are known or not."""
    for i in range(len(bound)):
        part = np.float32(matched[i]) * per_total + np.float32(1.0)
        bound[i] += np.int32(weight * (part if (known[i] != 0 and per_total > np.float32(0.0)) else neutral))


@_rough
def drop_needing(bound, need, have):
    """Exclude the vacancies of a run that need, in word 0, what the person does not have."""
    for i in range(len(bound)):
        bound[i] = bound[i] if (need[i] & ~have) == 0 else EXCLUDED


@_rough
def drop_unable(bound, have, need):
    """Exclude the people of a run who lack, in word 0, what the vacancy needs."""
    for i in range(len(bound)):
        bound[i] = bound[i] if (need & ~have[i]) == 0 else EXCLUDED


@_rough
def add_distance(bound, xs, ys, zs, x, y, z, farthest, limit, weight):
    """Add at least the weighted part of the distance and exclude what is surely too far: one person, vacancies."""
    top = weight * np.float32(TOP + 2)
    slope = weight * np.float32(TOP) / limit
    for i in range(len(bound)):
        dx, dy, dz = xs[i] - x, ys[i] - y, zs[i] - z
        squared = dx * dx + dy * dy + dz * dz
        part = np.int32(max(np.float32(0.0), top - np.sqrt(squared) * slope))
        bound[i] = bound[i] + part if squared <= farthest else EXCLUDED


@_rough
def add_distance_of_people(bound, xs, ys, zs, x, y, z, reach, located, default_dam, weight):
    """As `add_distance`: one vacancy, people with a limit each, some without a known place."""
    for i in range(len(bound)):
        dx, dy, dz = xs[i] - x, ys[i] - y, zs[i] - z
        squared = dx * dx + dy * dy + dz * dz
        own = np.float32(reach[i])
        limit = max(np.float32(1.0), own if own >= np.float32(0.0) else default_dam)
        part = max(np.float32(0.0), np.float32(TOP + 2) - np.float32(TOP) * np.sqrt(squared) / limit)
        part = part if located[i] != 0 else np.float32(TOP)
        outside = located[i] != 0 and own >= np.float32(0.0) and squared > own * own * SLACK
        bound[i] = EXCLUDED if outside else bound[i] + np.int32(weight * part)


@_rough
def highest_of_blocks(bound, count, highs):
    """highs[b] = the highest bound of each block of BLOCK candidates; bound is padded to whole blocks."""
    for b in range((count + BLOCK - 1) // BLOCK):
        block = bound[b * BLOCK : (b + 1) * BLOCK]
        high = EXCLUDED
        for i in range(BLOCK):
            high = max(high, block[i])
        highs[b] = high


@njit(nogil=True, error_model="numpy")
def promising(bound, count, highs, scratch):
    """Fill highs and return a bound that about as many candidates reach as the list is long: the k-th highest block."""
    highest_of_blocks(bound, count, highs)
    n = 0
    for b in range((count + BLOCK - 1) // BLOCK):
        if n < len(scratch) or highs[b] > scratch[0]:
            n = push(scratch, n, np.int64(highs[b]))
    return max(0, scratch[0]) if n == len(scratch) else 0


@njit(nogil=True, error_model="numpy")
def collect_all(matched, runs, run_count, skill, skill_from, skill_to, segment, weights):
    """Weights of the skills in common with one query, for every candidate of all runs."""
    wide = segment.grid.columns + 1
    for j in range(skill_from, skill_to):
        one = skill[j]
        if one >= segment.skill_count:
            continue
        for run in range(run_count):
            cell = one * wide + runs[run, COLUMN]
            here, end = segment.skill_begin[cell], segment.skill_begin[cell + 1]
            if here < end:
                first, stop = runs[run, FIRST], runs[run, STOP]
                collect(matched[runs[run, SEEN] :], first, stop, weights[one], here, end, segment.posting)


@njit(nogil=True, error_model="numpy")
def find_runs(lat, lon, reach, segment, spans, runs):
    """Fill runs with what lies within reach, ending with the pseudo-column that everybody reads. Returns (runs, candidates).

    A row of runs: place of its first candidate in the buffers of the query, first and stop in the segment, column.
    """
    c0, c1 = columns_in_reach(lat, lon, reach, segment.grid, spans)
    seen = 0
    count = 0
    for strip in range(c0, c1 + 1):
        if strip < c1:
            base = strip * segment.grid.rows
            column = strip
            first = np.int64(segment.cell_start[base + spans[strip, 0]])
            stop = np.int64(segment.cell_start[base + spans[strip, 1]])
        else:
            column, first, stop = segment.grid.columns, np.int64(segment.cell_start[-1]), len(segment.id)
        if first < stop:
            runs[count, SEEN], runs[count, FIRST], runs[count, STOP], runs[count, COLUMN] = seen, first, stop, column
            seen += stop - first
            count += 1
    return count, seen


@njit(nogil=True, cache=True, error_model="numpy")
def best_vacancies(order, lo, hi, people, segment, rules, out):  # noqa: C901  one query from reach to list
    """out[i] = keys of the best vacancies of the segment for the person in row order[i], for i in lo..hi."""
    row = np.zeros(rules.proximity.shape[0] + 1, np.int32)
    size = len(segment.id)
    bound = np.zeros(size + BLOCK, np.int32)
    matched = np.zeros(size, np.int32)
    highs = np.zeros(size // BLOCK + 1, np.int32)
    spans = np.zeros((segment.grid.columns + 1, 2), np.int64)
    runs = np.zeros((segment.grid.columns + 1, 4), np.int64)
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
        farthest = np.float32(reach) * np.float32(reach) * SLACK if reach >= 0 else np.float32(1e30)
        known = people.skills_known[p] != 0
        skills_from, skills_to = people.skill_start[p], people.skill_start[p + 1]
        x, y, z = np.float32(people.x[p]), np.float32(people.y[p]), np.float32(people.z[p])
        run_count, seen = find_runs(
            people.lat[p], people.lon[p], reach if located else -1, segment, spans, runs
        )
        if known:
            matched[:seen] = 0
            collect_all(
                matched, runs, run_count, people.skill, skills_from, skills_to, segment, rules.skill_weight
            )
        for run in range(run_count):
            first, stop = runs[run, FIRST], runs[run, STOP]
            here = bound[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            had = matched[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            bound_occupation(here, row, segment.occupation[first:stop])
            if known:
                add_skills(
                    here, had, segment.per_total[first:stop], np.float32(rules.skills), np.float32(neutral)
                )
            else:
                here += np.int32(rules.skills * neutral)
            if located and runs[run, COLUMN] < segment.grid.columns:
                add_distance(
                    here,
                    segment.x[first:stop],
                    segment.y[first:stop],
                    segment.z[first:stop],
                    x,
                    y,
                    z,
                    farthest,
                    np.float32(limit),
                    np.float32(rules.distance),
                )
            else:
                here += np.int32(rules.distance * neutral)
            drop_needing(here, segment.need[0, first:stop], people.have[0, p])
        bound[seen : seen + BLOCK] = EXCLUDED
        high = promising(bound, seen, highs, best)
        count = 0
        least = 0
        for turn in range(2):
            run = 0
            cut = high if turn == 0 else max(0, least - rest)
            for b in range((seen + BLOCK - 1) // BLOCK):
                if highs[b] < cut:
                    continue
                for i in range(b * BLOCK, (b + 1) * BLOCK):
                    if bound[i] < cut:
                        continue
                    if turn == 1 and bound[i] >= high:
                        continue
                    while run + 1 < run_count and runs[run + 1, SEEN] <= i:
                        run += 1
                    v = runs[run, FIRST] + i - runs[run, SEEN]
                    late = segment.late[v]
                    score = row[segment.occupation[v]] + rules.skills * share(
                        matched[i], late[TOTAL], people.skills_known[p], neutral
                    )
                    if located and late[LOCATED] != 0:
                        squared = square(segment, v, x, y, z)
                        if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                            continue
                        score += rules.distance * near(squared, np.float64(limit))
                    else:
                        score += rules.distance * neutral
                    score += rules.wage * meets(
                        people.wage[p], late[WAGE], rules.wage_floor, rules.wage_full, neutral
                    )
                    score += rules.experience * enough(people.experience[p], late[EXPERIENCE], neutral)
                    score += rules.education * reached(
                        people.education[p], late[EDUCATION], rules.education_step, neutral
                    )
                    score += rules.languages * np.int64(spoken[late[LANGUAGE_SET]])
                    key = (np.int64(score) << 32) | (MAX_ID - segment.id[v])
                    if count == k and key <= best[0]:
                        continue
                    if known and late[MUST_SKILLS] > 0 and lacks_one(
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
                        cut = max(cut, least - rest)
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1


@njit(nogil=True, cache=True, error_model="numpy")
def best_people(order, lo, hi, vacancies, segment, rules, out):  # noqa: C901  one query from reach to list
    """out[i] = keys of the best people of the segment for the vacancy in row order[i], for i in lo..hi."""
    choices = np.zeros((3, rules.proximity.shape[0] + 1), np.int32)
    size = len(segment.id)
    bound = np.zeros(size + BLOCK, np.int32)
    matched = np.zeros(size, np.int32)
    highs = np.zeros(size // BLOCK + 1, np.int32)
    spans = np.zeros((segment.grid.columns + 1, 2), np.int64)
    runs = np.zeros((segment.grid.columns + 1, 4), np.int64)
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
        x, y, z = np.float32(vacancies.x[v]), np.float32(vacancies.y[v]), np.float32(vacancies.z[v])
        run_count, seen = find_runs(
            vacancies.lat[v], vacancies.lon[v], segment.widest if located else -1, segment, spans, runs
        )
        matched[:seen] = 0
        collect_all(
            matched, runs, run_count, vacancies.skill, skills_from, skills_to, segment, rules.skill_weight
        )
        for run in range(run_count):
            first, stop = runs[run, FIRST], runs[run, STOP]
            here = bound[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            had = matched[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            bound_occupation_of_people(
                here,
                choices,
                segment.wanted_1[first:stop],
                segment.wanted_2[first:stop],
                segment.wanted_3[first:stop],
                np.int32(unknown),
            )
            add_skills_of_people(
                here,
                had,
                segment.skills_known[first:stop],
                per_total,
                np.float32(rules.skills),
                np.float32(neutral),
            )
            if located:
                add_distance_of_people(
                    here,
                    segment.x[first:stop],
                    segment.y[first:stop],
                    segment.z[first:stop],
                    x,
                    y,
                    z,
                    segment.reach[first:stop],
                    segment.located[first:stop],
                    np.float32(rules.default_dam),
                    np.float32(rules.distance),
                )
            else:
                here += np.int32(rules.distance * neutral)
            drop_unable(here, segment.have[0, first:stop], vacancies.need[0, v])
        bound[seen : seen + BLOCK] = EXCLUDED
        high = promising(bound, seen, highs, best)
        count = 0
        least = 0
        for turn in range(2):
            run = 0
            cut = high if turn == 0 else max(0, least - rest)
            for b in range((seen + BLOCK - 1) // BLOCK):
                if highs[b] < cut:
                    continue
                for i in range(b * BLOCK, (b + 1) * BLOCK):
                    if bound[i] < cut:
                        continue
                    if turn == 1 and bound[i] >= high:
                        continue
                    while run + 1 < run_count and runs[run + 1, SEEN] <= i:
                        run += 1
                    p = runs[run, FIRST] + i - runs[run, SEEN]
                    late = segment.late[p]
                    score = best_of(
                        choices, segment.wanted_1[p], segment.wanted_2[p], segment.wanted_3[p], unknown
                    )
                    score += rules.skills * share(matched[i], total, late[SKILLS_KNOWN], neutral)
                    reach = late[REACH]
                    if located and late[LOCATED] != 0:
                        squared = square(segment, p, x, y, z)
                        if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                            continue
                        limit = max(rules.default_dam if reach < 0 else reach, 1)
                        score += rules.distance * near(squared, np.float64(limit))
                    else:
                        score += rules.distance * neutral
                    score += rules.wage * meets(
                        late[WAGE], vacancies.wage[v], rules.wage_floor, rules.wage_full, neutral
                    )
                    score += rules.experience * enough(late[EXPERIENCE], vacancies.experience[v], neutral)
                    score += rules.education * reached(
                        late[EDUCATION], vacancies.education[v], rules.education_step, neutral
                    )
                    score += rules.languages * np.int64(spoken[late[LANGUAGE_SET]])
                    key = (np.int64(score) << 32) | (MAX_ID - segment.id[p])
                    if count == k and key <= best[0]:
                        continue
                    if late[SKILLS_KNOWN] != 0 and lacks_one(
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
                        cut = max(cut, least - rest)
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1
