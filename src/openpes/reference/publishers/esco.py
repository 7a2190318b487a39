"""ESCO as the European Commission publishes it: one CSV for each part and language, such as occupations_en.csv.

Read: occupations, ISCO groups, skills, skill groups, the broader relations of both pillars, the skills of occupations,
the skills of skills, and the collections (digital, green, language, transversal …). Where skills_<language>.csv is not
in a copy, the skills that the collections name are taken from there. Other files are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpes.reference.publishers.parts import Numbered, Part
from openpes.reference.publishers.records import BadRow, ConceptRecord, LabelRecord, Record, RelationRecord
from openpes.reference.publishers.sources import Download, SourceFile, clean, rows, split_labels

_NAME = re.compile(r"([a-z0-9]+?)(?:_([a-z]{2,3}(?:-[a-z]{2,4})?))?\.csv", re.IGNORECASE)
_COLLECTION = re.compile(r"([a-z0-9]+?)(skills|occupations)collection")
_RELATION_COLUMNS = {
    "broaderrelationsoccpillar": ("concepturi", "broaderuri", None),
    "broaderrelationsskillpillar": ("concepturi", "broaderuri", None),
    "occupationskillrelations": ("occupationuri", "skilluri", "relationtype"),
    "skillskillrelations": ("originalskilluri", "relatedskilluri", "relationtype"),
}
_KIND_OF = {"iscogroups": "group", "occupations": "occupation", "skillgroups": "group", "skills": "skill"}
ISCO_URI = "http://data.europa.eu/esco/isco/C"


class Esco:
    """The format of ESCO's CSV download."""

    scheme = "esco"
    title = "ESCO"
    order: tuple[str, ...] = (
        "iscogroups", "occupations", "skillgroups", "skills", "collection", "broaderrelationsoccpillar",
        "broaderrelationsskillpillar", "occupationskillrelations", "skillskillrelations",
    )  # fmt: skip
    concept_roles: tuple[str, ...] = ("occupations", "skills")
    ends_of: dict[str, tuple[str, ...]] = {
        "broaderrelationsoccpillar": ("iscogroups", "occupations"),
        "broaderrelationsskillpillar": ("skillgroups", "skills"),
        "occupationskillrelations": ("occupations", "skills"),
        "skillskillrelations": ("skills",),
    }
    rereads = False

    def recognise(self, file: SourceFile) -> tuple[str, str] | None:
        """(role, language) of a file; None for files that say nothing we keep, or are of another format."""
        match = _NAME.fullmatch(file.name)
        if match is None:
            return None
        role, language = match.group(1).lower(), (match.group(2) or "en").lower()
        if role in _RELATION_COLUMNS:
            return (role, "") if _RELATION_COLUMNS[role][0] in file.header() else None
        collection = _COLLECTION.fullmatch(role)
        if not (role in _KIND_OF or collection) or "concepturi" not in file.header():
            return None
        return (f"collection of {collection.group(1)}" if collection else role), language

    def records(self, part: Part) -> Iterator[Numbered | BadRow]:
        """What the rows of a part say."""
        if part.role in _RELATION_COLUMNS:
            return self._relations(part)
        return self._concepts(part)

    def told_version(self, download: Download) -> str | None:
        """ESCO's files tell it only by their names."""
        return None

    def _concepts(self, part: Part) -> Iterator[Numbered | BadRow]:
        collection = part.role.removeprefix("collection of ") if part.role.startswith("collection of ") else ""
        if collection:
            group = f"esco:collection/{collection}"
            yield 1, ConceptRecord(group, "group", code=collection)
            yield 1, LabelRecord(group, part.language, "preferred", collection)
        for row in rows(part.file, needed=("concepturi", "preferredlabel")):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            if cells.get("status", "").strip().lower() == "obsolete":
                continue
            uri, label = cells["concepturi"].strip(), clean(cells["preferredlabel"])
            if not uri:
                yield BadRow(part.file.place, number, "conceptUri is empty")
                continue
            kind = _KIND_OF.get(part.role, "occupation" if "/occupation/" in uri else "skill")
            yield number, self._concept(uri, kind, part.role, cells)
            if collection:
                yield number, RelationRecord(uri, group, "collection")
            yield from ((number, text) for text in _texts(uri, part.language, label, cells))

    @staticmethod
    def _concept(uri: str, kind: str, role: str, cells: dict[str, str]) -> ConceptRecord:
        code = cells.get("code", "").strip()
        isco = cells.get("iscogroup", "").strip().removeprefix("C")
        if role == "iscogroups":
            code = code or uri.removeprefix(ISCO_URI)
            isco = code if len(code) == 4 else ""
        return ConceptRecord(
            uri, kind, code, isco, cells.get("skilltype", "").strip(), cells.get("reuselevel", "").strip()
        )

    @staticmethod
    def _relations(part: Part) -> Iterator[Numbered | BadRow]:
        source, target, kind = _RELATION_COLUMNS[part.role]
        needed = tuple(filter(None, (source, target, kind)))
        for row in rows(part.file, needed=needed):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            said = cells[kind].strip().lower() if kind else "broader"
            if said not in ("essential", "optional", "broader"):
                yield BadRow(part.file.place, number, f"relationType is “{said}”, not essential or optional")
                continue
            yield number, RelationRecord(cells[source].strip(), cells[target].strip(), said)


def _texts(uri: str, language: str, label: str, cells: dict[str, str]) -> Iterator[Record]:
    """The texts of a row. A language that has no word for a concept yet leaves the label empty: that is no fault."""
    if label:
        yield LabelRecord(uri, language, "preferred", label)
    for column, kind in (("altlabels", "alternative"), ("hiddenlabels", "hidden")):
        for text in split_labels(cells.get(column, "")):
            yield LabelRecord(uri, language, kind, text)
    if description := clean(cells.get("description", "")):
        yield LabelRecord(uri, language, "description", description)
