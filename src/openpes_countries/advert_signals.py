"""Wordings in an advert at which a person looks twice. Data in data/advert_signals.yaml, published as it is.

A signal is evidence: the words, and why they matter. It refuses nothing. English is always searched too, for adverts
mix languages; text is compared as in `advert_words`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from openpes_countries.advert_words import normalised
from openpes_countries.lines import read_yaml

FILE: Final = Path(__file__).parent / "data" / "advert_signals.yaml"
NEAR: Final = 28
NEAR_UNSPACED: Final = 8
ENDS: Final = re.compile(r"[.!?;।。！？\n]")
UNSPACED: Final = frozenset({"km", "lo", "th", "zh"})


@dataclass(frozen=True, slots=True)
class Signal:
    """A published rule: its code, whether one such wording is enough, why it matters, and wordings by language."""

    code: str
    strong: bool
    why: str
    find: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an advert's text that a rule found."""

    code: str
    strong: bool
    text: str
    why: str


@cache
def advert_signals() -> tuple[Signal, ...]:
    """The published rules, in the order of the file."""
    read = read_yaml(FILE, "data/advert_signals.yaml")["signals"]
    return tuple(
        Signal(
            str(code),
            bool(one["strong"]),
            str(one["why"]),
            {str(tag): tuple(str(pattern) for pattern in patterns) for tag, patterns in one["find"].items()},
        )
        for code, one in read.items()
    )


@cache
def _patterns(language: str) -> tuple[tuple[Signal, re.Pattern[str]], ...]:
    spaced = language not in UNSPACED
    found = []
    for signal in advert_signals():
        for written in signal.find.get(language, ()):
            # Written and compared alike: composed, without case; a blank is any run of blanks.
            plain = normalised(written)[0].replace(" ?", r"\s*").replace(" ", r"\s+" if spaced else r"\s*")
            found.append((signal, re.compile(rf"(?<!\w)(?:{plain})" if spaced else plain)))
    return tuple(found)


@cache
def _denials(side: str, language: str) -> re.Pattern[str] | None:
    words = read_yaml(FILE, "data/advert_signals.yaml")["denied"][side].get(language)
    if not words:
        return None
    joined = "|".join(normalised(str(one))[0].replace(" ", r"\s+") for one in words)
    return re.compile(f"(?:{joined})" if language in UNSPACED or side == "after" else rf"(?<!\w)(?:{joined})(?!\w)")


def _is_denied(plain: str, begin: int, end: int, language: str) -> bool:
    """Is what was found said not to be so, in the same sentence, shortly before or after?"""
    reach = NEAR_UNSPACED if language in UNSPACED else NEAR
    before = ENDS.split(plain[max(0, begin - reach) : begin])[-1]
    after = ENDS.split(plain[end : end + reach])[0]
    # What was found may itself begin or end with the denial: a wording reaches as far as its own words do.
    found = plain[begin:end]
    words, more = _denials("before", language), _denials("after", language)
    return bool((words and (words.search(before) or words.match(found))) or (more and more.search(after)))


def find_signals(text: str, languages: Sequence[str] = ("en",)) -> tuple[Evidence, ...]:
    """The first evidence of each rule in a text, in the order of the rules."""
    plain, starts, ends = normalised(text)
    by_code: dict[str, Evidence] = {}
    for language in dict.fromkeys([*languages, "en"]):
        base = language if _patterns(language) else language.split("-")[0]
        for signal, pattern in _patterns(base):
            for match in pattern.finditer(plain):
                begin, end = match.span()
                if begin == end or signal.code in by_code or _is_denied(plain, begin, end, base):
                    continue
                words = text[starts[begin] : ends[end - 1]]
                by_code[signal.code] = Evidence(signal.code, signal.strong, words, signal.why)
    return tuple(by_code[one.code] for one in advert_signals() if one.code in by_code)
