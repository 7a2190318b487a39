"""Every sentence on a page can be translated, and nothing on a page is inline."""

from __future__ import annotations

import re

import pytest

from tests.house.source import SOURCE, shown

TEMPLATES = sorted((SOURCE / "openpes" / "web").rglob("templates/**/*.html"))
# Removed before looking for words: what is translated, and what is no text.
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
VERBATIM = re.compile(r"{%\s*verbatim\s*%}.*?{%\s*endverbatim\s*%}", re.DOTALL)
NO_TEXT = re.compile(r"<(script|style|svg:style)\b.*?</\1>", re.DOTALL)
TAG_OF_TEMPLATE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:title|alt|placeholder|aria-label|aria-description)=("[^"]*"|'[^']*')""")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
# Names of things and units that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"\b(?:openpes|ISCO(?:-08)?|ISCED|CSV|XLSX|PDF|SMS|ILO|km|PNG|SVG|UTF-8|Apache-2\.0|JSON|SDMX(?:-CSV|-ML)?"
    r"|SHA-256|kappa)\b"
)
WORD = re.compile(r"[^\W\d_]{2,}")

INLINE = {
    "a style attribute": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "an event attribute": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    # A block of linked data is no program: browsers never run it.
    "an inline script": re.compile(r"""<script(?![^>]*(?:\bsrc=|type="application/ld))[^>]*>\s*\S""", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a script address": re.compile(r"""(?:href|action)\s*=\s*["']?\s*javascript:""", re.IGNORECASE),
    "a value trusted as markup": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


def untranslated(text: str) -> list[str]:
    """Words of a template that no translator would ever see."""
    for pattern in (COMMENT, VERBATIM, TRANSLATED, NO_TEXT):
        text = pattern.sub(" ", text)
    text = TAG_OF_TEMPLATE.sub(" ", text)
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(text))
    seen = TAG.sub(" ", text)
    seen = re.sub(r"&\w+;|&#\d+;", " ", f"{seen} {spoken}")
    return WORD.findall(SAME_EVERYWHERE.sub(" ", seen))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_can_be_translated(path) -> None:
    """Words stand in translate or blocktranslate."""
    if path.name.startswith("gallery"):
        pytest.skip("the gallery of components shows itself to those who build pages")
    assert untranslated(path.read_text(encoding="utf-8")) == [], shown(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline(path) -> None:
    """The security policy would drop it, and a page must not depend on what is dropped."""
    text = COMMENT.sub(" ", path.read_text(encoding="utf-8"))
    found = [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not found, f"{shown(path)}: {found}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>{% translate 'Hello' %}</p>", []),
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<img alt="A chart">', ["chart"]),
        ("{% blocktranslate trimmed with n=n %}Has {{ n }} jobs{% endblocktranslate %}", []),
        ("{# a remark #}<b>{{ name }}</b> km", []),
    ],
)
def test_the_guard_itself(text: str, words: list[str]) -> None:
    """On templates made for it."""
    assert untranslated(text) == words
