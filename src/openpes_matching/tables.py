"""People and vacancies as the whole numbers that are scored: what kernels and their slow twins both read.

Every column is int32 unless stated; -1 is unknown or nothing asked. A language set is a number into the sets
that people speak or that vacancies ask.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from openpes_matching.arrays import People, Vacancies
from openpes_matching.geography import reach_in_dam, to_dam
from openpes_matching.lists import Lists
from openpes_matching.needs import NeedBits

Int = NDArray[np.int32]


class PeopleTable(NamedTuple):
    """n people. x, y, z, reach in decametres; wage a month; have (words, n) uint64; known flags are uint8."""

    id: NDArray[np.int64]
    wanted: Int
    x: Int
    y: Int
    z: Int
    located: NDArray[np.uint8]
    reach: Int
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    wage: Int
    education: Int
    experience: Int
    language_set: Int
    have: NDArray[np.uint64]
    skills_known: NDArray[np.uint8]
    skill_start: NDArray[np.int64]
    skill: Int


class VacancyTable(NamedTuple):
    """n vacancies. `skill` holds nice-to-have and must skills together; total is the sum of their weights."""

    id: NDArray[np.int64]
    occupation: Int
    x: Int
    y: Int
    z: Int
    located: NDArray[np.uint8]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    wage: Int
    education: Int
    experience: Int
    language_set: Int
    need: NDArray[np.uint64]
    total: Int
    skill_start: NDArray[np.int64]
    skill: Int
    must_start: NDArray[np.int64]
    must: Int


def _settled(table: Any) -> Any:
    """Every column contiguous and writable, so that kernels see one type and are compiled once."""
    return type(table)(*(np.require(column, requirements=["C", "W", "O"]) for column in table))


class LanguageSets:
    """Distinct sets of languages, numbered as they are met. Set 0 is empty (nothing asked), set 1 is unknown."""

    EMPTY, UNKNOWN = 0, 1

    def __init__(self) -> None:
        self._number: dict[tuple[int, ...], int] = {(): 0}
        self.sets: list[tuple[int, ...]] = [(), ()]

    def encode(self, lists: Lists, known: NDArray[np.bool_] | None = None) -> Int:
        """(n,) set numbers; rows that are not known get UNKNOWN."""
        distinct, where = _distinct_rows(lists)
        numbers = np.array([self._intern(tuple(int(i) for i in lists[row])) for row in distinct], np.int32)
        out = numbers[where] if len(numbers) else np.zeros(len(lists), np.int32)
        return out if known is None else np.where(known, out, self.UNKNOWN).astype(np.int32)

    def _intern(self, languages: tuple[int, ...]) -> int:
        number = self._number.get(languages)
        if number is None:
            number = self._number[languages] = len(self.sets)
            self.sets.append(languages)
        return number


def _distinct_rows(lists: Lists) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    longest = int(lists.lengths.max()) if len(lists) else 0
    bits = max(lists.width + 1, 2).bit_length()
    if longest * bits <= 62:
        key = np.zeros(len(lists), np.int64)
        rows = lists.rows()
        place = np.arange(lists.item.size) - lists.start[rows]
        np.add.at(key, rows, (lists.item.astype(np.int64) + 1) << (place * bits))
        _, first, where = np.unique(key, return_index=True, return_inverse=True)
        return first, where
    seen: dict[bytes, int] = {}
    where = np.empty(len(lists), np.int64)
    first_rows: list[int] = []
    for row in range(len(lists)):
        label = lists[row].tobytes()
        if label not in seen:
            seen[label] = len(first_rows)
            first_rows.append(row)
        where[row] = seen[label]
    return np.array(first_rows, np.int64), where


def people_table(people: People, bits: NeedBits, languages: LanguageSets) -> PeopleTable:
    """Encode people against the needs and language sets in use."""
    x, y, z, located = to_dam(people.lat, people.lon)
    table = PeopleTable(
        id=people.id,
        wanted=np.ascontiguousarray(people.wanted.astype(np.int32)),
        x=x,
        y=y,
        z=z,
        located=located.astype(np.uint8),
        reach=reach_in_dam(people.max_km),
        lat=np.where(located, people.lat, 0.0),
        lon=np.where(located, people.lon, 0.0),
        wage=people.min_wage.astype(np.int32),
        education=people.education.astype(np.int32),
        experience=people.experience_months,
        language_set=languages.encode(people.languages, people.languages_known),
        have=bits.held(people),
        skills_known=people.skills_known.astype(np.uint8),
        skill_start=people.skills.start,
        skill=people.skills.item,
    )
    return _settled(table)


def vacancy_table(
    vacancies: Vacancies, bits: NeedBits, languages: LanguageSets, skill_weight: NDArray[np.int32]
) -> VacancyTable:
    """Encode vacancies; `bits.learn` must have seen them."""
    x, y, z, located = to_dam(vacancies.lat, vacancies.lon)
    every = _union(vacancies.skills, vacancies.must_skills)
    total = np.bincount(every.rows(), weights=skill_weight[every.item], minlength=len(vacancies))
    table = VacancyTable(
        id=vacancies.id,
        occupation=vacancies.occupation.astype(np.int32),
        x=x,
        y=y,
        z=z,
        located=located.astype(np.uint8),
        lat=np.where(located, vacancies.lat, 0.0),
        lon=np.where(located, vacancies.lon, 0.0),
        wage=vacancies.wage.astype(np.int32),
        education=vacancies.education.astype(np.int32),
        experience=vacancies.experience_months,
        language_set=languages.encode(vacancies.languages),
        need=bits.asked(vacancies),
        total=total.astype(np.int32),
        skill_start=every.start,
        skill=every.item,
        must_start=vacancies.must_skills.start,
        must=vacancies.must_skills.item,
    )
    return _settled(table)


def _union(a: Lists, b: Lists) -> Lists:
    if not b.item.size:
        return a
    row = np.concatenate([a.rows(), b.rows()])
    order = np.argsort(row, kind="stable")
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(a.lengths + b.lengths)])
    return Lists.flat(start, np.concatenate([a.item, b.item])[order])
