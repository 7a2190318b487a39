"""Are two adverts one job? Pure arithmetic over title, place, pay and text; where it is doubtful, a person says.

Likeness is a weighted mean of what can be compared: title and text by the share of letter groups that they have in
common (Broder 1997, "resemblance"), pay by its ratio. Adverts in two places are never one job.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

SURE, DOUBTFUL = 0.77, 0.55
GROUP = 3
WEIGHTS = {"title": 0.30, "text": 0.50, "pay": 0.20}
# Pay further apart than this share is another job, or another offer for it.
PAY_APART = 0.15
BITS = 64
# A title and pay alone say little: without text on both sides nothing is sure.
NO_TEXT = 25


@dataclass(frozen=True)
class Advert:
    """What is compared. `pay` in its own unit; `unit` is currency and period, and pays are compared within one only."""

    title: str
    text: str
    area_code: str
    pay: Decimal | None = None
    unit: str = ""
    places: int = 1
    firm: str = ""


class Verdict(StrEnum):
    """What the arithmetic says of two adverts."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


def folded(text: str) -> str:
    """Text as it is compared: composed, without case, marks of writing and repeated blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


@lru_cache(maxsize=4096)
def letter_groups(text: str) -> frozenset[str]:
    """The groups of three letters of a text, word order set aside where words are written apart."""
    found: set[str] = set()
    for word in folded(text).split():
        padded = f" {word} "
        found.update(padded[start : start + GROUP] for start in range(max(1, len(padded) - GROUP + 1)))
    return frozenset(found)


def resemblance(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of groups in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


def fingerprint(text: str) -> str:
    """A fingerprint of 64 bits (Charikar 2002) as 16 hexadecimal digits; texts alike differ in few bits."""
    counts = [0] * BITS
    for group in sorted(letter_groups(text)):
        number = int.from_bytes(blake2b(group.encode(), digest_size=8).digest(), "big")
        for bit in range(BITS):
            counts[bit] += 1 if number >> bit & 1 else -1
    return f"{sum(1 << bit for bit in range(BITS) if counts[bit] > 0):016x}"


def bits_apart(one: str, other: str) -> int:
    """In how many bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def likeness(one: Advert, other: Advert) -> float:
    """How much two adverts are one job, from 0 to 1."""
    if one.area_code != other.area_code:
        return 0.0
    parts = {"title": resemblance(letter_groups(one.title), letter_groups(other.title))}
    if len(folded(one.text)) >= NO_TEXT and len(folded(other.text)) >= NO_TEXT:
        parts["text"] = resemblance(letter_groups(one.text), letter_groups(other.text))
    if one.pay and other.pay and one.unit == other.unit:
        apart = float(abs(one.pay - other.pay) / max(one.pay, other.pay))
        if apart > PAY_APART:
            return 0.0
        parts["pay"] = 1 - apart / PAY_APART
    weight = sum(WEIGHTS[name] for name in parts)
    return sum(WEIGHTS[name] * value for name, value in parts.items()) / weight


def verdict(one: Advert, other: Advert) -> tuple[Verdict, float]:
    """Same, doubtful or different, and the likeness. Without text on both sides nothing is sure."""
    value = likeness(one, other)
    has_text = min(len(folded(one.text)), len(folded(other.text))) >= NO_TEXT
    if value >= SURE and has_text:
        return Verdict.SAME, value
    return (Verdict.DOUBTFUL if value >= DOUBTFUL else Verdict.DIFFERENT), value
