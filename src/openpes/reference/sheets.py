"""The occupation sheets: what one does, a day, ways in and where it leads, for each of the 436 unit groups.

    sheet("5131")            Sheet, frozen; its texts are English drafts until an expert signs them
    sheets()                 every sheet by code
    faults(folder)           (rule, file, place, sentence) for everything that is wrong, for ``openpes taxonomy check``

The texts lie in ``data/sheets/<major digit>.yaml``; that folder's README says how to write one. Pure: no database,
no clock, no settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from openpes.reference import taxonomy
from openpes_countries.errors import PackError
from openpes_countries.lines import read_yaml

FOLDER_NAME = "sheets"
WORD_LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType({"careful": (80, 150), "short": (35, 90)})
_MAY_BE_MISSING = "good_to_know"
_MARKS = ("care", "signed_by", "signed_on")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of one unit group. ``care`` is careful or short; ``good_to_know`` may be "".

    ``signed_by`` is the name of the expert who has read it, with the work they know, and ``signed_on`` the day
    (ISO 8601); both are "" for a draft.
    """

    isco: str
    does: str
    day: str
    ways_in: str
    leads_to: str
    good_to_know: str
    care: str
    signed_by: str = ""
    signed_on: str = ""

    @property
    def words(self) -> int:
        """How many words the texts have together."""
        return sum(len(getattr(self, name).split()) for name in TEXT_FIELDS)


TEXT_FIELDS = tuple(field.name for field in fields(Sheet) if field.name not in ("isco", *_MARKS))


def _plain(text: object) -> str:
    """A text of the file on one line."""
    return " ".join(str(text).split()) if text is not None else ""


@cache
def _of_major(major: str) -> Mapping[str, Sheet]:
    name = f"{major}.yaml"
    loaded = read_yaml(taxonomy.DATA_FOLDER / FOLDER_NAME / name, f"{FOLDER_NAME}/{name}")
    return MappingProxyType(
        {
            code: Sheet(code, **{field: _plain(entry.get(field)) for field in (*TEXT_FIELDS, *_MARKS)})
            for code, entry in loaded.items()
        }
    )


def sheet(isco: str) -> Sheet:
    """The sheet of a unit group. Raises UnknownCode."""
    taxonomy.occupation(isco)
    try:
        return _of_major(isco[0])[isco]
    except (KeyError, PackError):
        raise taxonomy.UnknownCode(f"There is no sheet for “{isco}”.") from None


def sheets() -> Mapping[str, Sheet]:
    """Every sheet by code, in order of the codes."""
    return MappingProxyType({code: one for major in "0123456789" for code, one in _of_major(major).items()})


Fault = tuple[str, str, str, str]


def faults(folder: Path = taxonomy.DATA_FOLDER) -> Iterator[Fault]:
    """Everything that is wrong with the sheets of a folder: files, codes, fields, lengths, order, care."""
    codes = [row["code"] for row in taxonomy.read_rows("isco08.csv", folder) if row["level"] == "4"]
    careful = {row["isco"] for row in taxonomy.read_rows("youth_entry.csv", folder)}
    for major in "0123456789":
        name = f"{FOLDER_NAME}/{major}.yaml"
        wanted = [code for code in codes if code[0] == major]
        try:
            entries = read_yaml(folder / FOLDER_NAME / f"{major}.yaml", name)
        except PackError as error:
            for problem in error.problems:
                yield "missing-sheet", name, f"line {problem.line}", f"{problem.field} {problem.problem}"
            continue
        for code in wanted:
            if code not in entries:
                yield "missing-sheet", name, code, "has no sheet"
        for code, entry in entries.items():
            if code not in wanted:
                yield "impossible-code", name, code, f"is not a unit group of major group {major}"
            elif not isinstance(entry, dict):
                yield "missing-text", name, code, "holds no fields"
            else:
                yield from _faults_of(name, code, entry, "careful" if code in careful else "short")
        if list(entries) != sorted(entries):
            yield "unsorted", name, "order", "keep the sheets in order of their codes"


def _faults_of(name: str, code: str, entry: Mapping[str, object], care: str) -> Iterator[Fault]:
    for field in sorted(set(entry) - {*TEXT_FIELDS, *_MARKS}):
        yield "impossible-code", name, code, f"there is no field “{field}” in a sheet"
    for field in TEXT_FIELDS:
        if field != _MAY_BE_MISSING and not _plain(entry.get(field)):
            yield "missing-text", name, code, f"{field} is empty"
    if bool(_plain(entry.get("signed_by"))) != isinstance(entry.get("signed_on"), date):
        yield "impossible-code", name, code, "is signed with a name and a day (2027-01-31), or with neither"
    if entry.get("care") != care:
        yield "impossible-code", name, code, f"care is “{care}” here, by the list of what young people enter"
        return
    length = sum(len(_plain(entry.get(field)).split()) for field in TEXT_FIELDS)
    least, most = WORD_LIMITS[care]
    if not least <= length <= most:
        yield "sheet-length", name, code, f"has {length} words; {least} to {most} are wanted for a {care} one"
