"""From labels to numbers: the one place where words of a file or a database become ids."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from openpes_matching.arrays import ALL_SHIFTS, SHIFTS, People, Vacancies
from openpes_matching.lists import Lists

PERSON_KEYS = frozenset(
    [
        "id",
        "isco",
        "skills",
        "lat",
        "lon",
        "max_km",
        "min_wage",
        "education",
        "experience_months",
        "languages",
        "licences",
        "permits",
        "shifts",
        "age",
    ]
)
VACANCY_KEYS = frozenset(
    [
        "id",
        "isco",
        "must_skills",
        "skills",
        "lat",
        "lon",
        "wage",
        "education",
        "experience_months",
        "languages",
        "licences",
        "permits",
        "shifts",
        "min_age",
        "hazardous",
        "places",
    ]
)
_SHIFT_BIT = {name: 1 << i for i, name in enumerate(SHIFTS)}


class Interner:
    """Labels of one kind, numbered 0, 1, 2 ... in the order they are first met. Not safe for two writing threads."""

    def __init__(self, labels: Iterable[Hashable] = ()) -> None:
        self.labels: list[Hashable] = []
        self._number: dict[Hashable, int] = {}
        for label in labels:
            self.number(label)

    def number(self, label: Hashable) -> int:
        """The number of a label, new if never met."""
        number = self._number.get(label)
        if number is None:
            number = self._number[label] = len(self.labels)
            self.labels.append(label)
        return number

    def find(self, label: Hashable) -> int:
        """The number of a label, -1 if never met."""
        return self._number.get(label, -1)

    def __len__(self) -> int:
        return len(self.labels)


def language_key(tag: str) -> str:
    """The primary language of a BCP-47 tag in lower case: `zh-Hans-CN` and `ZH` both give `zh`."""
    return tag.strip().lower().replace("_", "-").split("-", 1)[0]


def shift_mask(names: Iterable[str]) -> int:
    """21-bit mask of slot names; `any` is every slot. Raises ValueError for a name that is not a slot."""
    mask = 0
    for name in names:
        if name == "any":
            mask = ALL_SHIFTS
        elif name in _SHIFT_BIT:
            mask |= _SHIFT_BIT[name]
        else:
            raise ValueError(f"{name!r} is not a shift; a shift is `any` or like `mon-day`")
    return mask


class Vocabulary:
    """Turns rows of plain values into People and Vacancies that share one numbering.

    occupations: the codes of the proximity matrix in its order; other codes raise ValueError.
    """

    def __init__(self, occupations: Sequence[str]) -> None:
        self.occupations = Interner(occupations)
        self.skills = Interner()
        self.languages = Interner()
        self.licences = Interner()
        self.permits = Interner()

    def people(self, rows: Iterable[Mapping[str, Any]]) -> People:
        """People from mappings with the keys of PERSON_KEYS; a missing key or None means unknown.

        id: int; isco: sequence of up to three codes; skills, languages, licences, permits: iterable of labels, where
        an empty one means "has none" and None means unknown; shifts: iterable of slot names; numbers as in `People`.
        Raises ValueError for any other key: protected attributes cannot be passed in.
        """
        table = _columns(rows, PERSON_KEYS)
        wanted = np.full((len(table["id"]), 3), -1, np.int16)
        for i, codes in enumerate(table["isco"]):
            codes = codes or ()
            if len(codes) > 3:
                raise ValueError(f"person {table['id'][i]} wants {len(codes)} occupations; three at most")
            for j, code in enumerate(codes):
                wanted[i, j] = self._occupation(code)
        known: dict[str, Any] = {
            f"{name}_known": _told(table[name]) for name in ("skills", "languages", "licences", "permits")
        }
        return People(
            id=np.array(table["id"], np.int64),
            wanted=wanted,
            min_wage=_whole(table["min_wage"]),
            age=_whole(table["age"]),
            max_km=_real(table["max_km"]),
            **self._shared(table),
            **known,
        )

    def vacancies(self, rows: Iterable[Mapping[str, Any]]) -> Vacancies:
        """Vacancies from mappings with the keys of VACANCY_KEYS; a missing key or None means not stated.

        isco: one code; wage: a month, in whole currency units (see `monthly_wage`); shifts: slot names, all of them
        needed, where `any` asks for nothing; other values as in `Vacancies`. Raises ValueError for any other key.
        """
        table = _columns(rows, VACANCY_KEYS)
        codes = [-1 if code is None else self._occupation(code) for code in table["isco"]]
        shared = self._shared(table)
        shifts = shared.pop("shifts")
        asked = [
            0 if names is not None and "any" in names else int(m)
            for names, m in zip(table["shifts"], shifts, strict=True)
        ]
        return Vacancies(
            id=np.array(table["id"], np.int64),
            occupation=np.array(codes, np.int16),
            must_skills=_lists(table["must_skills"], self.skills),
            wage=_whole(table["wage"]),
            min_age=_whole(table["min_age"], 0),
            hazardous=np.array([bool(x) for x in table["hazardous"]], np.bool_),
            places=_whole(table["places"], 1),
            shifts=np.array(asked, np.uint32),
            **shared,
        )

    def _occupation(self, code: str) -> int:
        number = self.occupations.find(code)
        if number < 0:
            raise ValueError(f"{code!r} is not a known occupation code")
        return number

    def _shared(self, table: dict[str, list[Any]]) -> dict[str, Any]:
        tags = [None if row is None else [language_key(tag) for tag in row] for row in table["languages"]]
        return {
            "skills": _lists(table["skills"], self.skills),
            "languages": _lists(tags, self.languages),
            "licences": _lists(table["licences"], self.licences),
            "permits": _lists(table["permits"], self.permits),
            "lat": _real(table["lat"]),
            "lon": _real(table["lon"]),
            "education": _whole(table["education"]),
            "experience_months": _whole(table["experience_months"]),
            "shifts": np.array([shift_mask(names or ()) for names in table["shifts"]], np.uint32),
        }


def _columns(rows: Iterable[Mapping[str, Any]], keys: frozenset[str]) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {key: [] for key in keys}
    for row in rows:
        strange = row.keys() - keys
        if strange:
            raise ValueError(f"the ranker does not take {', '.join(sorted(strange))}")
        for key, column in table.items():
            column.append(row.get(key))
    return table


def _lists(column: list[Any], interner: Interner) -> Lists:
    return Lists.of([[interner.number(label) for label in row or ()] for row in column])


def _told(column: list[Any]) -> np.ndarray:
    return np.array([row is not None for row in column], np.bool_)


def _whole(column: list[Any], unknown: int = -1) -> np.ndarray:
    return np.array([unknown if value is None else value for value in column], np.int64)


def _real(column: list[Any]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in column], np.float64)
