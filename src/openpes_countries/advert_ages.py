"""Ages that an advert asks for, told apart from years of experience, the age of a firm and the ages of those served."""

from __future__ import annotations

import re
from typing import Final

from openpes_countries.advert_lexicon import Hit

_NUMBERS: Final = re.compile(
    r"(?<![\d.,])(\d{2})(?:\s*(?:-|–|—|~|〜|/|to|hanggang|sampai|hingga|s/d|đến|den|ถึง|ຫາ|ដល់|से|देखि|থেকে|至|到|에서|부터|a|até|to'o|se|theke|dekhi|kho?|ko?|and)\s*(\d{2}))?(?![\d%])(?!\s*(?:kg|km|cm|k\b|usd|\$|€|:\d|,\d{3}|\.\d{3}))"
)
_PLUS: Final = re.compile(r"\s*\+")
REACH: Final = 16
FAR: Final = 30
YOUNGEST: Final = 14
OLDEST: Final = 66
# What the law itself asks: nobody under this age may do some kinds of work.
LAWFUL_LEAST: Final = 18


def _near(hits: list[Hit], begin: int, end: int, before: int, after: int) -> list[Hit]:
    return [hit for hit in hits if begin - before <= hit.end and hit.start <= end + after]


def _same(text: str, one: int, other: int) -> bool:
    low, high = min(one, other), max(one, other)
    return not re.search(r"[!?;\n。！？；।]|\.(?!\d)", text[low:high])


def age_hits(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Where the age of the one who applies is limited."""
    found = []
    for match in _NUMBERS.finditer(text):
        numbers = [int(one) for one in match.groups() if one]
        if max(numbers) < YOUNGEST or min(numbers) >= OLDEST:
            continue
        language = _limits(text, hits, match)
        if language:
            found.append(Hit(match.start(), match.end(), language))
    return found


def _limits(text: str, hits: dict[str, list[Hit]], match: re.Match[str]) -> str:
    """The language whose words make an age of this number, or nothing."""
    begin, end = match.span()

    def by(meaning: str, before: int, after: int) -> list[Hit]:
        near = _near(hits.get(meaning, []), begin, end, before, after)
        return [hit for hit in near if _same(text, hit.start if hit.start > begin else hit.end, begin)]

    is_range = match[2] is not None
    label = by("ageword", REACH, 12)
    old = by("yearold", 0, 4)
    year = by("year", 0, 4)
    under, over = by("under", REACH, 12), by("over", REACH, 12)
    said = old or label or (under and year) or (is_range and year) or (year and by("refuse", REACH, 12))
    if not said:
        return ""
    least = int(match[1])
    if not is_range and (over or _PLUS.match(text, end)) and not under and least <= LAWFUL_LEAST:
        return ""
    if not label and by("exp", FAR, 14):
        return ""
    if by("other", FAR, 10) and not by("must", FAR, FAR) and not by("want", 14, 0):
        return ""
    if by("firm", 24, 14):
        return ""
    return next(hit.language for hit in said)
