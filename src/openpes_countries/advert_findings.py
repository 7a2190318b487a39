"""What the checks of adverts found, for those who ask: grounds that stop an advert, and evidence with points.

A finding is a reason for a person to look, never a verdict: the pack says what the ground means in a country, and a
person decides. Positions are those of the text as given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openpes_countries.advert_checks import Evidence, read_advert

MONEY: Final = "fees"
SCAM: Final = "scam"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, text[start:end], that touches a ground."""

    ground: str
    text: str
    start: int
    end: int
    why: str
    language: str = ""


def find_forbidden_words(text: str, languages: Sequence[str] = ("en",)) -> tuple[Finding, ...]:
    """Every stretch that touches a ground, in reading order; overlapping finds of one ground become the longest.

    languages: tags to read in; English is always read too, for adverts mix languages. A tag falls back to its base
    language (zh-Hans to zh). Languages without words are passed over: see advert_lexicon.languages_read().
    """
    found = [
        Finding(one.kind, one.text, one.start, one.end, one.why, one.language)
        for one in read_advert(text, tuple(languages))
        if one.kind != SCAM
    ]
    return tuple(_longest(found))


def find_signals(text: str, languages: Sequence[str] = ("en",)) -> tuple[Evidence, ...]:
    """The first evidence of each check for fees and fraud, in the order of the checks."""
    by_code: dict[str, Evidence] = {}
    for one in read_advert(text, tuple(languages)):
        if one.kind in (MONEY, SCAM):
            by_code.setdefault(one.code, one)
    return tuple(by_code.values())


def points_of(evidence: Iterable[Evidence]) -> int:
    """The points of evidence, added up; each check counts once."""
    return sum({one.code: one.points for one in evidence}.values())


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
