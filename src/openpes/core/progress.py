"""How far a long piece of work has come, told between processes by one small file.

The process that works writes, the terminal and the "getting ready" page read. The file is replaced whole, so a
reader never sees half of it.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Progress:
    """`percent` 0–100, the step in plain words, whether all is ready, and why it failed ("" when it did not)."""

    percent: int
    step: str = ""
    is_ready: bool = False
    failure: str = ""


NOT_BEGUN = Progress(0)


def place_of(data: Path, country: str) -> Path:
    """Where the progress of a country's demonstration is told."""
    return data / f"progress-{country.lower()}.json"


def read(path: Path) -> Progress | None:
    """What was last told; None when nothing was (no file, or one that is not ours)."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Progress(int(told["percent"]), str(told["step"]), bool(told["is_ready"]), str(told["failure"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, progress: Progress) -> None:
    """Tell how far the work is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        waiting.write_text(json.dumps(asdict(progress), ensure_ascii=False) + "\n", encoding="utf-8")
        waiting.replace(path)
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
