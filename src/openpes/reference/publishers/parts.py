"""Which files of a download are which part of a taxonomy, and which version they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from openpes.reference.publishers.records import BadRow, Record, TaxonomyTrouble
from openpes.reference.publishers.sources import Download, SourceFile, examine

Numbered = tuple[int, Record]
_DOTTED = re.compile(r"(?<![\d.])v?(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d])", re.IGNORECASE)
_ENDINGS = re.compile(r"\.(csv|txt|zip)$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One file in its role ("occupations", "skills" …). `language` is "" for files without words."""

    role: str
    language: str
    file: SourceFile

    @property
    def key(self) -> str:
        """What there can be only one of in a version."""
        return f"{self.role}:{self.language}" if self.language else self.role


class NothingRecognised(TaxonomyTrouble):
    """No file of the format that was asked for."""


class Publisher(Protocol):
    """One publisher's format."""

    scheme: str
    title: str
    order: tuple[str, ...]
    concept_roles: tuple[str, ...]
    # The parts that must be there for the ends of a part's rows to be known.
    ends_of: dict[str, tuple[str, ...]]
    # Whether a part can only be read after the parts before it, even when those are loaded already.
    rereads: bool

    def recognise(self, file: SourceFile) -> tuple[str, str] | None:
        """(role, language) of a file, or None when it is not one of this format's."""

    def records(self, part: Part) -> Iterator[Numbered | BadRow]:
        """What the rows of a part say, with their row numbers."""

    def told_version(self, download: Download) -> str | None:
        """The version that a file inside tells, or None."""


def parts_of(download: Download, publisher: Publisher, tell: Callable[[str], None]) -> list[Part]:
    """The parts of a download in reading order, every one of them whole and UTF-8.

    The same part twice with the same content counts once. Raises TaxonomyTrouble when nothing is recognised, or when
    one part is there in two different contents: then the folder mixes versions.
    """
    found: dict[str, Part] = {}
    tell(f"looking at {len(download.files)} files")
    for file in download.files:
        recognised = publisher.recognise(file)
        if recognised is None:
            continue
        part = Part(*recognised, file)
        examine(file)
        before = found.setdefault(part.key, part)
        if before.file.sha256 != file.sha256:
            raise TaxonomyTrouble(
                f"{before.file.place} and {file.place} are the same part with different content: two versions are "
                "mixed. Keep each version in a folder of its own; nothing was changed."
            )
    if not any(part.role in publisher.concept_roles for part in found.values()):
        raise NothingRecognised(
            f"{download.path.name} holds no file of {publisher.title} with occupations or skills. Give the folder or "
            "zip as downloaded from its publisher."
        )
    return sorted(
        found.values(),
        key=lambda part: (publisher.order.index(part.role.split(" of ")[0]), part.language != "en", part.key),
    )


def _without_zeros(version: str) -> str:
    """1.2.0 and 1.2 are one version."""
    numbers = version.split(".")
    while len(numbers) > 2 and set(numbers[-1]) == {"0"}:
        numbers.pop()
    return ".".join(numbers)


def versions_in(names: Iterable[str], pattern: re.Pattern[str] = _DOTTED) -> list[str]:
    """The version numbers that names of files and folders carry, each once."""
    found = []
    for name in names:
        for match in pattern.finditer(_ENDINGS.sub("", name)):
            found.append(_without_zeros(".".join(part for part in match.groups() if part)))
    return list(dict.fromkeys(found))


def version_of(download: Download, publisher: Publisher, said: str | None) -> str:
    """The version of a download: what the person said, what a file tells, or what the names say.

    Raises TaxonomyTrouble when the names tell two versions, none, or another than was said.
    """
    told = publisher.told_version(download)
    named = [told] if told else versions_in(download.names)
    if len(named) > 1:
        raise TaxonomyTrouble(
            f"{download.path.name} holds files of the versions {' and '.join(named)}. Load each version by itself; "
            "nothing was changed."
        )
    if said is None and not named:
        raise TaxonomyTrouble("The files do not say which version they are. Say it, for example --version 1.2.")
    if said is not None and named and not _same(_without_zeros(said), named[0]):
        raise TaxonomyTrouble(
            f"You said version {said}, and the files say {named[0]}. Load them as --version {named[0]}, or give the "
            "other folder; nothing was changed."
        )
    return _without_zeros(said) if said is not None else named[0]


def _same(said: str, named: str) -> bool:
    """A longer spelling of one version is the same: 1.1.1 and 1.1.1.2024 are told apart, 1.2 and v1.2 are not."""
    return said.lower().removeprefix("v") == named.lower().removeprefix("v")
