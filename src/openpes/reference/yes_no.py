"""Yes and no as people write them in a text: the words are data, one line a language (data/yes_no.csv).

says_yes("OO", "fil") -> True     says_yes("tidak", "id") -> False     says_yes("hello", "en") -> None
yes_word("fil") -> "OO"           the word that a text asks for
"""

from __future__ import annotations

import csv
import unicodedata
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "yes_no.csv"
ENGLISH = "en"


def _folded(text: str) -> str:
    """Composed, without case, blanks folded and the full stop or mark at its end left off."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .!?,。！？।॥៕")


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {
            row["language"]: (tuple(row["yes"].split("|")), tuple(row["no"].split("|"))) for row in csv.DictReader(file)
        }


def _of(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words, tag = _words(), language.lower().replace("_", "-")
    return words.get(tag) or words.get(tag.split("-")[0]) or words[ENGLISH]


def yes_word(language: str) -> str:
    """The word for yes that a text asks for, in capitals where the script has them."""
    return _of(language)[0][0].upper()


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    return frozenset(_folded(word) for pair in _words().values() for words in pair for word in words)


def is_yes_or_no(text: str) -> bool:
    """Is this a yes or a no in any language? A cheap question before it is asked whose language counts."""
    return _folded(text) in _all_words()


def says_yes(text: str, language: str) -> bool | None:
    """True for yes, False for no, None for anything else. English is understood in every language.

    The reader's own language goes first: what is yes in one and no in another means what it means there.
    """
    said = _folded(text)
    for yes, no in (_of(language), _of(ENGLISH)):
        if said in {_folded(one) for one in yes}:
            return True
        if said in {_folded(one) for one in no}:
            return False
    return None
