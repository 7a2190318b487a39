"""A result on paper and as a picture, to show to whom one likes. It holds no name.

paper = LikesPaper(...)
likes_pdf(paper), likes_png(paper)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "likes.typ"


@dataclass(frozen=True)
class LikesPaper:
    """All that is printed, as words. `picture` is an SVG, or empty where only the cards were sorted."""

    language: str
    title: str
    picture: str
    rows: tuple[tuple[str, str, str], ...]
    strongest: tuple[tuple[str, str], ...]
    note: str
    matters: str
    cards: tuple[str, ...]


def likes_pdf(paper: LikesPaper) -> bytes:
    """The result as a PDF of one page."""
    return set_paper(TEMPLATE, asdict(paper))


def likes_png(paper: LikesPaper) -> bytes:
    """The result as a picture for a phone."""
    return set_paper(TEMPLATE, asdict(paper), form="png")
