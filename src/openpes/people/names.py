"""Names as given, and the key under which they are compared. People may have one name, in any script."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii
from rapidfuzz import fuzz

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x034F,
        0x061C,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x180E,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
    ]
)
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")


def as_given(text: str) -> str:
    """The name to store and show: NFC, single spaces, nothing invisible; otherwise exactly as it was given."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def match_key(text: str) -> str:
    """The key for comparing names across scripts and spellings: romanised, lower case, words in sorted order."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    letters = _NOT_LETTERS.sub(" ", anyascii(folded).casefold())
    return " ".join(sorted(letters.split()))


def likeness(key_a: str, key_b: str) -> int:
    """How alike two match keys are, 0 to 100; word order and one missing middle name cost little."""
    if not key_a or not key_b:
        return 0
    return round(max(fuzz.token_sort_ratio(key_a, key_b), 0.95 * fuzz.token_set_ratio(key_a, key_b)))
