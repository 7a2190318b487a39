"""The two inputs: people and vacancies as frozen arrays with stated shapes and units.

There is no place here for sex, age group, name, ethnicity or any other protected attribute: the constructors refuse
every field they do not know. The age is read only against legal minimum ages and is not ordered by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from openpes_matching.geography import MAX_REACH_KM
from openpes_matching.lists import Lists
from openpes_matching.policy import MAX_WAGE

MAX_ID = 2**32 - 1
ALL_SHIFTS = (1 << 21) - 1
SHIFTS = tuple(
    f"{day}-{part}" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") for part in ("day", "evening", "night")
)
"""Names of the 21 weekly slots; bit i of a shift mask is SHIFTS[i]."""

_DTYPES: dict[str, Any] = {
    "id": np.int64,
    "wanted": np.int16,
    "occupation": np.int16,
    "lat": np.float64,
    "lon": np.float64,
    "max_km": np.float64,
    "min_wage": np.int64,
    "wage": np.int64,
    "education": np.int8,
    "experience_months": np.int32,
    "shifts": np.uint32,
    "age": np.int16,
    "min_age": np.int16,
    "hazardous": np.bool_,
    "places": np.int32,
}
_RANGES: dict[str, tuple[float, float]] = {
    "id": (0, MAX_ID),
    "wanted": (-1, 32_766),
    "occupation": (-1, 32_766),
    "lat": (-90, 90),
    "lon": (-180, 180),
    "max_km": (0, MAX_REACH_KM),
    "min_wage": (-1, MAX_WAGE),
    "wage": (-1, MAX_WAGE),
    "education": (-1, 8),
    "experience_months": (-1, 1_200),
    "shifts": (0, ALL_SHIFTS),
    "age": (-1, 150),
    "min_age": (0, 150),
    "places": (0, 2**31 - 1),
}


class Columns:
    """What People and Vacancies share: checking, slicing and joining columns."""

    id: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.id)

    def _settle(self, defaults: dict[str, Any]) -> None:
        n = len(np.asarray(self.id))
        for column in fields(self):  # type: ignore[arg-type]
            name = column.name
            value = getattr(self, name)
            if value is None:
                value = defaults[name](n)
            if not isinstance(value, Lists):
                value = _checked(name, value)
            if len(value) != n:
                raise ValueError(f"{name} has {len(value)} rows, id has {n}")
            object.__setattr__(self, name, value)
        if len(np.unique(self.id)) != n:
            raise ValueError("ids must be distinct")

    def take(self, rows: NDArray[np.integer] | Sequence[int]) -> Self:
        """The given rows, by position, in the given order."""
        index = np.asarray(rows, np.int64)
        picked = {}
        for column in fields(self):  # type: ignore[arg-type]
            value = getattr(self, column.name)
            picked[column.name] = value.take(index) if isinstance(value, Lists) else value[index]
        return replace(self, **picked)  # type: ignore[type-var]

    @classmethod
    def concat(cls, parts: Sequence[Self]) -> Self:
        """All rows of all parts, in order; raises ValueError unless ids stay distinct."""
        made = cls.concat_unchecked(parts)
        if len(np.unique(made.id)) != len(made):
            raise ValueError("ids must be distinct")
        return made

    @classmethod
    def concat_unchecked(cls, parts: Sequence[Self]) -> Self:
        """As `concat`, for parts that were checked and whose ids may repeat."""
        made = object.__new__(cls)
        for column in fields(cls):  # type: ignore[arg-type]
            values = [getattr(part, column.name) for part in parts]
            joined = Lists.concat(values) if isinstance(values[0], Lists) else np.concatenate(values)
            object.__setattr__(made, column.name, joined)
        return made


def _checked(name: str, value: Any) -> NDArray[Any]:
    array = np.asarray(value)
    dtype = _DTYPES.get(name, np.bool_)
    limits = _RANGES.get(name)
    if limits and array.size:
        with np.errstate(invalid="ignore"):
            outside = (array < limits[0]) | (array > limits[1])
        if outside.any():
            row = int(np.argwhere(outside)[0][0])
            raise ValueError(f"{name} of row {row} is {array[row]}, outside {limits[0]} to {limits[1]}")
    array = np.array(array, dtype=dtype)
    array.setflags(write=False)
    return array


def _filled(value: Any, name: str) -> Any:
    return lambda n: np.full(n, value, _DTYPES[name])


@dataclass(frozen=True)
class People(Columns):
    """n people. Every column but `id` may be left out, which means unknown for everybody.

    id: (n,) distinct, 0 .. 4,294,967,295; ties go to the lower id.
    wanted: (n, 3) occupation numbers (rows of the proximity matrix), most wanted first, -1 where there is none.
    skills, languages, licences, permits: Lists of ids. An empty list means unknown, unless the matching
        `..._known` (n,) bool says that the person is known to have none.
    lat, lon: (n,) WGS84 degrees, NaN unknown.   max_km: (n,) kilometres the person travels, NaN unknown.
    min_wage: (n,) a month, whole currency units, -1 unknown.   education: (n,) ISCED 2011 level 0..8, -1 unknown.
    experience_months: (n,), -1 unknown.   shifts: (n,) 21-bit mask of slots that suit, 0 unknown.
    age: (n,) completed years on the day of matching, -1 unknown; read only against legal minimum ages.
    """

    id: NDArray[np.int64]
    wanted: NDArray[np.int16] = None  # type: ignore[assignment]
    skills: Lists = None  # type: ignore[assignment]
    lat: NDArray[np.float64] = None  # type: ignore[assignment]
    lon: NDArray[np.float64] = None  # type: ignore[assignment]
    max_km: NDArray[np.float64] = None  # type: ignore[assignment]
    min_wage: NDArray[np.int64] = None  # type: ignore[assignment]
    education: NDArray[np.int8] = None  # type: ignore[assignment]
    experience_months: NDArray[np.int32] = None  # type: ignore[assignment]
    languages: Lists = None  # type: ignore[assignment]
    licences: Lists = None  # type: ignore[assignment]
    permits: Lists = None  # type: ignore[assignment]
    shifts: NDArray[np.uint32] = None  # type: ignore[assignment]
    age: NDArray[np.int16] = None  # type: ignore[assignment]
    skills_known: NDArray[np.bool_] = None  # type: ignore[assignment]
    languages_known: NDArray[np.bool_] = None  # type: ignore[assignment]
    licences_known: NDArray[np.bool_] = None  # type: ignore[assignment]
    permits_known: NDArray[np.bool_] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for name in ("skills", "languages", "licences", "permits"):
            lists = getattr(self, name)
            if lists is None:
                lists = Lists.empty(len(np.asarray(self.id)))
                object.__setattr__(self, name, lists)
            told = getattr(self, f"{name}_known")
            some = lists.lengths > 0
            known = some if told is None or len(told) != len(some) else some | np.asarray(told, np.bool_)
            if told is not None and len(told) != len(some):
                raise ValueError(f"{name}_known has {len(told)} rows, {name} has {len(some)}")
            object.__setattr__(self, f"{name}_known", known)
        self._settle(
            {
                "wanted": lambda n: np.full((n, 3), -1, np.int16),
                "lat": _filled(np.nan, "lat"),
                "lon": _filled(np.nan, "lon"),
                "max_km": _filled(np.nan, "max_km"),
                "min_wage": _filled(-1, "min_wage"),
                "education": _filled(-1, "education"),
                "experience_months": _filled(-1, "experience_months"),
                "shifts": _filled(0, "shifts"),
                "age": _filled(-1, "age"),
            }
        )
        if self.wanted.ndim != 2 or self.wanted.shape[1] != 3:
            raise ValueError(f"wanted must have shape (n, 3), not {self.wanted.shape}")


@dataclass(frozen=True)
class Vacancies(Columns):
    """n vacancies. Every column but `id` may be left out, which means nothing is asked or stated.

    id: (n,) distinct, 0 .. 4,294,967,295; ties go to the lower id.
    occupation: (n,) occupation number, -1 unknown.
    must_skills, skills: Lists of skill ids; required, and nice to have. languages, licences, permits: Lists, required
        (languages count in the score, licences and permits are constraints).
    lat, lon: (n,) WGS84 degrees, NaN unknown.   wage: (n,) a month, whole currency units, -1 unknown
        (`monthly_wage` converts).   education: (n,) ISCED level asked, -1 none.   experience_months: (n,), -1 none.
    shifts: (n,) 21-bit mask, every slot in it is needed, 0 none.   min_age: (n,) years, 0 none.
    hazardous: (n,) bool.   places: (n,) people wanted, used by allocation only.
    """

    id: NDArray[np.int64]
    occupation: NDArray[np.int16] = None  # type: ignore[assignment]
    must_skills: Lists = None  # type: ignore[assignment]
    skills: Lists = None  # type: ignore[assignment]
    lat: NDArray[np.float64] = None  # type: ignore[assignment]
    lon: NDArray[np.float64] = None  # type: ignore[assignment]
    wage: NDArray[np.int64] = None  # type: ignore[assignment]
    education: NDArray[np.int8] = None  # type: ignore[assignment]
    experience_months: NDArray[np.int32] = None  # type: ignore[assignment]
    languages: Lists = None  # type: ignore[assignment]
    licences: Lists = None  # type: ignore[assignment]
    permits: Lists = None  # type: ignore[assignment]
    shifts: NDArray[np.uint32] = None  # type: ignore[assignment]
    min_age: NDArray[np.int16] = None  # type: ignore[assignment]
    hazardous: NDArray[np.bool_] = None  # type: ignore[assignment]
    places: NDArray[np.int32] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self._settle(
            {
                "occupation": _filled(-1, "occupation"),
                "must_skills": Lists.empty,
                "skills": Lists.empty,
                "lat": _filled(np.nan, "lat"),
                "lon": _filled(np.nan, "lon"),
                "wage": _filled(-1, "wage"),
                "education": _filled(-1, "education"),
                "experience_months": _filled(-1, "experience_months"),
                "languages": Lists.empty,
                "licences": Lists.empty,
                "permits": Lists.empty,
                "shifts": _filled(0, "shifts"),
                "min_age": _filled(0, "min_age"),
                "hazardous": _filled(False, "hazardous"),
                "places": _filled(1, "places"),
            }
        )
