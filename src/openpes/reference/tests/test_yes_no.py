"""Yes and no in the languages of the service."""

from __future__ import annotations

import pytest

from openpes.config.catalogues import languages
from openpes.reference.yes_no import says_yes, yes_word


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("YES", "km", True),
        (" oo. ", "fil", True),
        ("Ya!", "id", True),
        ("tidak", "id", False),
        ("có", "vi", True),
        ("không", "vi", False),
        ("是。", "zh-hans", True),
        ("हाँ", "hi", True),
        ("បាទ", "km", True),
        ("ใช่", "th", True),
        ("не знаю", "mn", None),
        ("VAC COOK 2", "en", None),
        ("", "en", None),
        ("hindi", "fil", False),
    ],
)
def test_what_a_text_says(text: str, language: str, said: bool | None) -> None:
    """With marks, blanks and capitals as they come."""
    assert says_yes(text, language) is said


def test_every_language_of_the_pages_has_its_own_words_and_asks_for_one_it_understands() -> None:
    """The word in our text is one that we hear."""
    for language in languages():
        word = yes_word(language)
        assert says_yes(word, language) is True
        assert language == "en" or word != "YES", language
