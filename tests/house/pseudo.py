"""A language that nobody speaks: every translatable sentence comes back in marks and some 40 per cent longer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo

CODE = "xx"
OPEN, CLOSE = "⟦", "⟧"
_SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
_NOT_SHOWN = {"script", "style", "template", "svg"}


def marked(sentence: str) -> str:
    """The sentence between marks, its placeholders whole, with dots for the length of a longer language."""
    lead, tail = re.match(r"\s*", sentence)[0], re.search(r"\s*$", sentence)[0]  # type: ignore[index]
    return f"{lead}{OPEN}{sentence.strip()} {'·' * (len(sentence.strip()) * 2 // 5 + 1)}{CLOSE}{tail}"


def write(template: Catalog, folder: Path) -> None:
    """The catalogue of the language, compiled, under a folder of locales."""
    catalogue = Catalog(locale=None, charset="utf-8")
    catalogue.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n != 1);")]
    for message in template:
        if message.id:
            plural = not isinstance(message.id, str)
            catalogue.add(message.id, tuple(map(marked, message.id)) if plural else marked(message.id))
    target = folder / CODE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)


class Page(HTMLParser):
    """What a page shows outside the marks, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self.links: list[str] = []
        self.marks = 0
        self._depth, self._hidden = 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held: dict[str, Any] = dict(attrs)
        if tag in _NOT_SHOWN:
            self._hidden += 1
        if tag == "a" and held.get("href"):
            self.links.append(held["href"])
        shown = [held[name] for name in _SHOWN_ATTRIBUTES if held.get(name)]
        if tag == "input" and held.get("type") in ("submit", "button"):
            shown.append(held.get("value") or "")
        for text in shown:
            self._read(text, 0)

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_SHOWN:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._depth = self._read(data, self._depth)

    def _read(self, text: str, depth: int) -> int:
        """Keep what stands outside the marks; returns how many are open at the end."""
        kept = ""
        for piece in re.split(f"([{OPEN}{CLOSE}])", text):
            if piece == OPEN:
                depth += 1
                self.marks += 1
            elif piece == CLOSE:
                depth -= 1
                kept += "\n"
            elif depth == 0:
                kept += piece
        if re.search(r"[A-Za-z]{2}", kept):
            self.unmarked.append(" ".join(kept.split()))
        return depth


def english_left(texts: Iterable[str], data: Iterable[str]) -> list[str]:
    """The texts in which Latin words remain when the names that are data are taken away, longest first."""
    known = sorted({one for one in data if re.search(r"[A-Za-z]{2}", one)}, key=len, reverse=True)
    left = []
    for text in texts:
        rest = text
        for name in known:
            if name in rest:
                rest = rest.replace(name, " ")
        if re.search(r"[A-Za-z]{2}", rest):
            left.append(text)
    return left
