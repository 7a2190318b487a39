"""Occupation sheets on paper: typst sets ``sheet.typ`` with the words given as data, never as markup.

    sheet_pdf(paper, cache_folder)    the bytes of a PDF, A4; made once for the same words and kept in the folder

``paper`` is plain data (text, lists, mappings) in the shape that the template reads; see web.public.occupation_paper.
The cache keeps the
latest KEPT_FILES sheets; a file is never stale, for its name is the digest of the template and the words.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "sheet.typ"
KEPT_FILES = 600


def set_pdf(paper: Mapping[str, Any]) -> bytes:
    """The PDF of a sheet. The same words give the same bytes."""
    return set_paper(TEMPLATE, paper)


def sheet_pdf(paper: Mapping[str, Any], cache_folder: Path) -> bytes:
    """The PDF of a sheet, from the cache when the same words were set before."""
    words = json.dumps(paper, ensure_ascii=False, sort_keys=True).encode()
    path = cache_folder / f"{hashlib.sha256(TEMPLATE.read_bytes() + words).hexdigest()}.pdf"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = set_pdf(paper)
    _keep(path, made)
    return made


def _keep(path: Path, made: bytes) -> None:
    """Write the file whole or not at all, then let the oldest go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(made)
    os.replace(file.name, path)
    kept = sorted(path.parent.glob("*.pdf"), key=_written, reverse=True)
    for old in kept[KEPT_FILES:]:
        old.unlink(missing_ok=True)


def _written(path: Path) -> float:
    """When a file was written; a file that another process has just removed counts as the oldest."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
