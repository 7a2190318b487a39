"""The slow twin: the whole score in plain NumPy, for any pairs of rows of the two tables.

It runs alone on small worlds and before the fast kernels are compiled, and the kernels are held against it in tests.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from openpes_matching.arrays import MAX_ID
from openpes_matching.features import distance, education, experience, occupation, skills, wage
from openpes_matching.lists import Lists
from openpes_matching.rules import Rules
from openpes_matching.tables import PeopleTable, VacancyTable

Rows = NDArray[np.int64]


def parts(
    people: PeopleTable, p: Rows, vacancies: VacancyTable, v: Rows, matched: Rows, rules: Rules
) -> NDArray[np.int64]:
    """(7, m) parts 0..255 in the order of TERMS, for rows p and v that broadcast to m pairs.

    matched: (m,) weight of the skills in common.
    """
    policy, neutral = rules.policy, rules.policy.neutral
    placed = (people.located[p] & vacancies.located[v]) != 0
    terms = (
        occupation.part(people.wanted[p], vacancies.occupation[v], rules.proximity, rules.eighths, neutral),
        skills.part(matched, vacancies.total[v], people.skills_known[p], neutral),
        distance.part(distance.square(people, p, vacancies, v), people.reach[p], placed, rules.default_dam, neutral),
        wage.part(people.wage[p], vacancies.wage[v], policy.wage_floor, policy.wage_full, neutral),
        experience.part(people.experience[p], vacancies.experience[v], neutral),
        education.part(people.education[p], vacancies.education[v], policy.education_step, neutral),
        rules.language_table()[people.language_set[p], vacancies.language_set[v]].astype(np.int64),
    )
    return np.stack(np.broadcast_arrays(*terms))


def eligible(people: PeopleTable, p: Rows, vacancies: VacancyTable, v: Rows) -> NDArray[np.bool_]:
    """True where no constraint but must_skills excludes the pair."""
    placed = (people.located[p] & vacancies.located[v]) != 0
    ok = distance.within(distance.square(people, p, vacancies, v), people.reach[p], placed)
    for word in range(len(vacancies.need)):
        ok = ok & ((vacancies.need[word][v] & ~people.have[word][p]) == 0)
    return ok


class Postings:
    """Rows by skill, to add up the skills in common of one row with all rows."""

    def __init__(self, start: NDArray[np.int64], item: NDArray[np.int32], width: int) -> None:
        lists = Lists(start, item)
        order = np.argsort(item, kind="stable")
        self.rows = lists.rows()[order]
        self.begin = np.searchsorted(item[order], np.arange(width + 1))
        self.n = len(lists)

    def weigh(self, skills_had: NDArray[np.int32], skill_weight: NDArray[np.int32]) -> NDArray[np.int64]:
        """(n,) weight of the skills each row has in common with the given ones."""
        total = np.zeros(self.n, np.int64)
        for skill in skills_had:
            if skill + 1 < len(self.begin):
                total[self.rows[self.begin[skill] : self.begin[skill + 1]]] += skill_weight[skill]
        return total


def top(score: NDArray[np.int64], ids: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """(k,) keys, best first: score x 2**32 + (largest id - id), so that ties go to the lower id; -1 after the
    last."""
    keys = (score << 32) | (MAX_ID - ids)
    if len(keys) > k:
        keys = np.partition(keys, len(keys) - k)[len(keys) - k :]
    out = np.full(k, -1, np.int64)
    out[: len(keys)] = np.sort(keys)[::-1]
    return out


class Twin:
    """Exact top-k of one row against all rows of the other side, without kernels."""

    def __init__(self, people: PeopleTable, vacancies: VacancyTable, rules: Rules) -> None:
        self.people, self.vacancies, self.rules = people, vacancies, rules
        self._by_vacancy: Postings | None = None
        self._by_person: Postings | None = None
        self._weights = np.array(rules.policy.weights, np.int64)[:, None]

    def vacancies_for(self, row: int, k: int) -> NDArray[np.int64]:
        """Keys of the best vacancies for the person in this row."""
        people, vacancies, rules = self.people, self.vacancies, self.rules
        if self._by_vacancy is None:
            self._by_vacancy = Postings(vacancies.skill_start, vacancies.skill, len(rules.skill_weight))
        had = people.skill[people.skill_start[row] : people.skill_start[row + 1]]
        p, v = np.array([row]), np.arange(len(vacancies.id))
        ok = eligible(people, p, vacancies, v)
        if vacancies.must.size and people.skills_known[row]:
            lacking = ~np.isin(vacancies.must, had)
            owner = Lists(vacancies.must_start, vacancies.must).rows()
            ok &= np.bincount(owner[lacking], minlength=len(v)) == 0
        v = np.flatnonzero(ok)
        matched = self._by_vacancy.weigh(had, rules.skill_weight)[v]
        score = (parts(people, p, vacancies, v, matched, rules) * self._weights).sum(0)
        return top(score, vacancies.id[v], k)

    def people_for(self, row: int, k: int) -> NDArray[np.int64]:
        """Keys of the best people for the vacancy in this row."""
        people, vacancies, rules = self.people, self.vacancies, self.rules
        if self._by_person is None:
            self._by_person = Postings(people.skill_start, people.skill, len(rules.skill_weight))
        asked = vacancies.skill[vacancies.skill_start[row] : vacancies.skill_start[row + 1]]
        must = vacancies.must[vacancies.must_start[row] : vacancies.must_start[row + 1]]
        p, v = np.arange(len(people.id)), np.array([row])
        ok = eligible(people, p, vacancies, v)
        if must.size:
            ones = np.ones(len(rules.skill_weight), np.int32)
            ok &= (self._by_person.weigh(must, ones) == must.size) | (people.skills_known == 0)
        p = np.flatnonzero(ok)
        matched = self._by_person.weigh(asked, rules.skill_weight)[p]
        score = (parts(people, p, vacancies, v, matched, rules) * self._weights).sum(0)
        return top(score, people.id[p], k)
