"""Words in an advert that choose people on a forbidden ground, or ask a jobseeker for money.

The patterns are data, one file a language in data/advert_words. A finding is a reason for a person to look, never a
verdict: the pack says what the ground means in a country, and a person decides.

Text is compared in NFKC, without case and without zero-width characters; positions are those of the text as given.
Scripts that write without spaces (Khmer, Lao, Thai, Chinese) are searched without word boundaries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from openpes_countries.errors import PackError, PackProblem
from openpes_countries.lines import Lined, read_yaml

FOLDER: Final = Path(__file__).parent / "data" / "advert_words"
MONEY: Final = "fees"
_APOSTROPHES: Final = str.maketrans("’‘ʼ", "'''")
_ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_FIELDS: Final = ("about", "language", "spaced", "checked", "verify_before_use", "parts", "grounds", "harmless")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, text[start:end], that touches a ground."""

    ground: str
    text: str
    start: int
    end: int
    why: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Pattern:
    ground: str
    regex: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class _Words:
    language: str
    patterns: tuple[_Pattern, ...]
    harmless: tuple[re.Pattern[str], ...]


def _joins(char: str) -> bool:
    """Does this character belong to the letter before it (marks, conjoining jamo)?"""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"


def normalised(text: str) -> tuple[str, list[int], list[int]]:
    """The text for comparing, with the start and end in the given text of each of its characters."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(text):
        begin = index
        index += 1
        while index < len(text) and (_joins(text[index]) or text[index] in _ZERO_WIDTH):
            index += 1
        cluster = "".join(char for char in text[begin:index] if char not in _ZERO_WIDTH)
        for char in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold()).translate(
            _APOSTROPHES
        ):
            out.append(" " if char.isspace() else char)
            starts.append(begin)
            ends.append(index)
    return "".join(out), starts, ends


def _compiled(written: str, spaced: bool, parts: dict[str, str], shown: str, line: int) -> re.Pattern[str]:
    expression = written
    for name, part in parts.items():
        expression = expression.replace(f"<{name}>", f"(?:{part})")
    expression = (
        unicodedata.normalize("NFKC", expression).replace(" ?", r"\s*").replace(" ", r"\s+" if spaced else r"\s*")
    )
    if spaced:
        expression = rf"(?:(?<!\w)|(?=\W))(?:{expression})(?:(?!\w)|(?<=\W))"
    try:
        return re.compile(expression)
    except re.error as fault:
        problem = PackProblem(shown, line, written, f"cannot be searched: {fault}.", "Compare with en.yaml.")
        raise PackError([problem]) from fault


@cache
def _words(language: str) -> _Words | None:
    path = FOLDER / f"{language}.yaml"
    if not path.exists():
        return None
    shown = f"data/advert_words/{language}.yaml"
    loaded = read_yaml(path, shown)
    extra = [field for field in loaded if field not in _FIELDS]
    if extra:
        problem = PackProblem(
            shown, loaded.line_of(extra[0]), extra[0], "is not a field.", f"Use: {', '.join(_FIELDS)}."
        )
        raise PackError([problem])
    spaced, parts = bool(loaded["spaced"]), dict(loaded.get("parts") or {})
    patterns: list[_Pattern] = []
    for ground, entries in loaded["grounds"].items():
        for entry in entries:
            assert isinstance(entry, Lined)
            for written in entry["find"]:
                regex = _compiled(str(written), spaced, parts, shown, entry.line)
                patterns.append(_Pattern(ground, regex, entry["why"]))
    line = loaded.line_of("harmless")
    harmless = tuple(_compiled(str(one), spaced, parts, shown, line) for one in loaded.get("harmless") or ())
    return _Words(language, tuple(patterns), harmless)


def languages_covered() -> tuple[str, ...]:
    """The languages that have a word list."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def find_forbidden_words(text: str, languages: Sequence[str] = ("en",)) -> tuple[Finding, ...]:
    """Every stretch that touches a ground, in reading order; overlapping finds of one ground become the longest.

    languages: tags to search in; English is always searched too, for adverts mix languages. A tag falls back to its
    base language (zh-Hans to zh). Languages without a word list are passed over: see languages_covered().
    """
    plain, starts, ends = normalised(text)
    found: list[Finding] = []
    for language in dict.fromkeys([*languages, "en"]):
        words = _words(language) or _words(language.split("-")[0])
        if words is None:
            continue
        safe = [match.span() for harmless in words.harmless for match in harmless.finditer(plain)]
        for pattern in words.patterns:
            for match in pattern.regex.finditer(plain):
                begin, end = match.span()
                if begin == end or any(low <= begin and end <= high for low, high in safe):
                    continue
                first, last = starts[begin], ends[end - 1]
                found.append(Finding(pattern.ground, text[first:last], first, last, pattern.why, words.language))
    return tuple(_longest(found))


def _longest(found: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.ground, one.start, -(one.end - one.start))):
        last = kept[-1] if kept else None
        if last and last.ground == finding.ground and finding.start < last.end:
            if finding.end - finding.start > last.end - last.start:
                kept[-1] = finding
            continue
        kept.append(finding)
    return sorted(kept, key=lambda one: (one.start, one.end, one.ground))
