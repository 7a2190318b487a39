"""Names as given, and the key under which they are compared. People may have one name, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")


# Thai and Lao write some vowels before the consonant that they follow when spoken.
_VOWEL_FIRST = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")
_HANGUL_NAME = re.compile("[\uac00-\ud7a3]{2,4}")
_KOREAN_IN_LATIN = re.findall(
    r"\S+",
    "kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu jeon hong ko moon yang son"
    " bae baek heo yoo nam shim noh ha kwak sung cha joo woo koo min",
)
# Korean family names as their bearers write them in Latin letters, which no rule of romanisation gives.
_KOREAN = dict(
    zip(
        "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민",
        _KOREAN_IN_LATIN,
        strict=True,
    )
)
# Spellings of one sound, by which names come apart when they are written in Latin letters; the order matters.
_SOUNDS = (
    *(("oe", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ae", "e"), ("eo", "o"), ("eu", "u"), ("yi", "i")),
    *(("dzh", "j"), ("zh", "j"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"), ("bh", "b"), ("dh", "d")),
    *(("ch", "c"), ("sh", "s"), ("ck", "k"), ("q", "k"), ("x", "s"), ("z", "s"), ("v", "b"), ("w", "b")),
    *(("p", "b"), ("t", "d"), ("k", "g"), ("j", "c"), ("y", "i"), ("f", "b"), ("r", "l"), ("h", "")),
)
_DOUBLED = re.compile(r"(.)\1+")
SOUND_ALIKE_WORTH = 0.93
SURE_WITHOUT_SOUND = 93


def as_given(text: str) -> str:
    """The name to store and show: NFC, single spaces, nothing invisible; otherwise exactly as it was given."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def match_key(text: str) -> str:
    """The key for comparing names across scripts and spellings: romanised, lower case, words in sorted order."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    folded = _VOWEL_FIRST.sub(r"\2\1", _HANGUL_NAME.sub(_family_name_apart, folded))
    letters = _NOT_LETTERS.sub(" ", _HYPHEN.sub("", anyascii(folded).casefold()))
    return " ".join(sorted(letters.split()))


def _family_name_apart(found: re.Match[str]) -> str:
    """A Korean name in one word: the family name as it is usually written, then the given name."""
    name = found[0]
    return f"{_KOREAN[name[0]]} {name[1:]}" if name[0] in _KOREAN else name


@lru_cache(maxsize=50_000)
def _sound(key: str) -> str:
    """How a key sounds, roughly and without the spaces: for comparing only, never stored or shown."""
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", key)


def likeness(key_a: str, key_b: str) -> int:
    """How alike two match keys are, 0 to 100; word order and one missing middle name cost little."""
    if not key_a or not key_b:
        return 0
    spelt = max(fuzz.token_sort_ratio(key_a, key_b), 0.95 * fuzz.token_set_ratio(key_a, key_b))
    if spelt >= SURE_WITHOUT_SOUND:
        return round(spelt)
    return round(max(spelt, SOUND_ALIKE_WORTH * fuzz.token_sort_ratio(_sound(key_a), _sound(key_b))))
