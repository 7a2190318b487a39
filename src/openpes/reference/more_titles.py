"""Titles from elsewhere for the search of titles, indexed beside our own without making anybody wait.

A source gives titles of a language on demand. The index of a language is built in a thread when the language is first
asked for; until it is there, searches go on with our own titles. Whether the source has changed is looked at in the
thread too, at most once in `every` seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)
Index = TypeVar("Index")


class TitleSource(Protocol):
    """Where titles come from. Called in a thread of its own, never while somebody waits."""

    def stamp(self) -> str:
        """Changes whenever the titles do."""

    def titles(self, language: str) -> list[tuple[str, str]]:
        """(title, unit group) of a language; [] when it has none."""

    def close(self) -> None:
        """The thread is done with the source for now."""


class MoreTitles(Generic[Index]):
    """The indexes of a source's titles, by language."""

    def __init__(
        self, source: TitleSource, build: Callable[[list[tuple[str, str]]], Index], *, every: float = 60.0
    ) -> None:
        self._source, self._build, self._every = source, build, every
        self._stamp = ""
        self._indexes: dict[str, Index | None] = {}
        self._looked: dict[str, float] = {}
        self._lock = threading.Lock()

    def index(self, language: str) -> Index | None:
        """The index of a language as far as it is built; None when there is none (yet). Never waits."""
        if time.monotonic() - self._looked.get(language, float("-inf")) > self._every:
            self._looked[language] = time.monotonic()
            threading.Thread(target=self.refresh, args=(language,), name="openpes-titles", daemon=True).start()
        return self._indexes.get(language)

    def refresh(self, language: str) -> None:
        """Build the index of a language now if the source has changed or the language is new. Waits until it is done.

        A source that fails is logged and leaves things as they were: our own titles must be found in any case.
        """
        with self._lock:
            try:
                stamp = self._source.stamp()
                if stamp != self._stamp:
                    self._stamp, self._indexes = stamp, {}
                if stamp and language not in self._indexes:
                    titles = self._source.titles(language)
                    self._indexes[language] = self._build(titles) if titles else None
            except Exception:
                log.warning("titles of loaded taxonomies cannot be read", exc_info=True)
            finally:
                self._source.close()
