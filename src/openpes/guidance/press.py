"""Papers of guidance: the blank script to write on, and the slip. Words go in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from openpes.reference.sheet_pdf import FONTS

HERE = Path(__file__).parent
TEMPLATES = {"slip": HERE / "slip.typ", "script": HERE / "script.typ"}


def set_paper(template: str, paper: Mapping[str, Any]) -> bytes:
    """The PDF of a paper. The same words give the same bytes. `template` is a name of TEMPLATES."""
    return typst.compile(
        TEMPLATES[template],
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False, sort_keys=True)},
        timestamp=0,
    )
