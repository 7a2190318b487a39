"""The papers that a country asks of somebody in a first job, and the letter that spares them fees: all pack data.

papers(on)   -> the papers, in the pack's order; empty where the pack has none
letter(on)   -> the letter for papers without a fee, or None where no law gives one
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpes.documents.states import Waiver
from openpes.reference.country import country
from openpes_countries.schema import Dated

PAPERS, LETTER = "first_job.papers", "first_job.letter"


@dataclass(frozen=True)
class Paper:
    """One paper. Names by language tag; `cost` in words, "" where nobody knows it; `first`: the others need it."""

    code: str
    names: dict[str, str]
    where: str
    cost: str
    waiver: Waiver
    first: bool

    def name(self, language: str) -> str:
        """The name in a language, else in English."""
        return self.names.get(language) or self.names.get(language.split("-")[0]) or self.names["en"]


@dataclass(frozen=True)
class Letter:
    """The law that spares fees, who certifies first, which papers are free by it, and whether that is verified."""

    law: str
    article: str
    first_step: str
    papers: tuple[str, ...]
    months_valid: int | None
    verified: bool


def _held(key: str, on: date) -> Dated | None:
    pack = country()
    if key not in pack.keys:
        return None
    dated = pack.value(key, on=on)
    return dated if dated.known else None


def kit_is_verified(on: date) -> bool:
    """Has a named officer, or a source that was read, confirmed the list?"""
    dated = _held(PAPERS, on)
    return dated is not None and dated.usable_on(on)


def papers(on: date) -> list[Paper]:
    """The papers of the country's kit on a day."""
    dated = _held(PAPERS, on)
    if dated is None:
        return []
    return [
        Paper(
            code=one["code"],
            names=dict(one["names"]),
            where=one.get("where") or "",
            cost=one.get("cost") or "",
            waiver=_waiver(one.get("free")),
            first=bool(one.get("first")),
        )
        for one in dated.value
    ]


def _waiver(free: object) -> Waiver:
    if free is True:
        return Waiver.FREE
    return Waiver.HAS_FEE if free is False else Waiver.UNKNOWN


def letter(on: date) -> Letter | None:
    """The letter that the law of the country gives on a day, or None."""
    dated = _held(LETTER, on)
    if dated is None:
        return None
    return Letter(
        law=dated.source.instrument,
        article=dated.source.article or "",
        first_step=dated.value["first_step"],
        papers=tuple(dated.value["papers"]),
        months_valid=dated.value.get("months_valid"),
        verified=dated.usable_on(on),
    )
