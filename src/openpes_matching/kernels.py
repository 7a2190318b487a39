"""The fast kernels, compiled by Numba. Import this module only through `compiling`.

One query row at a time: tables of parts for its occupation and languages; then, for each run of cells it can reach, the
skills in common from the postings, one pass a feature over the run, the constraints, and a small sorted list of the
best k. Each kernel has a slow twin in `scoring` that must give the same integers.

The score of a run is kept in int32. Values narrower than 32 bits are widened before any arithmetic: an unsigned byte
would otherwise become an unsigned 64-bit number and a difference could wrap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from openpes_matching.arrays import MAX_ID
from openpes_matching.features import distance, education, experience, languages, occupation, skills, wage
from openpes_matching.rules import Rules

_inline = njit(nogil=True, error_model="numpy")
fill_row = _inline(occupation.fill_row)
occupation_for_person = _inline(occupation.start_from_row)
occupation_for_vacancy = _inline(occupation.start_for_vacancy)
collect = _inline(skills.collect)
skills_for_person = _inline(skills.add_for_person)
skills_for_vacancy = _inline(skills.add_for_vacancy)
distance_for_person = _inline(distance.add_for_person)
distance_for_vacancy = _inline(distance.add_for_vacancy)
wage_for_person = _inline(wage.add_for_person)
wage_for_vacancy = _inline(wage.add_for_vacancy)
experience_for_person = _inline(experience.add_for_person)
experience_for_vacancy = _inline(experience.add_for_vacancy)
education_for_person = _inline(education.add_for_person)
education_for_vacancy = _inline(education.add_for_vacancy)
languages_from_row = _inline(languages.add_from_row)

EXCLUDED = distance.EXCLUDED
KM_PER_DEGREE = 110.0
"""Less than any degree of latitude on the ellipsoid, so that runs reach too far rather than too short."""
WHOLE_WORLD_DAM = 200_000


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
    if wide >= 90.0 or lon - wide < -180.0 or lon + wide > 180.0:
        c0, c1 = 0, grid.columns
    else:
        c0 = max(0, int(np.floor((lon - wide - grid.west) / grid.cell)))
        c1 = min(grid.columns, int(np.floor((lon + wide - grid.west) / grid.cell)) + 1)
    for c in range(c0, c1):
        edge = grid.west + c * grid.cell
        gap = max(0.0, max(edge - lon, lon - edge - grid.cell))
        left = high
        if c1 - c0 < grid.columns and wide < 90.0:
            across = gap * narrowest * 0.98
            left = np.sqrt(max(0.0, high * high - across * across))
        spans[c, 0] = min(grid.rows, max(0, int(np.floor((lat - left - grid.south) / grid.cell))))
        spans[c, 1] = max(0, min(grid.rows, int(np.floor((lat + left - grid.south) / grid.cell)) + 1))
    return c0, max(c0, c1)


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
def keep_allowed(score, need, have, first, stop):
    """Exclude the vacancies of a run that need, in word 0, what the person does not have."""
    for i in range(stop - first):
        score[i] = score[i] if (need[first + i] & ~have) == 0 else EXCLUDED


@njit(nogil=True, error_model="numpy")
def keep_able(score, need, have, first, stop):
    """Exclude the people of a run who lack, in word 0, what the vacancy needs."""
    for i in range(stop - first):
        score[i] = score[i] if (need & ~have[first + i]) == 0 else EXCLUDED


@njit(nogil=True, cache=True, error_model="numpy")
def best_vacancies(order, lo, hi, people, segment, rules, out):
    """out[i] = keys of the best vacancies of the segment for the person in row order[i], for i in lo..hi."""
    occupations = rules.proximity.shape[0]
    row = np.zeros(occupations + 1, np.int32)
    size = len(segment.id)
    score = np.zeros(size, np.int32)
    matched = np.zeros(size, np.int32)
    columns = segment.grid.columns
    spans = np.zeros((columns + 1, 2), np.int64)
    best = np.zeros(out.shape[1], np.int64)
    k = len(best)
    neutral = np.int32(rules.neutral)
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
            neutral,
        )
        spoken = rules.language_table[people.language_set[p]]
        located = people.located[p] != 0
        c0, c1 = columns_in_reach(
            people.lat[p], people.lon[p], people.reach[p] if located else -1, segment.grid, spans
        )
        known = people.skills_known[p] != 0
        skills_from, skills_to = people.skill_start[p], people.skill_start[p + 1]
        have = people.have[0, p]
        count = 0
        least = np.int32(0)
        for strip in range(c0, c1 + 1):
            if strip == c1:
                column = columns
                first, stop = segment.cell_start[-1], size
            else:
                column = strip
                base = column * segment.grid.rows
                first = segment.cell_start[base + spans[strip, 0]]
                stop = segment.cell_start[base + max(spans[strip, 1], spans[strip, 0])]
            if first >= stop:
                continue
            occupation_for_person(score, row, segment.occupation, first, stop)
            if known:
                matched[: stop - first] = 0
                base = column * segment.skill_count
                for j in range(skills_from, skills_to):
                    skill = people.skill[j]
                    if skill < segment.skill_count:
                        begin = segment.skill_begin[base + skill]
                        end = segment.skill_begin[base + skill + 1]
                        collect(matched, first, stop, skill, rules.skill_weight, begin, end, segment.posting)
                skills_for_person(
                    score, matched, segment.per_total, np.int32(rules.skills), neutral, first, stop
                )
            else:
                score[: stop - first] += np.int32(rules.skills) * neutral
            if located and column < columns:
                distance_for_person(
                    score,
                    people.x[p],
                    people.y[p],
                    people.z[p],
                    people.reach[p],
                    rules.default_dam,
                    segment.x,
                    segment.y,
                    segment.z,
                    np.int32(rules.distance),
                    first,
                    stop,
                )
            else:
                score[: stop - first] += np.int32(rules.distance) * neutral
            wage_for_person(
                score,
                people.wage[p],
                segment.wage,
                rules.wage_floor,
                rules.wage_full,
                np.int32(rules.wage),
                neutral,
                first,
                stop,
            )
            experience_for_person(
                score, people.experience[p], segment.experience, np.int32(rules.experience), neutral, first, stop
            )
            education_for_person(
                score,
                people.education[p],
                segment.education,
                np.int32(rules.education_step),
                np.int32(rules.education),
                neutral,
                first,
                stop,
            )
            languages_from_row(score, spoken, segment.language_set, np.int32(rules.languages), first, stop)
            keep_allowed(score, segment.need[0], have, first, stop)
            for i in range(stop - first):
                if score[i] >= least:
                    v = first + i
                    key = (np.int64(score[i]) << 32) | (MAX_ID - segment.id[v])
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
                        least = np.int32(best[0] >> 32)
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1


@njit(nogil=True, cache=True, error_model="numpy")
def best_people(order, lo, hi, vacancies, segment, rules, out):
    """out[i] = keys of the best people of the segment for the vacancy in row order[i], for i in lo..hi."""
    occupations = rules.proximity.shape[0]
    choice = np.zeros((3, occupations + 1), np.int32)
    size = len(segment.id)
    score = np.zeros(size, np.int32)
    matched = np.zeros(size, np.int32)
    columns = segment.grid.columns
    spans = np.zeros((columns + 1, 2), np.int64)
    best = np.zeros(out.shape[1], np.int64)
    k = len(best)
    neutral = np.int32(rules.neutral)
    for at in range(lo, hi):
        v = order[at]
        offered = vacancies.occupation[v]
        unknown = np.int32(rules.occupation) * neutral
        for o in range(occupations):
            near = np.int32(rules.proximity[o, offered]) if offered >= 0 else np.int32(0)
            choice[0, o] = rules.occupation * near if offered >= 0 else unknown
            choice[1, o] = rules.occupation * ((near * rules.second) >> 3) if offered >= 0 else unknown
            choice[2, o] = rules.occupation * ((near * rules.third) >> 3) if offered >= 0 else unknown
        spoken = rules.language_table[:, vacancies.language_set[v]]
        located = vacancies.located[v] != 0
        c0, c1 = columns_in_reach(
            vacancies.lat[v], vacancies.lon[v], segment.widest if located else -1, segment.grid, spans
        )
        skills_from, skills_to = vacancies.skill_start[v], vacancies.skill_start[v + 1]
        per_total = 1.0 / vacancies.total[v] if vacancies.total[v] > 0 else 0.0
        need = vacancies.need[0, v]
        count = 0
        least = np.int32(0)
        for strip in range(c0, c1 + 1):
            if strip == c1:
                column = columns
                first, stop = segment.cell_start[-1], size
            else:
                column = strip
                base = column * segment.grid.rows
                first = segment.cell_start[base + spans[strip, 0]]
                stop = segment.cell_start[base + max(spans[strip, 1], spans[strip, 0])]
            if first >= stop:
                continue
            occupation_for_vacancy(
                score,
                choice[0],
                choice[1],
                choice[2],
                segment.wanted_1,
                segment.wanted_2,
                segment.wanted_3,
                unknown,
                first,
                stop,
            )
            matched[: stop - first] = 0
            base = column * segment.skill_count
            for j in range(skills_from, skills_to):
                skill = vacancies.skill[j]
                if skill < segment.skill_count:
                    begin = segment.skill_begin[base + skill]
                    end = segment.skill_begin[base + skill + 1]
                    collect(matched, first, stop, skill, rules.skill_weight, begin, end, segment.posting)
            skills_for_vacancy(
                score, matched, per_total, segment.skills_known, np.int32(rules.skills), neutral, first, stop
            )
            if located:
                distance_for_vacancy(
                    score,
                    vacancies.x[v],
                    vacancies.y[v],
                    vacancies.z[v],
                    segment.x,
                    segment.y,
                    segment.z,
                    segment.reach,
                    segment.located,
                    rules.default_dam,
                    np.int32(rules.distance),
                    neutral,
                    first,
                    stop,
                )
            else:
                score[: stop - first] += np.int32(rules.distance) * neutral
            wage_for_vacancy(
                score,
                segment.wage,
                vacancies.wage[v],
                rules.wage_floor,
                rules.wage_full,
                np.int32(rules.wage),
                neutral,
                first,
                stop,
            )
            experience_for_vacancy(
                score, segment.experience, vacancies.experience[v], np.int32(rules.experience), neutral, first, stop
            )
            education_for_vacancy(
                score,
                segment.education,
                vacancies.education[v],
                np.int32(rules.education_step),
                np.int32(rules.education),
                neutral,
                first,
                stop,
            )
            languages_from_row(score, spoken, segment.language_set, np.int32(rules.languages), first, stop)
            keep_able(score, need, segment.have[0], first, stop)
            for i in range(stop - first):
                if score[i] >= least:
                    p = first + i
                    key = (np.int64(score[i]) << 32) | (MAX_ID - segment.id[p])
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
                        least = np.int32(best[0] >> 32)
        for i in range(k):
            out[at, i] = best[count - 1 - i] if i < count else -1
