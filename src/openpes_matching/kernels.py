"""The fast kernels, compiled by Numba. Import this module only through `compiling`.

One query row at a time. First a quick look at every candidate in reach (`kernel_bounds`). Then the exact score, in
whole numbers, for those whose bound can still enter the list; the most promising come first, so that the least score
to beat rises early, and blocks whose highest bound cannot enter are passed over. Each kernel has a slow twin in
`scoring` that must give the same integers.

Values narrower than 32 bits are widened before any arithmetic: an unsigned byte would otherwise become an unsigned
64-bit number and a difference could wrap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from openpes_matching.arrays import MAX_ID
from openpes_matching.features import distance, education, experience, occupation, skills, wage
from openpes_matching.kernel_bounds import (
    BLOCK,
    EXCLUDED,
    SLACK,
    TOP,
    add_distance,
    add_distance_of_people,
    add_skills,
    add_skills_of_people,
    bound_occupation,
    bound_occupation_of_people,
    drop_needing,
    drop_unable,
    highest_of_blocks,
)
from openpes_matching.kernel_reach import COLUMN, FIRST, SEEN, STOP, collect_all, find_runs
from openpes_matching.rules import Rules
from openpes_matching.segments import (
    EDUCATION,
    EXPERIENCE,
    ID,
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
share = _exact(skills.share)
near = _exact(distance.near)
meets = _exact(wage.meets)
enough = _exact(experience.enough)
reached = _exact(education.reached)


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
        policy.occupation,
        policy.skills,
        policy.distance,
        policy.wage,
        policy.experience,
        policy.education,
        policy.languages,
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
    for word in range(1, need.shape[0]):  # noqa: SIM110  Numba compiles no any()
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


@njit(nogil=True, error_model="numpy")
def promising(bound, blocks, highs, scratch):
    """Fill highs and return a bound that about as many candidates reach as the list is long: the k-th highest block."""
    highest_of_blocks(bound, blocks, highs)
    n = 0
    for b in range(blocks):
        if n < len(scratch) or highs[b] > scratch[0]:
            n = push(scratch, n, np.int64(highs[b]))
    return max(0, scratch[0]) if n == len(scratch) else 0


@njit(nogil=True, error_model="numpy")
def at_place(i, runs, run_count):
    """The position in the segment of candidate i of a query."""
    run = 0
    while run + 1 < run_count and runs[run + 1, SEEN] <= i:
        run += 1
    return runs[run, FIRST] + i - runs[run, SEEN]


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
        run_count, seen = find_runs(people.lat[p], people.lon[p], reach if located else -1, segment, spans, runs)
        if known:
            matched[:seen] = 0
            collect_all(matched, runs, run_count, people.skill, skills_from, skills_to, segment, rules.skill_weight)
        for run in range(run_count):
            first, stop = runs[run, FIRST], runs[run, STOP]
            here = bound[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            had = matched[runs[run, SEEN] : runs[run, SEEN] + stop - first]
            bound_occupation(here, row, segment.occupation[first:stop])
            if known:
                add_skills(here, had, segment.per_total[first:stop], np.float32(rules.skills), np.float32(neutral))
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
        blocks = (seen + BLOCK - 1) // BLOCK
        bound[seen : blocks * BLOCK] = EXCLUDED
        high = promising(bound, blocks, highs, best)
        count = 0
        least = 0
        for turn in range(2):
            cut = high if turn == 0 else max(0, least - rest)
            for b in range(blocks):
                if highs[b] < cut:
                    continue
                for i in range(b, blocks * BLOCK, blocks):
                    if bound[i] < cut:
                        continue
                    if turn == 1 and bound[i] >= high:
                        continue
                    v = at_place(i, runs, run_count)
                    score = row[segment.occupation[v]] + rules.skills * share(
                        matched[i], segment.late[v, TOTAL], people.skills_known[p], neutral
                    )
                    if located and segment.late[v, LOCATED] != 0:
                        squared = square(segment, v, x, y, z)
                        if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                            continue
                        score += rules.distance * near(squared, np.float64(limit))
                    else:
                        score += rules.distance * neutral
                    score += rules.wage * meets(
                        people.wage[p], segment.late[v, WAGE], rules.wage_floor, rules.wage_full, neutral
                    )
                    score += rules.experience * enough(people.experience[p], segment.late[v, EXPERIENCE], neutral)
                    score += rules.education * reached(
                        people.education[p], segment.late[v, EDUCATION], rules.education_step, neutral
                    )
                    score += rules.languages * np.int64(spoken[segment.late[v, LANGUAGE_SET]])
                    key = (np.int64(score) << 32) | (MAX_ID - np.int64(np.uint32(segment.late[v, ID])))
                    if count == k and key <= best[0]:
                        continue
                    if (
                        known
                        and segment.late[v, MUST_SKILLS] > 0
                        and lacks_one(
                            segment.must,
                            segment.must_start[v],
                            segment.must_start[v + 1],
                            people.skill,
                            skills_from,
                            skills_to,
                        )
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
        collect_all(matched, runs, run_count, vacancies.skill, skills_from, skills_to, segment, rules.skill_weight)
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
        blocks = (seen + BLOCK - 1) // BLOCK
        bound[seen : blocks * BLOCK] = EXCLUDED
        high = promising(bound, blocks, highs, best)
        count = 0
        least = 0
        for turn in range(2):
            cut = high if turn == 0 else max(0, least - rest)
            for b in range(blocks):
                if highs[b] < cut:
                    continue
                for i in range(b, blocks * BLOCK, blocks):
                    if bound[i] < cut:
                        continue
                    if turn == 1 and bound[i] >= high:
                        continue
                    p = at_place(i, runs, run_count)
                    score = best_of(choices, segment.wanted_1[p], segment.wanted_2[p], segment.wanted_3[p], unknown)
                    score += rules.skills * share(matched[i], total, segment.late[p, SKILLS_KNOWN], neutral)
                    reach = segment.late[p, REACH]
                    if located and segment.late[p, LOCATED] != 0:
                        squared = square(segment, p, x, y, z)
                        if reach >= 0 and squared > np.float64(reach) * np.float64(reach):
                            continue
                        limit = max(rules.default_dam if reach < 0 else reach, 1)
                        score += rules.distance * near(squared, np.float64(limit))
                    else:
                        score += rules.distance * neutral
                    score += rules.wage * meets(
                        segment.late[p, WAGE], vacancies.wage[v], rules.wage_floor, rules.wage_full, neutral
                    )
                    score += rules.experience * enough(segment.late[p, EXPERIENCE], vacancies.experience[v], neutral)
                    score += rules.education * reached(
                        segment.late[p, EDUCATION], vacancies.education[v], rules.education_step, neutral
                    )
                    score += rules.languages * np.int64(spoken[segment.late[p, LANGUAGE_SET]])
                    key = (np.int64(score) << 32) | (MAX_ID - np.int64(np.uint32(segment.late[p, ID])))
                    if count == k and key <= best[0]:
                        continue
                    if segment.late[p, SKILLS_KNOWN] != 0 and lacks_one(
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
