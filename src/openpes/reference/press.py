"""Papers by typst: one way from a template and words to a PDF. The words are data, never markup.

    set_paper(TEMPLATE, words)    the bytes of a PDF; the same words give the same bytes

A template reads its words from `sys.inputs.paper` and the font families, the language's own first, from
`sys.inputs.families`. Only the fonts that come along are used, so that a paper is the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

PICTURE_PPI = 220.0
FONTS = Path(__file__).parent / "fonts"
# One family for each script; typst takes the first that has the sign, and scripts share marks.
FAMILIES = (
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Khmer",
    "Noto Sans Lao",
    "Noto Sans Thai",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
    "Libertinus Serif",
)
OWN = {"bn": "Noto Sans Bengali", "zh": "Noto Sans CJK SC", "ko": "Noto Sans CJK KR"}


def families_for(language: str) -> list[str]:
    """The font families for a paper in a language, in the order in which they are looked through."""
    own = OWN.get(language, FAMILIES[0])
    return ["Noto Sans", own, *(one for one in FAMILIES if one != own)]


def set_paper(template: Path, words: Mapping[str, Any], *, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """The PDF of a template filled with words, or a picture of its one page.

    `words["language"]` is a tag such as "km" or "zh-hans".
    """
    language = str(words["language"]).split("-")[0]
    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format=form,
        ppi=PICTURE_PPI if form == "png" else None,
        sys_inputs={
            "paper": json.dumps({**words, "language": language}, ensure_ascii=False, sort_keys=True),
            "families": json.dumps(families_for(language)),
        },
        timestamp=0,
    )
