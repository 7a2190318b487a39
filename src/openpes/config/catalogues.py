"""Compiles the message catalogues that are older than their sources. Compiled files are made here, never committed."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "locale"


def stale_catalogues(folder: Path = LOCALE) -> list[Path]:
    """The .po files whose .mo is missing or older."""
    return [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogues(folder: Path = LOCALE) -> int:
    """Compile what is stale; returns how many. Raises ValueError that names the file when one cannot be read."""
    stale = stale_catalogues(folder)
    for source in stale:
        try:
            with source.open("rb") as handle:
                catalogue = read_po(handle, locale=source.parts[-3], abort_invalid=True)
        except Exception as error:
            raise ValueError(f"{source} is not a message catalogue: {error}") from error
        made = source.with_suffix(".mo")
        waiting = made.with_suffix(".mo.new")
        with waiting.open("wb") as handle:
            write_mo(handle, catalogue)
        waiting.replace(made)
    return len(stale)


if __name__ == "__main__":
    print(f"{compile_catalogues()} message catalogues compiled.", file=sys.stderr)
