"""Papers of guidance: the blank script to write on, and the slip."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpes.reference import press

HERE = Path(__file__).parent
TEMPLATES = {"slip": HERE / "slip.typ", "script": HERE / "script.typ"}


def set_paper(template: str, paper: Mapping[str, Any]) -> bytes:
    """The PDF of a paper. `template` is a name of TEMPLATES."""
    return press.set_paper(TEMPLATES[template], paper)
