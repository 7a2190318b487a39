"""The words of adverts by meaning, one file a language in data/advert_lexicon, and where they stand in a text.

A file says for each meaning ("only", "patient or customer", "pays") how the language says it. The rules that put
meanings together are the same for every language: data/advert_checks.yaml.

How words are written: `|` parts them, `( )` groups, `?` is "or not", `*` is any ending, `…` is a few words between,
`#` is a number, and a blank is any run of blanks (none is needed where a script has no blanks between words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from openpes_countries.advert_text import plain_of, without_accents
from openpes_countries.errors import PackError, PackProblem
from openpes_countries.lines import read_yaml

FOLDER: Final = Path(__file__).parent / "data" / "advert_lexicon"
SHARED: Final = "_all"
_FIELDS: Final = ("about", "language", "bounds", "letters", "scale", "checked", "verify_before_use", "words")
_MARKS: Final = r"\u0900-\u0963\u0966-\u097f\u0980-\u09fe"
_LETTER: Final = rf"[\w{_MARKS}]"
_ENDING: Final = re.compile(r"(?<![)\]])(?<!\\s)\*")
_MARKED_VI: Final = re.compile(r"[àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ]")


class Hit(NamedTuple):
    """Where a meaning stands in the comparable text, and in whose words."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words, compiled: by meaning, those in its own script and those in Latin letters."""

    language: str
    scale: float
    letters: re.Pattern[str] | None
    own: tuple[tuple[str, re.Pattern[str]], ...]
    latin: tuple[tuple[str, re.Pattern[str]], ...]
    unmarked: tuple[tuple[str, re.Pattern[str]], ...]
    written: dict[str, tuple[str, ...]]


def alternatives(written: str) -> list[str]:
    """The ways of one meaning, parted at the outer bars."""
    depth, start, found = 0, 0, []
    for place, char in enumerate(written):
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            found.append(written[start:place].strip())
            start = place + 1
    return [one for one in (*found, written[start:].strip()) if one]


def _expression(words: str, *, spaced: bool) -> str:
    # The comparable text has three full stops for the one sign "…": it waits outside.
    plain = plain_of(words.replace("…", "\2")).text
    few = 24 if spaced else 12
    out = plain.replace("(?", "\0").replace("(", "(?:").replace("\0", "(?")
    # Endings first: the blanks below bring stars of their own. After a group or a set a star is "any number of times".
    out = _ENDING.sub(lambda _: rf"{_LETTER}*", out)
    out = out.replace("[- ]?", "\1").replace("[- ]", " ")
    out = out.replace(" ?", r"\s*").replace(" ", r"[\s\-]+" if spaced else r"\s*")
    out = out.replace("\2", rf"[^.!?;।。！？\n]{{0,{few}}}?")
    return out.replace("#", r"\d[\d.,]*").replace("\1", r"[\s\-]?")


def _compiled(found: Iterable[str], *, spaced: bool, before: bool, after: bool) -> str:
    ordered = sorted(set(found), key=lambda one: (-len(one), one))
    joined = "|".join(_expression(one, spaced=spaced) for one in ordered)
    head = rf"(?<!{_LETTER})" if before else ""
    tail = rf"(?!{_LETTER})" if after else ""
    return f"{head}(?:{joined}){tail}"


def _is_latin(words: str) -> bool:
    return all(char < "\u0300" or "\u1e00" <= char <= "\u20cf" or char == "…" for char in words)


def _pattern(expression: str, shown: str, line: int, meaning: str) -> re.Pattern[str]:
    try:
        return re.compile(expression)
    except re.error as fault:
        problem = PackProblem(shown, line, meaning, f"cannot be searched: {fault}.", "Compare with en.yaml.")
        raise PackError([problem]) from fault


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language, or None when it has no file."""
    path = FOLDER / f"{language}.yaml"
    if not path.exists():
        return None
    shown = f"data/advert_lexicon/{language}.yaml"
    read = read_yaml(path, shown)
    extra = [field for field in read if field not in _FIELDS]
    if extra:
        fix = f"Use: {', '.join(_FIELDS)}."
        raise PackError([PackProblem(shown, read.line_of(extra[0]), extra[0], "is not a field.", fix)])
    bounds, letters = str(read["bounds"]), read.get("letters")
    own, latin, unmarked, written = [], [], [], {}
    for meaning, words in read["words"].items():
        ways = alternatives(str(words))
        written[str(meaning)] = tuple(ways)
        line = read["words"].line_of(meaning)
        in_latin = [one for one in ways if _is_latin(one)]
        in_own = [one for one in ways if not _is_latin(one)]
        if in_own:
            text = _compiled(in_own, spaced=bounds != "none", before=bounds != "none", after=bounds == "both")
            own.append((str(meaning), _pattern(text, shown, line, str(meaning))))
        if in_latin:
            text = _compiled(in_latin, spaced=True, before=True, after=True)
            folded = _pattern(without_accents(text), shown, line, str(meaning))
            latin.append((str(meaning), _pattern(text, shown, line, str(meaning)) if language == "vi" else folded))
            unmarked.append((str(meaning), folded))
    return Lexicon(
        language,
        float(read.get("scale") or 1),
        re.compile(f"[{letters}]") if letters else None,
        tuple(own),
        tuple(latin),
        tuple(unmarked),
        written,
    )


def languages_read() -> tuple[str, ...]:
    """The languages that have words."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != SHARED))


def lexicons_of(languages: Sequence[str]) -> list[Lexicon]:
    """The words to search with: those of the languages or of their base, and English, for adverts mix languages."""
    found: dict[str, Lexicon] = {}
    for tag in [*languages, "en", SHARED]:
        one = lexicon(tag) or lexicon(tag.split("-")[0])
        if one is not None:
            found[one.language] = one
    return list(found.values())


def _searches(one: Lexicon, plain: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    if one.own and (one.letters is None or one.letters.search(plain)):
        yield from ((meaning, pattern, False) for meaning, pattern in one.own)
    is_marked = one.language == "vi" and _MARKED_VI.search(plain) is not None
    for meaning, pattern in one.latin if is_marked else one.unmarked:
        yield meaning, pattern, not is_marked


def hits_in(plain: str, languages: Sequence[str]) -> dict[str, list[Hit]]:
    """Every meaning that the text says, with the places, in reading order."""
    folded = without_accents(plain)
    found: dict[str, list[Hit]] = {}
    for one in lexicons_of(languages):
        for meaning, pattern, fold in _searches(one, plain):
            for match in pattern.finditer(folded if fold else plain):
                if match.end() > match.start():
                    found.setdefault(meaning, []).append(Hit(match.start(), match.end(), one.language))
    for hits in found.values():
        hits.sort()
    return found
