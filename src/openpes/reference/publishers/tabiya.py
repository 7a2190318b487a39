"""Tabiya's open format: skills.csv, occupations.csv, occupation_skill_relations.csv and their hierarchies.

Column names changed over time (ESCOURI, then ORIGINURI; ISCOGROUPCODE, then OCCUPATIONGROUPCODE); both are read. Rows
refer to each other by ID, which means nothing outside the files: a concept is kept under its origin (so ESCO's skills
are the same skills as in ESCO's own download) or, where it has none, under its first UUID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpes.reference.publishers.parts import Numbered, Part
from openpes.reference.publishers.records import BadRow, ConceptRecord, LabelRecord, RelationRecord
from openpes.reference.publishers.sources import Download, SourceFile, clean, rows, split_labels

_ROLES = {
    "skills": "skills",
    "skillgroups": "skill groups",
    "occupations": "occupations",
    "iscogroups": "occupation groups",
    "occupationgroups": "occupation groups",
    "occupationskillrelations": "occupation skills",
    "occupationtoskillrelations": "occupation skills",
    "skillskillrelations": "skill skills",
    "skilltoskillrelations": "skill skills",
    "occupationshierarchy": "occupation hierarchy",
    "occupationhierarchy": "occupation hierarchy",
    "skillshierarchy": "skill hierarchy",
    "skillhierarchy": "skill hierarchy",
}
_KIND_OF = {"skills": "skill", "occupations": "occupation", "skill groups": "group", "occupation groups": "group"}
_PAIR_OF = {
    "occupation skills": ("occupationid", "skillid"),
    "skill skills": ("requiringid", "requiredid"),
    "occupation hierarchy": ("childid", "parentid"),
    "skill hierarchy": ("childid", "parentid"),
}


class Tabiya:
    """The format of the Tabiya open taxonomy."""

    scheme = "tabiya"
    title = "Tabiya's open format"
    order: tuple[str, ...] = ("occupation groups", "occupations", "skill groups", "skills", *_PAIR_OF)
    concept_roles: tuple[str, ...] = ("occupations", "skills")
    ends_of: dict[str, tuple[str, ...]] = {
        "occupation skills": ("occupations", "skills"),
        "skill skills": ("skills",),
        "occupation hierarchy": ("occupation groups", "occupations"),
        "skill hierarchy": ("skill groups", "skills"),
    }
    rereads = True

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._uris: dict[str, str] = {}

    def recognise(self, file: SourceFile) -> tuple[str, str] | None:
        """(role, language) of a file, or None."""
        stem, _, ending = file.name.rpartition(".")
        role = _ROLES.get(re.sub(r"[\s_-]+", "", stem).lower())
        if role is None or ending.lower() != "csv":
            return None
        wanted = {*_PAIR_OF[role]} if role in _PAIR_OF else {"id", "uuidhistory", "preferredlabel"}
        if not wanted <= set(file.header()):
            return None
        return role, "" if role in _PAIR_OF else self._language

    def told_version(self, download: Download) -> str | None:
        """From model_info.csv, which also tells the language; else None and the names decide."""
        for file in download.files:
            if re.sub(r"[\s_-]+", "", file.name).lower() == "modelinfo.csv":
                for row in rows(file, needed=("version",)):
                    if not isinstance(row, BadRow):
                        if locale := row[1].get("locale", "").strip():
                            self._language = locale.split("-")[0].split("_")[0].lower()
                        return row[1]["version"].strip().lower().removeprefix("v") or None
        return None

    def records(self, part: Part) -> Iterator[Numbered | BadRow]:
        """What the rows of a part say."""
        return self._relations(part) if part.role in _PAIR_OF else self._concepts(part)

    def _concepts(self, part: Part) -> Iterator[Numbered | BadRow]:
        kind = _KIND_OF[part.role]
        for row in rows(part.file, needed=("id", "uuidhistory", "preferredlabel")):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            history = split_labels(cells["uuidhistory"])
            origin = cells.get("originuri", cells.get("escouri", "")).strip()
            uri = origin or (f"tabiya:{history[-1]}" if history else "")
            label = clean(cells["preferredlabel"])
            if not (uri and label and cells["id"].strip()):
                yield BadRow(part.file.place, number, "needs an ID, a PREFERREDLABEL and an origin or a UUID")
                continue
            self._uris[cells["id"].strip()] = uri
            code = cells.get("code", "").strip()
            isco = cells.get("occupationgroupcode", cells.get("iscogroupcode", "")).strip()[:4]
            if part.role == "occupation groups":
                isco = code if len(code) == 4 and code.isdigit() else ""
            yield (
                number,
                ConceptRecord(
                    uri, kind, code, isco, cells.get("skilltype", "").strip(), cells.get("reuselevel", "").strip()
                ),
            )
            yield number, LabelRecord(uri, self._language, "preferred", label)
            for text in split_labels(cells.get("altlabels", "")):
                yield number, LabelRecord(uri, self._language, "alternative", text)
            if description := clean(cells.get("description", "")):
                yield number, LabelRecord(uri, self._language, "description", description)

    def _relations(self, part: Part) -> Iterator[Numbered | BadRow]:
        source, target = _PAIR_OF[part.role]
        for row in rows(part.file, needed=(source, target)):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            ends = [self._uris.get(cells[column].strip(), cells[column].strip()) for column in (source, target)]
            kind = "broader" if part.role.endswith("hierarchy") else self._need(cells)
            yield number, RelationRecord(ends[0], ends[1], kind, self._signal(cells))

    @staticmethod
    def _need(cells: dict[str, str]) -> str:
        """Essential or optional; of signals only a "high" one is essential."""
        said = cells.get("relationtype", "").strip().lower()
        if said in ("essential", "optional"):
            return said
        return "essential" if cells.get("signallingvaluelabel", "").strip().lower() == "high" else "optional"

    @staticmethod
    def _signal(cells: dict[str, str]) -> int | None:
        try:
            return round(float(cells["signallingvalue"]) * 100)
        except (KeyError, ValueError):
            return None
