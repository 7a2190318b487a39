"""Occupations, education levels, skills and licences, read from the plain CSV files in ``data/``.

Everything here is pure: no database, no clock, no settings. The files are read once and kept. A row is a frozen
dataclass; every function returns read-only mappings or tuples in file order (which is sorted).

    occupations()           {code: Occupation}   whole ISCO-08: levels 1 to 4, 10 + 43 + 130 + 436 groups
    unit_codes()            ("0110", ...)        the 436 unit groups, sorted
    education_levels()      {0..8: EducationLevel}   ISCED 2011
    skills()                {id: Skill}
    skills_of("5131")       (OccupationSkill, ...)   essential first
    occupations_with(id)    ("5131", ...)        unit groups that use a skill
    licences(), licences_of("8332")
    youth_entry()           (YouthEntry, ...)    unit groups that most young people enter, by rank
    name_of("5131", "km")   the everyday name in a language, in English when that language has none
    labels_in("skill", "km")  {id: name}         names of skills (or "licence") in a language
    titles()                (Title, ...)         everyday job titles, for search

Sources: ISCO-08 structure and titles, International Labour Organization 2012; ISCED 2011, UNESCO Institute for
Statistics. Skills, names, titles, licences and the entry list are openpes' own drafts for experts to edit.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA_FOLDER = Path(__file__).parent / "data"

SKILL_TYPES = ("knowledge", "practical", "transferable", "language", "digital")
SKILL_KINDS = ("essential", "useful")
LICENCE_NEEDS = ("needed", "useful")


class UnknownCode(LookupError):
    """A code that is not in the classification; ``str()`` is a sentence that can be shown."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """One group of ISCO-08. ``level`` is 1 to 4; ``parent`` is "" at level 1.

    ``skill_levels`` are the ILO's (1 lowest, 4 highest); a major group that mixes levels has more than one.
    """

    code: str
    title_en: str
    level: int
    parent: str
    skill_levels: tuple[int, ...]

    @property
    def skill_level(self) -> int | None:
        """The one skill level of the group, or None where the group mixes several."""
        return self.skill_levels[0] if len(self.skill_levels) == 1 else None


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """One level of ISCED 2011: the official name and the words a jobseeker would use."""

    level: int
    name_en: str
    plain_en: str


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill in plain words. ``type`` is one of SKILL_TYPES."""

    id: str
    label_en: str
    meaning_en: str
    type: str


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """A skill as one unit group uses it. ``kind`` is essential or useful."""

    isco: str
    skill: Skill
    kind: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A kind of licence or permit, named without any country; country packs say what it is called there."""

    id: str
    label_en: str


@dataclass(frozen=True, slots=True)
class OccupationLicence:
    """A licence as one unit group meets it: usually ``needed`` to do the work at all, or only ``useful``."""

    isco: str
    licence: Licence
    need: str


@dataclass(frozen=True, slots=True)
class YouthEntry:
    """A unit group that many young people enter, from the most entered (rank 1) on."""

    rank: int
    isco: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Title:
    """A job title as people type it, in one language (BCP-47), and the unit group it points to.

    Titles are for finding only. Some carry a sex or an age as speech does ("saleslady"); what is shown to people
    is name_of(), which does not.
    """

    language: str
    label: str
    isco: str


def read_rows(name: str, folder: Path = DATA_FOLDER) -> Iterator[dict[str, str]]:
    """The rows of one data file as dictionaries, in file order."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def occupations() -> Mapping[str, Occupation]:
    """Every ISCO-08 group by its code."""
    return MappingProxyType(
        {
            row["code"]: Occupation(
                row["code"],
                row["title_en"],
                int(row["level"]),
                row["parent"],
                tuple(int(level) for level in row["skill_level"].split("|")),
            )
            for row in read_rows("isco08.csv")
        }
    )


def occupation(code: str) -> Occupation:
    """One group. Raises UnknownCode."""
    try:
        return occupations()[code]
    except KeyError:
        raise UnknownCode(f"“{code}” is not an ISCO-08 code.") from None


@cache
def unit_codes() -> tuple[str, ...]:
    """The codes of the 436 unit groups, sorted; the order of every matrix over occupations."""
    return tuple(code for code, group in occupations().items() if group.level == 4)


@cache
def children_of(code: str) -> tuple[Occupation, ...]:
    """The groups one level below; for "" the ten major groups."""
    return tuple(group for group in occupations().values() if group.parent == code)


def ancestors_of(code: str) -> tuple[Occupation, ...]:
    """The groups above, from the major group down to the parent. Raises UnknownCode."""
    above: list[Occupation] = []
    parent = occupation(code).parent
    while parent:
        above.append(occupations()[parent])
        parent = above[-1].parent
    return tuple(reversed(above))


@cache
def education_levels() -> Mapping[int, EducationLevel]:
    """The nine ISCED 2011 levels, 0 to 8."""
    rows = read_rows("isced2011.csv")
    return MappingProxyType(
        {int(row["level"]): EducationLevel(int(row["level"]), row["name_en"], row["plain_en"]) for row in rows}
    )


@cache
def skills() -> Mapping[str, Skill]:
    """Every skill by its id."""
    rows = read_rows("skills.csv")
    return MappingProxyType(
        {row["id"]: Skill(row["id"], row["label_en"], row["meaning_en"], row["type"]) for row in rows}
    )


def skill(skill_id: str) -> Skill:
    """One skill. Raises UnknownCode."""
    try:
        return skills()[skill_id]
    except KeyError:
        raise UnknownCode(f"“{skill_id}” is not a skill of the vocabulary.") from None


@cache
def _skills_by_occupation() -> Mapping[str, tuple[OccupationSkill, ...]]:
    vocabulary = skills()
    by_code: dict[str, list[OccupationSkill]] = defaultdict(list)
    for row in read_rows("occupation_skills.csv"):
        by_code[row["isco"]].append(OccupationSkill(row["isco"], vocabulary[row["skill_id"]], row["kind"]))
    return {
        code: tuple(sorted(links, key=lambda link: (link.kind != "essential", link.skill.id)))
        for code, links in by_code.items()
    }


def skills_of(isco: str) -> tuple[OccupationSkill, ...]:
    """The skills of a unit group, essential ones first. Raises UnknownCode."""
    occupation(isco)
    return _skills_by_occupation().get(isco, ())


@cache
def _occupations_by_skill() -> Mapping[str, tuple[str, ...]]:
    by_skill: dict[str, list[str]] = defaultdict(list)
    for code, links in sorted(_skills_by_occupation().items()):
        for link in links:
            by_skill[link.skill.id].append(code)
    return {skill_id: tuple(codes) for skill_id, codes in by_skill.items()}


def occupations_with(skill_id: str) -> tuple[str, ...]:
    """The unit groups that use a skill, sorted. Raises UnknownCode."""
    skill(skill_id)
    return _occupations_by_skill().get(skill_id, ())


@cache
def licences() -> Mapping[str, Licence]:
    """Every kind of licence by its id."""
    return MappingProxyType({row["id"]: Licence(row["id"], row["label_en"]) for row in read_rows("licences.csv")})


@cache
def _licences_by_occupation() -> Mapping[str, tuple[OccupationLicence, ...]]:
    kinds = licences()
    by_code: dict[str, list[OccupationLicence]] = defaultdict(list)
    for row in read_rows("occupation_licences.csv"):
        by_code[row["isco"]].append(OccupationLicence(row["isco"], kinds[row["licence_id"]], row["need"]))
    return {code: tuple(links) for code, links in by_code.items()}


def licences_of(isco: str) -> tuple[OccupationLicence, ...]:
    """The licences a unit group usually meets; the country's law decides. Raises UnknownCode."""
    occupation(isco)
    return _licences_by_occupation().get(isco, ())


@cache
def youth_entry() -> tuple[YouthEntry, ...]:
    """The unit groups that most young people enter, by rank."""
    rows = read_rows("youth_entry.csv")
    return tuple(YouthEntry(int(row["rank"]), row["isco"], row["reason_en"]) for row in rows)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_rows("occupation_names.csv"):
        by_language[row["language"]][row["isco"]] = row["name"]
    return by_language


def names_in(language: str) -> Mapping[str, str]:
    """The everyday names that one language has of its own, by code; empty for a language without any."""
    return MappingProxyType(_names().get(language, {}))


@cache
def labels_in(kind: str, language: str) -> Mapping[str, str]:
    """Names of skills or licences (``kind`` "skill" or "licence") in a language, by id; empty where nobody wrote any.

    They lie in ``skill_names_<language>.csv`` and ``licence_names_<language>.csv``; English is in the main files.
    """
    name = f"{kind}_names_{language}.csv"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not (DATA_FOLDER / name).exists():
        return MappingProxyType({})
    return MappingProxyType({row[f"{kind}_id"]: row["label"] for row in read_rows(name) if row["label"].strip()})


def name_of(isco: str, language: str = "en") -> str:
    """The everyday name of a group; English, then the official title, where the language has none.

    ``language`` may carry a region ("vi-VN"). Raises UnknownCode.
    """
    group = occupation(isco)
    for tongue in (language, language.split("-")[0], "en"):
        if name := names_in(tongue).get(isco):
            return name
    return group.title_en


@cache
def titles() -> tuple[Title, ...]:
    """Every everyday job title of our own, in file order."""
    return tuple(Title(row["language"], row["label"], row["isco"]) for row in read_rows("titles.csv"))
