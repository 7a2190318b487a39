"""The short lists of guidance, read from data once a process: diagnoses, strategies, actions, activities, interests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Activity:
    """Work that nobody calls work, and the skills that it shows."""

    code: str
    says: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """A side of work, with kinds of work to look at (ISCO-08 unit groups)."""

    code: str
    title: str
    look_at: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A quick statement on what somebody likes."""

    code: str
    theme: str
    says: str


@dataclass(frozen=True)
class Suggestion:
    """An action to take as it is or to change; `safe`: it tells nothing private in a text."""

    code: str
    says: str
    safe: bool


@lru_cache(maxsize=8)
def _read(name: str) -> Mapping[str, Any]:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def activities() -> Mapping[str, Activity]:
    """Everyday activities by code, in the order of the file."""
    rows = _read("informal_activities.yaml")["activities"]
    return {row["code"]: Activity(row["code"], row["says"], tuple(row["skills"])) for row in rows}


@lru_cache(maxsize=1)
def themes() -> Mapping[str, Theme]:
    """Sides of work by code."""
    rows = _read("interests.yaml")["themes"]
    return {row["code"]: Theme(row["code"], row["title"], tuple(row["look_at"])) for row in rows}


@lru_cache(maxsize=1)
def statements() -> Mapping[str, Statement]:
    """Statements on interests by code."""
    return {row["code"]: Statement(**row) for row in _read("interests.yaml")["statements"]}


def choices_of(kind: str) -> list[tuple[str, str]]:
    """(code, words) of the diagnoses or the strategies."""
    return [(row["code"], row["says"]) for row in _read("lists.yaml")[kind]]


def says(kind: str, code: str) -> str:
    """The words of a diagnosis or strategy; the code where it is not on the list any more."""
    return dict(choices_of(kind)).get(code, code)


def suggested_actions() -> list[Suggestion]:
    """Actions to begin from."""
    return [Suggestion(**row) for row in _read("lists.yaml")["actions"]]


def skills_shown_by(codes: Iterable[str]) -> list[str]:
    """The skills that activities show, each once, in the order of the list."""
    known = activities()
    return list(dict.fromkeys(skill for code in codes if code in known for skill in known[code].skills))


def leading_themes(codes: Iterable[str], *, most: int = 2) -> list[Theme]:
    """The sides of work that most of the chosen statements belong to; ties in the order of the list."""
    chosen = [statements()[code].theme for code in codes if code in statements()]
    counted = sorted(themes().values(), key=lambda one: -chosen.count(one.code))
    return [one for one in counted if one.code in chosen][:most]
