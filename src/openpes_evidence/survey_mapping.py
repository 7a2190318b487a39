"""A national survey file made readable by a mapping: which column is what, and which codes mean yes. Pure.

A mapping is YAML that a statistician writes once for a survey:

    standard: ICLS19
    period: "2026-08"
    area: PHL
    columns: {weight: PWGT, stratum: STRATA, unit: PSU, age: AGE, sex: SEX}
    sex: {female: ["2"], male: ["1"]}
    traits:
      works_for_pay: {column: C16, codes: ["1"]}
      learning: {column: C07, codes: ["1", "2"]}

A trait without an entry was not asked; figures that need it are then left out rather than computed from noughts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from openpes_evidence.labour_force import Answers, Standard
from openpes_evidence.survey import Design

NEEDED = ("weight", "age")
TRAITS = tuple(Answers.__dataclass_fields__)
MOST_MISTAKES = 50


class BadSurvey(ValueError):
    """The mapping or the file cannot be used. `mistakes`: one sentence each, with line and column."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes[:3]))
        self.mistakes = mistakes


@dataclass(frozen=True)
class SurveyMapping:
    """What the YAML said."""

    standard: Standard
    period: str
    area: str
    columns: Mapping[str, str]
    sex: Mapping[str, frozenset[str]]
    traits: Mapping[str, tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class SurveyFile:
    """People of working age: design, answers, age in years, sex ("female", "male", "not_said"); what was asked."""

    design: Design
    answers: Answers
    age: NDArray[np.int64]
    sex: NDArray[np.str_]
    asked: frozenset[str]


def parse_mapping(text: str) -> SurveyMapping:
    """Read a mapping. Raises BadSurvey with every mistake and its mend."""
    raw = yaml.safe_load(text)
    if not isinstance(raw, dict):
        raise BadSurvey(["The mapping is a list of names and values, beginning with `standard:`."])
    mistakes = []
    columns: dict[str, Any] = raw.get("columns") or {}
    mistakes += [
        f"columns: {name} is missing. Name the column that holds it." for name in NEEDED if name not in columns
    ]
    if raw.get("standard") not in list(Standard):
        mistakes.append(f"standard: write one of {', '.join(Standard)}; they are two definitions and never mixed.")
    mistakes += [f"{name}: is missing." for name in ("period", "area") if not raw.get(name)]
    traits: dict[str, Any] = raw.get("traits") or {}
    for name, one in traits.items():
        if name not in TRAITS:
            mistakes.append(f"traits: {name} is none. Traits are {', '.join(TRAITS)}.")
        elif not isinstance(one, dict) or not one.get("column") or not one.get("codes"):
            mistakes.append(f"traits: {name} needs a column and the codes that mean yes.")
    if mistakes:
        raise BadSurvey(mistakes)
    return SurveyMapping(
        Standard(raw["standard"]),
        str(raw["period"]),
        str(raw["area"]),
        {name: str(column) for name, column in columns.items()},
        {name: frozenset(map(str, codes)) for name, codes in (raw.get("sex") or {}).items()},
        {name: (str(one["column"]), frozenset(map(str, one["codes"]))) for name, one in traits.items()},
    )


def load(mapping: SurveyMapping, header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> SurveyFile:
    """Read people by the mapping. Raises BadSurvey with every bad line (the first 50), and loads nothing then."""
    wanted = {*mapping.columns.values(), *(column for column, _ in mapping.traits.values())}
    missing = sorted(wanted - set(header))
    if missing:
        raise BadSurvey([f"The file has no column {name}. Mend the mapping or the file." for name in missing])
    mistakes: list[str] = []
    weights, ages, strata, units, sexes = [], [], [], [], []
    marks: dict[str, list[bool]] = {name: [] for name in TRAITS}
    for line, row in enumerate(rows, start=2):
        weight = _number(row, mapping.columns["weight"], line, mistakes, lowest=0)
        age = _number(row, mapping.columns["age"], line, mistakes, lowest=-1)
        if weight is None or age is None:
            continue
        weights.append(weight)
        ages.append(int(age))
        strata.append(row[mapping.columns["stratum"]] if "stratum" in mapping.columns else "")
        units.append(row[mapping.columns["unit"]] if "unit" in mapping.columns else str(line))
        sexes.append(_sex(row, mapping))
        for name in TRAITS:
            column, yes = mapping.traits.get(name, ("", frozenset()))
            marks[name].append(bool(column) and row[column].strip() in yes)
    if mistakes:
        raise BadSurvey(mistakes[:MOST_MISTAKES])
    design = Design(np.array(weights, float), _numbered(strata), _numbered(units))
    answers = Answers(**{name: np.array(values, bool) for name, values in marks.items()})
    return SurveyFile(design, answers, np.array(ages, np.int64), np.array(sexes), frozenset(mapping.traits))


def _number(row: Mapping[str, str], column: str, line: int, mistakes: list[str], *, lowest: float) -> float | None:
    text = (row.get(column) or "").strip()
    try:
        value = float(text)
    except ValueError:
        mistakes.append(f"Line {line}, {column}: “{text}” is no number.")
        return None
    if not value > lowest:
        mistakes.append(f"Line {line}, {column}: {text} is too low. Leave out people who stand for nobody.")
        return None
    return value


def _sex(row: Mapping[str, str], mapping: SurveyMapping) -> str:
    code = row[mapping.columns["sex"]].strip() if "sex" in mapping.columns else ""
    return next((name for name, codes in mapping.sex.items() if code in codes), "not_said")


def _numbered(names: list[str]) -> NDArray[np.int64]:
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)
