"""Pages in a language whose offices print digits of their own show only those, wherever a number comes from."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from openpes.core.dates_in_words import DIGITS

# Markup and named signs stay; so do texts in Latin letters (a law's title, a personal code) and what people typed.
_PARTS = re.compile(
    r"(<(?:script|style|textarea|code|pre|svg)\b.*?</(?:script|style|textarea|code|pre|svg)>|<[^>]*>)", re.S
)
_ENTITY = re.compile(r"(&#?\w+;)")
_LATIN = re.compile(r"[A-Za-z]")


class LocalDigits:
    """Middleware: 0-9 become the digits of the page's language, in the text of pages only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        digits = DIGITS.get((get_language() or "").split("-")[0])
        if digits and not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = in_own_digits(response.content.decode(response.charset), digits).encode(response.charset)
        return response


def in_own_digits(page: str, digits: str) -> str:
    """The page with its digits replaced, except in markup, in texts with Latin letters and where people type."""
    table = str.maketrans("0123456789", digits)
    parts = _PARTS.split(page)
    for number in range(0, len(parts), 2):
        plain = _ENTITY.sub("", parts[number])
        if plain.strip() and not _LATIN.search(plain):
            pieces = _ENTITY.split(parts[number])
            pieces[::2] = [piece.translate(table) for piece in pieces[::2]]
            parts[number] = "".join(pieces)
    return "".join(parts)
