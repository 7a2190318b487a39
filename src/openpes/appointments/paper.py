"""Papers of the desk by typst: the words travel as data, never as markup.

    paper_pdf(Paper(...))   the bytes of a PDF, A4; the same words give the same bytes

Nothing is cached: these papers hold names, and a file on disk would outlive its use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "paper.typ"


@dataclass(frozen=True)
class Table:
    """A table of texts. `widths` are shares of the page; `height` is the room above and below a line, in points."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    empty: str = ""
    height: int = 4


@dataclass(frozen=True)
class Paper:
    """What is printed. `big` stands alone in the middle; `size` is that of the letters, in points."""

    title: str
    language: str
    lines: Sequence[str] = ()
    above: str = ""
    big: str = ""
    tables: Sequence[Table] = ()
    after: Sequence[str] = ()
    foot: str = ""
    size: int = 10


def paper_pdf(paper: Paper) -> bytes:
    """The PDF of a paper."""
    return set_paper(TEMPLATE, asdict(paper))
