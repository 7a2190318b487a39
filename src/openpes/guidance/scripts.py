"""Interview scripts as data: reading, checking, writing. Pure but for the files that come with the service.

A script is one YAML file:

    code, title, for_whom, minutes        minutes: 10, 20 or 40; the parts add up to it
    language, before                      optional: the tag of `ask_local`; what the counsellor gets ready
    parts: code, title, minutes, kind     kind: talk, barriers, activities or interests
           say, questions                 say: what to explain first. Only a talk has questions
    questions: code, ask                  optional: ask_local, prompts (a list), write (what to write down)

``read_script`` raises PackError with file, line and field of every mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from openpes.guidance.states import ForWhom, PartKind
from openpes_countries.errors import PackError, PackProblem
from openpes_countries.lines import Lined, read_yaml_text

SHIPPED: Final = Path(__file__).parent / "data" / "scripts"
LENGTHS: Final = (10, 20, 40)
MOST_PARTS, MOST_QUESTIONS, MOST_PROMPTS, LONGEST = 10, 8, 6, 400
LARGEST_FILE: Final = 64 * 1024
_CODE: Final = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
_TAG: Final = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")
_SCRIPT: Final = (("code", "title", "for_whom", "minutes", "parts"), ("language", "before"))
_PART: Final = (("code", "title", "minutes", "kind"), ("say", "questions"))
_QUESTION: Final = (("code", "ask"), ("ask_local", "prompts", "write"))


@dataclass(frozen=True)
class Question:
    """An open question; `ask_local` is its wording in the country's language."""

    code: str
    ask: str
    ask_local: str = ""
    prompts: tuple[str, ...] = ()
    write: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a conversation with its minutes."""

    code: str
    title: str
    minutes: int
    kind: PartKind
    say: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Script:
    """A whole conversation."""

    code: str
    title: str
    for_whom: ForWhom
    minutes: int
    parts: tuple[Part, ...]
    language: str = ""
    before: str = ""

    def part(self, code: str) -> Part | None:
        """The part with a code, or None."""
        return next((one for one in self.parts if one.code == code), None)


class _Reader:
    """Reads one script and collects every mistake with its line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[PackProblem] = []

    def wrong(self, line: int, field: str, problem: str, mend: str) -> None:
        self.problems.append(PackProblem(self.file, line, field, problem, mend))

    def block(self, found: Any, shape: tuple[tuple[str, ...], tuple[str, ...]], where: str, line: int) -> bool:
        """Are the fields those of this block?"""
        must, may = shape
        if not isinstance(found, Mapping):
            self.wrong(line, where, "is not a block of fields.", f"Write the fields {', '.join(must)}.")
            return False
        for name in must:
            if name not in found:
                self.wrong(line_of(found, ""), f"{where}{name}", "is missing.", "Add it.")
        for name in found:
            if name not in must + may:
                self.wrong(
                    line_of(found, name), f"{where}{name}", "is not a field here.", f"Use: {', '.join(must + may)}."
                )
        return all(name in found for name in must)

    def text(self, found: Mapping[str, Any], name: str, where: str, *, needed: bool = False) -> str:
        value = found.get(name)
        if value is None or value == "":
            if needed:
                self.wrong(line_of(found, name), f"{where}{name}", "is empty.", "Write words.")
            return ""
        if not isinstance(value, str):
            self.wrong(line_of(found, name), f"{where}{name}", "is not text.", "Put it in quotes.")
            return ""
        words = " ".join(value.split())
        if len(words) > LONGEST:
            self.wrong(line_of(found, name), f"{where}{name}", "is too long.", f"Use at most {LONGEST} letters.")
        return words

    def code(self, found: Mapping[str, Any], where: str, seen: set[str]) -> str:
        value = str(found.get("code", ""))
        if not _CODE.match(value):
            self.wrong(line_of(found, "code"), f"{where}code", f"“{value}” is not a code.", "Use a-z, 0-9 and _.")
        elif value in seen:
            self.wrong(line_of(found, "code"), f"{where}code", f"“{value}” is used twice.", "Give each its own code.")
        seen.add(value)
        return value

    def one_of(self, found: Mapping[str, Any], name: str, where: str, known: Any) -> Any:
        value = found.get(name)
        for one in known:
            if value == one or str(value) == str(one):
                return one
        choice = ", ".join(str(one) for one in known)
        self.wrong(line_of(found, name), f"{where}{name}", f"“{value}” is not known.", f"Use one of: {choice}.")
        return None

    def items(self, found: Mapping[str, Any], name: str, where: str, most: int) -> list[Any]:
        value = found.get(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.wrong(line_of(found, name), f"{where}{name}", "is not a list.", "Begin each line with `-`.")
            return []
        if len(value) > most:
            self.wrong(line_of(found, name), f"{where}{name}", f"holds {len(value)}.", f"Keep at most {most}.")
        return list(value[:most])


def line_of(found: Mapping[str, Any], name: str) -> int:
    """The line of a field in the file; 1 for what was typed on screen."""
    return found.line_of(name) if isinstance(found, Lined) else 1


def _question(reader: _Reader, found: Any, where: str, seen: set[str], line: int) -> Question | None:
    if not reader.block(found, _QUESTION, where, line):
        return None
    prompts = reader.items(found, "prompts", where, MOST_PROMPTS)
    for one in prompts:
        if not isinstance(one, str) or len(one) > LONGEST:
            reader.wrong(line_of(found, "prompts"), f"{where}prompts", "are not short texts.", "Put each in quotes.")
    return Question(
        reader.code(found, where, seen),
        reader.text(found, "ask", where, needed=True),
        reader.text(found, "ask_local", where),
        tuple(" ".join(str(one).split()) for one in prompts),
        reader.text(found, "write", where),
    )


def _minutes(reader: _Reader, found: Mapping[str, Any], where: str) -> int:
    value = found.get("minutes")
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= max(LENGTHS):
        reader.wrong(line_of(found, "minutes"), f"{where}minutes", f"“{value}” is no length.", "Write whole minutes.")
        return 0
    return value


def _part(reader: _Reader, found: Any, number: int, seen: set[str], line: int) -> Part | None:
    where = f"parts[{number}]."
    if not reader.block(found, _PART, where, line):
        return None
    kind = reader.one_of(found, "kind", where, PartKind)
    asked: set[str] = set()
    questions = [
        _question(reader, one, f"{where}questions[{place}].", asked, line_of(found, "questions"))
        for place, one in enumerate(reader.items(found, "questions", where, MOST_QUESTIONS), start=1)
    ]
    if kind == PartKind.TALK and not questions:
        reader.wrong(line_of(found, "questions"), f"{where}questions", "are missing.", "A talk has a question.")
    if kind not in (None, PartKind.TALK) and questions:
        reader.wrong(
            line_of(found, "questions"), f"{where}questions", f"do not belong to {kind}.", "Make another part of them."
        )
    return Part(
        reader.code(found, where, seen),
        reader.text(found, "title", where, needed=True),
        _minutes(reader, found, where),
        kind or PartKind.TALK,
        reader.text(found, "say", where),
        tuple(one for one in questions if one is not None),
    )


def script_from(found: Mapping[str, Any], file: str) -> Script:
    """A script from its fields, from a file or from the screen. Raises PackError with every mistake."""
    reader = _Reader(file)
    if not reader.block(found, _SCRIPT, "", 1):
        raise PackError(reader.problems)
    seen: set[str] = set()
    entries = reader.items(found, "parts", "", MOST_PARTS)
    if not entries:
        reader.wrong(line_of(found, "parts"), "parts", "are missing.", "A script has at least one part.")
    made = [_part(reader, one, number, seen, line_of(found, "parts")) for number, one in enumerate(entries, start=1)]
    parts = tuple(one for one in made if one is not None)
    minutes = reader.one_of(found, "minutes", "", LENGTHS)
    if minutes is not None and len(parts) == len(made) and sum(one.minutes for one in parts) != minutes:
        together = sum(one.minutes for one in parts)
        reader.wrong(
            line_of(found, "minutes"),
            "minutes",
            f"The parts take {together} minutes, not {minutes}.",
            "Change the minutes of the parts.",
        )
    for kind in (PartKind.BARRIERS, PartKind.ACTIVITIES, PartKind.INTERESTS):
        if sum(one.kind == kind for one in parts) > 1:
            reader.wrong(line_of(found, "parts"), "parts", f"Two parts are {kind}.", "Keep one of them.")
    language = reader.text(found, "language", "")
    if language and not _TAG.match(language):
        reader.wrong(line_of(found, "language"), "language", f"“{language}” is no language.", "Write km, fil or vi.")
    if language == "" and any(one.ask_local for part in parts for one in part.questions):
        reader.wrong(line_of(found, "language"), "language", "is missing.", "Say which language ask_local is in.")
    code = reader.code(found, "", set())
    title = reader.text(found, "title", "", needed=True)
    for_whom = reader.one_of(found, "for_whom", "", ForWhom)
    before = reader.text(found, "before", "")
    if reader.problems:
        raise PackError(reader.problems)
    return Script(code, title, for_whom, minutes, parts, language, before)


def read_script(text: str, file: str) -> Script:
    """A script from the text of its file. Raises PackError with every mistake."""
    if len(text.encode()) > LARGEST_FILE:
        raise PackError([PackProblem(file, 1, "file", "is too large.", "A script has at most 64 kB.")])
    loaded = read_yaml_text(
        text, file, compare="Compare with a script that you download here.", begin="Begin with `code:` and `title:`."
    )
    return script_from(loaded, file)


def as_data(script: Script) -> dict[str, Any]:
    """The fields of a script as plain data, for a column; `script_from` reads them back."""
    data = asdict(script)
    data["for_whom"] = str(script.for_whom)
    for part, made in zip(data["parts"], script.parts, strict=True):
        part["kind"] = str(made.kind)
        part["questions"] = [{**one, "prompts": list(one["prompts"])} for one in part["questions"]]
    data["parts"] = list(data["parts"])
    return data


def as_yaml(script: Script) -> str:
    """A script as the text of its file; what is empty is left out."""

    def lean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: lean(one) for key, one in value.items() if one not in ("", [], (), None)}
        return [lean(one) for one in value] if isinstance(value, list) else value

    return yaml.safe_dump(lean(as_data(script)), allow_unicode=True, sort_keys=False, width=110)


@lru_cache(maxsize=1)
def shipped_scripts() -> Mapping[str, Script]:
    """The scripts that come with the service, by code. Raises PackError when one is badly written."""
    scripts = [read_script(path.read_text(encoding="utf-8"), path.name) for path in sorted(SHIPPED.glob("*.yaml"))]
    return {one.code: one for one in scripts}
