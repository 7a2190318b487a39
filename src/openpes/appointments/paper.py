"""Papers of the desk by typst: the words travel as data, never as markup.

    paper_pdf(Paper(...))   the bytes of a PDF, A4; the same words give the same bytes

Nothing is cached: these papers hold names, and a file on disk would outlive its use.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "paper.typ"
FONTS = Path(__file__).parent.parent / "reference" / "fonts"


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
    words = {**asdict(paper), "language": paper.language.split("-")[0]}
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(words, ensure_ascii=False, sort_keys=True)},
        timestamp=0,
    )
