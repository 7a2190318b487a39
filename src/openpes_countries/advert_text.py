"""An advert's text made comparable, with the place of each letter in the text as given.

NFKC, no case, no zero-width characters, ASCII digits from every script, look-alike letters put back into the script of
their word, and letters that somebody spaced out ("f e m a l e") joined again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_APOSTROPHES: Final = str.maketrans("’‘ʼ`´“”", "'''''\"\"")
_ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f")
_CYRILLIC: Final = "авекмнорстухіјѕԁԛԝ"
_LATIN: Final = "abekmhopctyxijsdqw"
_TO_LATIN: Final = dict(zip(_CYRILLIC, _LATIN, strict=True)) | dict(zip("αεικνορτυχ", "aeiknoptux", strict=True))
_TO_CYRILLIC: Final = {latin: cyrillic for cyrillic, latin in zip(_CYRILLIC, _LATIN, strict=True) if cyrillic < "і"}
_WORD: Final = re.compile(r"[^\W\d_]+")
_SPACED_OUT: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]([ .\-_*·])(?:[^\W\d_]\1){2,}[^\W\d_])(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Plain:
    """The comparable text; `starts` and `ends` place each of its characters in the text as given."""

    text: str
    starts: list[int]
    ends: list[int]

    def given(self, begin: int, end: int) -> tuple[int, int]:
        """The place of a stretch in the text as given."""
        return self.starts[begin], self.ends[end - 1]


def _joins(char: str) -> bool:
    """Does this character belong to the letter before it (marks, conjoining jamo)?"""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"


def _ascii_digit(char: str) -> str:
    digit = unicodedata.decimal(char, None) if char > "\x7f" else None
    return char if digit is None else str(digit)


def _composed(cluster: str) -> str:
    if len(cluster) == 1 and cluster < "\x80":
        return cluster.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(_ascii_digit(char) for char in folded.translate(_APOSTROPHES))


def _own_script(match: re.Match[str]) -> str:
    """One word in one script: a word of both is written in the one that has more letters of its own."""
    word = match[0]
    if word.isascii() or not any("a" <= char <= "z" for char in word):
        return word
    foreign = sum("\u0370" <= char <= "\u052f" for char in word)
    if not foreign:
        return word
    latin = sum("a" <= char <= "z" for char in word)
    table = _TO_CYRILLIC if foreign > latin else _TO_LATIN
    return "".join(table.get(char, char) for char in word)


def plain_of(text: str) -> Plain:
    """The text for comparing, and where each of its characters stands in the text as given."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(text):
        begin = index
        index += 1
        while index < len(text) and (text[index] > "\x7f" and (_joins(text[index]) or text[index] in _ZERO_WIDTH)):
            index += 1
        cluster = text[begin:index]
        if cluster > "\x7f":
            cluster = "".join(char for char in cluster if char not in _ZERO_WIDTH)
        for char in _composed(cluster) if cluster else "":
            out.append(" " if char.isspace() and char != "\n" else char)
            starts.append(begin)
            ends.append(index)
    joined = _WORD.sub(_own_script, "".join(out))
    drop: set[int] = set()
    for match in _SPACED_OUT.finditer(joined):
        drop.update(range(match.start() + 1, match.end(), 2))
    if drop:
        kept = [place for place in range(len(joined)) if place not in drop]
        return Plain("".join(joined[p] for p in kept), [starts[p] for p in kept], [ends[p] for p in kept])
    return Plain(joined, starts, ends)


def _folds() -> dict[int, str]:
    table = {ord("đ"): "d", ord("ı"): "i", ord("ł"): "l", ord("ø"): "o"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table


_FOLDS: Final = _folds()


def without_accents(text: str) -> str:
    """Latin letters without their marks; each character stays where it stands."""
    return text if text.isascii() else text.translate(_FOLDS)
