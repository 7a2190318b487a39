"""The whole nation as arrays, column by column, for the national run. No name, sex or group ever passes here.

Gives the same arrays as `rows` and the vocabulary do, a row at a time; a test holds them against each other. A value
out of every range is taken as the nearest possible one, so that one odd record never stops a nation's run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes.core.clock import age_on
from openpes.jobseekers.queries import SEEKER_FIELDS, seeker_chunks
from openpes.matching.rows import pay_a_month
from openpes.reference.queries import canonical_skills
from openpes.vacancies.queries import OFFER_FIELDS, offer_chunks
from openpes_matching import Lists, People, Vacancies, Vocabulary, language_key
from openpes_matching.arrays import ALL_SHIFTS
from openpes_matching.policy import MAX_WAGE
from openpes_matching.vocabulary import Interner

MOST_MONTHS, MOST_KM, TOP_LEVEL = 1_200, 20_000, 8

Tell = Callable[[int], None]


class _Memo(dict[Any, int]):
    """Remembers what a function gives for each value met."""

    def __init__(self, function: Callable[[Any], int]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Any) -> int:
        value = self[key] = self._function(key)
        return value


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _ages(on: date) -> _Memo:
    return _Memo(lambda born: -1 if born is None else min(max(0, age_on(_as_date(born), on)), 150))


def _wages(currency: str) -> _Memo:
    def wage(pay: Any) -> int:
        amount, money, period, *hours = pay
        if amount is None:
            return -1
        weekly = hours[0] if hours else None
        found = pay_a_month(
            (Decimal(str(amount)), money, period), currency, None if weekly is None else Decimal(str(weekly))
        )
        return -1 if found is None else min(found, MAX_WAGE)

    return _Memo(wage)


def _whole(column: Iterable[int | None], most: int) -> NDArray[np.int64]:
    return np.minimum(np.array([-1 if value is None else value for value in column], np.int64), most)


def _real(column: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in column], np.float64)


def _places(latitudes: Sequence[Any], longitudes: Sequence[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lat, lon = _real(latitudes), _real(longitudes)
    good = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    return np.where(good, lat, np.nan), np.where(good, lon, np.nan)


def _lists(
    texts: Sequence[str | None], interner: Interner, fold: Callable[[list[list[str] | None]], list[list[str] | None]]
) -> tuple[Lists, NDArray[np.bool_]]:
    """Lists of numbers from JSON texts, and which rows hold a list at all. Each distinct text is read once."""
    number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    read = fold(json.loads("[" + ",".join(text or "null" for text in number) + "]"))
    known = np.array([row is not None for row in read], np.bool_)
    start = np.zeros(len(read) + 1, np.int64)
    np.cumsum([len(row or ()) for row in read], out=start[1:])
    count = interner.number
    item = np.fromiter((count(label) for row in read if row for label in row), np.int32, int(start[-1]))
    where = np.fromiter(map(number.__getitem__, texts), np.int64, len(texts))
    return Lists.flat(start, item).take(where), known[where]


def _as_they_are(rows: list[list[str] | None]) -> list[list[str] | None]:
    return rows


def _languages(rows: list[list[str] | None]) -> list[list[str] | None]:
    return [None if row is None else [language_key(tag) for tag in row] for row in rows]


def _wanted(keys: NDArray[np.int64], pairs: list[tuple[Any, ...]], occupations: Interner) -> NDArray[np.int16]:
    """(n, 3) numbers of the wanted occupations; pairs are (key, isco) in the order of key and wish."""
    wanted = np.full((len(keys), 3), -1, np.int16)
    if not pairs:
        return wanted
    who = np.fromiter((pair[0] for pair in pairs), np.int64, len(pairs))
    what = np.fromiter((occupations.find(pair[1]) for pair in pairs), np.int64, len(pairs))
    first = np.flatnonzero(np.concatenate([[True], who[1:] != who[:-1]]))
    place = np.arange(len(who)) - np.repeat(first, np.diff(np.concatenate([first, [len(who)]])))
    row = np.minimum(np.searchsorted(keys, who), len(keys) - 1)
    good = (keys[row] == who) & (place < 3) & (what >= 0)
    wanted[row[good], place[good]] = what[good]
    return wanted


def read_people(words: Vocabulary, *, currency: str, on: date, tell: Tell) -> People:
    """Everybody who looks for work now, in the order of their keys."""
    ages, wages, parts, read = _ages(on), _wages(currency), list[People](), 0
    for chunk, pairs in seeker_chunks():
        c = dict(zip(SEEKER_FIELDS, zip(*chunk, strict=True), strict=True))
        keys = np.array(c["pk"], np.int64)
        # Skills that nobody has confirmed are not known.
        texts = [text if at else None for text, at in zip(c["skill_ids"], c["skills_confirmed_at"], strict=True)]
        skills, skills_known = _lists(texts, words.skills, canonical_skills)
        languages, languages_known = _lists(c["language_codes"], words.languages, _languages)
        licences, licences_known = _lists(c["licence_ids"], words.licences, _as_they_are)
        lat, lon = _places(c["latitude"], c["longitude"])
        pay = zip(c["min_pay_amount"], c["min_pay_currency"], c["min_pay_period"], strict=True)
        parts.append(
            People(
                id=keys,
                wanted=_wanted(keys, pairs, words.occupations),
                lat=lat,
                lon=lon,
                max_km=np.minimum(_real(c["max_km"]), MOST_KM),
                min_wage=np.fromiter(map(wages.__getitem__, pay), np.int64, len(keys)),
                education=_whole(c["education_level"], TOP_LEVEL).astype(np.int8),
                experience_months=_whole(c["experience_months"], MOST_MONTHS).astype(np.int32),
                shifts=np.array(c["shifts"], np.uint32) & np.uint32(ALL_SHIFTS),
                age=np.fromiter(map(ages.__getitem__, c["person__born_on"]), np.int64, len(keys)),
                skills=skills,
                skills_known=skills_known,
                languages=languages,
                languages_known=languages_known,
                licences=licences,
                licences_known=licences_known,
                permits_known=np.zeros(len(keys), np.bool_),
            )
        )
        read += len(keys)
        tell(read)
    return People.concat_unchecked(parts) if parts else words.people([])


def read_vacancies(words: Vocabulary, *, currency: str, tell: Tell) -> Vacancies:
    """Every public vacancy with a place left, in the order of their keys."""
    wages, parts, read = _wages(currency), list[Vacancies](), 0
    for chunk in offer_chunks():
        c = dict(zip(OFFER_FIELDS, zip(*chunk, strict=True), strict=True))
        keys = np.array(c["pk"], np.int64)
        lat, lon = _places(c["latitude"], c["longitude"])
        pay = zip(c["pay_amount"], c["pay_currency"], c["pay_period"], c["weekly_hours"], strict=True)
        parts.append(
            Vacancies(
                id=keys,
                occupation=np.array([words.occupations.find(code) for code in c["isco"]], np.int64),
                must_skills=_lists(c["must_skill_ids"], words.skills, canonical_skills)[0],
                skills=_lists(c["skill_ids"], words.skills, canonical_skills)[0],
                lat=lat,
                lon=lon,
                wage=np.fromiter(map(wages.__getitem__, pay), np.int64, len(keys)),
                education=_whole(c["education_level"], TOP_LEVEL).astype(np.int8),
                experience_months=_whole(c["experience_months"], MOST_MONTHS).astype(np.int32),
                languages=_lists(c["language_codes"], words.languages, _languages)[0],
                licences=_lists(c["licence_ids"], words.licences, _as_they_are)[0],
                shifts=np.array(c["shifts"], np.uint32) & np.uint32(ALL_SHIFTS),
                hazardous=np.array([bool(value) for value in c["hazardous"]], np.bool_),
                places=np.maximum(1, np.array(c["places_left"], np.int64)),
            )
        )
        read += len(keys)
        tell(read)
    return Vacancies.concat_unchecked(parts) if parts else words.vacancies([])
