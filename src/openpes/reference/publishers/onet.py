"""O*NET as its text files: tab-separated, such as "Occupation Data.txt" (spaces or low lines in the names).

Skills are the elements of the content model below Skills (2.A, 2.B), Knowledge (2.C), Abilities (1.A) and Work
Activities (4.A), and the kinds of software in Technology Skills. An occupation needs an element as essential when its
importance (scale IM, 1 to 5) is 3 "important" or more, and as optional from 2 "somewhat important"; rows that the
publisher asks to suppress are left out, and so is everything below 2. Titles are read with every way people say them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpes.reference.publishers.parts import Numbered, Part, versions_in
from openpes.reference.publishers.records import BadRow, ConceptRecord, LabelRecord, LevelRecord, RelationRecord
from openpes.reference.publishers.sources import Download, SourceFile, clean, rows

ESSENTIAL_FROM, OPTIONAL_FROM = 3.0, 2.0
_TYPES = {"2.A": "skill", "2.B": "skill", "2.C": "knowledge", "1.A": "ability", "4.A": "work activity"}
_ROLES = {
    "occupationdata": "occupations",
    "contentmodelreference": "elements",
    "alternatetitles": "alternate titles",
    "sampleofreportedtitles": "reported titles",
    "relatedoccupations": "related",
    "jobzones": "job zones",
    "skills": "skills",
    "knowledge": "knowledge",
    "abilities": "abilities",
    "workactivities": "work activities",
    "technologyskills": "technology",
}
_TITLE_COLUMN = {"alternate titles": "alternate title", "reported titles": "reported job title"}
_SOC = re.compile(r"\d{2}-\d{4}\.\d{2}")
_READ_ME = re.compile(r"O\*NET\s+(\d{1,3})\.(\d{1,2})\s+Database", re.IGNORECASE)
_LOW_LINES = re.compile(r"(?:db|onet)_(\d{1,3})_(\d{1,2})(?!\d)", re.IGNORECASE)
_SOC_COLUMN = "o*net-soc code"


class Onet:
    """The format of O*NET's text files."""

    scheme = "onet"
    title = "O*NET"
    order: tuple[str, ...] = (
        "occupations", "elements", "technology", "alternate titles", "reported titles", "related", "job zones",
        "skills", "knowledge", "abilities", "work activities",
    )  # fmt: skip
    concept_roles: tuple[str, ...] = ("occupations",)
    ends_of: dict[str, tuple[str, ...]] = dict.fromkeys(order[2:], ("occupations",))
    rereads = True

    def __init__(self) -> None:
        self._named: set[str] = set()
        self._titles_seen: set[tuple[str, str]] = set()

    def recognise(self, file: SourceFile) -> tuple[str, str] | None:
        """(role, language) of a file; O*NET speaks English."""
        stem, _, ending = file.name.rpartition(".")
        role = _ROLES.get(re.sub(r"[\s_]+", "", stem).lower())
        if role is None or ending.lower() != "txt":
            return None
        return (role, "en") if {_SOC_COLUMN, "element id"} & set(file.header()) else None

    def told_version(self, download: Download) -> str | None:
        """From the names (db_27_0_text), or the publisher's Read Me."""
        if named := versions_in(download.names, _LOW_LINES):
            return named[0]
        for file in download.files:
            if re.sub(r"[\s_]+", "", file.name).lower() == "readme.txt":
                with file.open() as binary:
                    if match := _READ_ME.search(binary.read(4096).decode("utf-8", errors="replace")):
                        return f"{match.group(1)}.{match.group(2)}"
        return None

    def records(self, part: Part) -> Iterator[Numbered | BadRow]:
        """What the rows of a part say."""
        read = {
            "occupations": self._occupations,
            "elements": self._elements,
            "technology": self._technology,
            "related": self._related,
            "job zones": self._job_zones,
            "alternate titles": self._titles,
            "reported titles": self._titles,
        }.get(part.role, self._importance)
        return read(part)

    def _rows(self, part: Part, *needed: str) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
        for row in rows(part.file, needed=needed, delimiter="\t"):
            code = "" if isinstance(row, BadRow) else row[1].get(_SOC_COLUMN, "").strip()
            if not isinstance(row, BadRow) and _SOC_COLUMN in needed and not _SOC.fullmatch(code):
                yield BadRow(part.file.place, row[0], f"“{code}” is not an O*NET-SOC code")
                continue
            yield row

    def _occupations(self, part: Part) -> Iterator[Numbered | BadRow]:
        for row in self._rows(part, _SOC_COLUMN, "title"):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            code, title = cells[_SOC_COLUMN].strip(), clean(cells["title"])
            if not title:
                yield BadRow(part.file.place, number, "the title is empty")
                continue
            yield number, ConceptRecord(f"onet:{code}", "occupation", code)
            yield number, LabelRecord(f"onet:{code}", "en", "preferred", title)
            if description := clean(cells.get("description", "")):
                yield number, LabelRecord(f"onet:{code}", "en", "description", description)

    def _elements(self, part: Part) -> Iterator[Numbered | BadRow]:
        found: list[tuple[int, dict[str, str]]] = []
        for row in self._rows(part, "element id", "element name"):
            if isinstance(row, BadRow):
                yield row
            elif _TYPES.get(row[1]["element id"].strip()[:3]):
                found.append(row)
        ids = {cells["element id"].strip() for _, cells in found}
        parents = {one.rpartition(".")[0] for one in ids}
        for number, cells in found:
            element = cells["element id"].strip()
            words = cells["element name"], cells.get("description", "")
            yield from self._element(number, element, *words, element in parents)
        for number, cells in found:
            element = cells["element id"].strip()
            above = element.rpartition(".")[0]
            if above in ids:
                yield number, RelationRecord(f"onet:{element}", f"onet:{above}", "broader")

    def _element(self, number: int, element: str, name: str, description: str, is_group: bool) -> Iterator[Numbered]:
        uri = f"onet:{element}"
        self._named.add(uri)
        yield number, ConceptRecord(uri, "group" if is_group else "skill", element, skill_type=_TYPES[element[:3]])
        yield number, LabelRecord(uri, "en", "preferred", clean(name))
        if description := clean(description):
            yield number, LabelRecord(uri, "en", "description", description)

    def _technology(self, part: Part) -> Iterator[Numbered | BadRow]:
        needs: set[tuple[str, str]] = set()
        examples: set[tuple[str, str]] = set()
        for row in self._rows(part, _SOC_COLUMN, "example", "commodity code", "commodity title"):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            uri, example = f"onet:{cells['commodity code'].strip()}", clean(cells["example"])
            if uri not in self._named:
                self._named.add(uri)
                yield number, ConceptRecord(uri, "skill", cells["commodity code"].strip(), skill_type="technology")
                yield number, LabelRecord(uri, "en", "preferred", clean(cells["commodity title"]))
            if (uri, example) not in examples and example:
                examples.add((uri, example))
                yield number, LabelRecord(uri, "en", "alternative", example)
            pair = (f"onet:{cells[_SOC_COLUMN].strip()}", uri)
            if pair not in needs:
                needs.add(pair)
                yield number, RelationRecord(*pair, "optional")

    def _titles(self, part: Part) -> Iterator[Numbered | BadRow]:
        column = _TITLE_COLUMN[part.role]
        for row in self._rows(part, _SOC_COLUMN, column):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            uri = f"onet:{cells[_SOC_COLUMN].strip()}"
            for title in (cells[column], cells.get("short title", "")):
                if (text := clean(title)) and text != "n/a" and (uri, text) not in self._titles_seen:
                    self._titles_seen.add((uri, text))
                    yield number, LabelRecord(uri, "en", "alternative", text)

    def _related(self, part: Part) -> Iterator[Numbered | BadRow]:
        for row in self._rows(part, _SOC_COLUMN, "related o*net-soc code"):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            rank = cells.get("index", "").strip()
            pair = (f"onet:{cells[_SOC_COLUMN].strip()}", f"onet:{cells['related o*net-soc code'].strip()}")
            yield number, RelationRecord(*pair, "related", int(rank) if rank.isdigit() else None)

    def _job_zones(self, part: Part) -> Iterator[Numbered | BadRow]:
        for row in self._rows(part, _SOC_COLUMN, "job zone"):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            zone = cells["job zone"].strip()
            if zone not in {"1", "2", "3", "4", "5"}:
                yield BadRow(part.file.place, number, f"“{zone}” is not a job zone: they go from 1 to 5")
                continue
            yield number, LevelRecord(f"onet:{cells[_SOC_COLUMN].strip()}", int(zone))

    def _importance(self, part: Part) -> Iterator[Numbered | BadRow]:
        for row in self._rows(part, _SOC_COLUMN, "element id", "element name", "scale id", "data value"):
            if isinstance(row, BadRow):
                yield row
                continue
            number, cells = row
            if cells["scale id"].strip() != "IM" or cells.get("recommend suppress", "").strip() == "Y":
                continue
            element = cells["element id"].strip()
            try:
                value = float(cells["data value"])
            except ValueError:
                value = -1.0
            if not 0.0 <= value <= 5.0 or element[:3] not in _TYPES:
                said = f"“{cells['data value']}” for {element} is not an importance of a skill"
                yield BadRow(part.file.place, number, said)
                continue
            if f"onet:{element}" not in self._named:
                # A copy without the content model still names its elements here.
                yield from self._element(number, element, cells["element name"], "", False)
            if value >= OPTIONAL_FROM:
                kind = "essential" if value >= ESSENTIAL_FROM else "optional"
                pair = (f"onet:{cells[_SOC_COLUMN].strip()}", f"onet:{element}")
                yield number, RelationRecord(*pair, kind, round(value * 100))
