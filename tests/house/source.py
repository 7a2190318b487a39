"""What the house tests read: the project's own files, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PACKAGES = ("openpes", "openpes_matching", "openpes_evidence", "openpes_countries")
NOT_OURS = {
    ".venv",
    ".boot",
    ".git",
    "var",
    "node_modules",
    "__pycache__",
    "build",
    "dist",
    ".mypy_cache",
    ".hypothesis",
}
NOT_OURS |= {".ruff_cache", ".pytest_cache", ".import_linter_cache"}


def is_test(path: Path) -> bool:
    """Does a file lie in a folder of tests?"""
    return "tests" in path.parts


@cache
def python_files(*, tests: bool = False, migrations: bool = False) -> tuple[Path, ...]:
    """Python files under src, without tests and migrations unless they are asked for."""
    return tuple(
        path
        for package in PACKAGES
        for path in sorted((SOURCE / package).rglob("*.py"))
        if (tests or not is_test(path)) and (migrations or "migrations" not in path.parts)
    )


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path: Path) -> str:
    """The dotted name of a file under src."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def shown(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT))


@cache
def all_text_files() -> tuple[Path, ...]:
    """Every text file of the project that we wrote."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        if not path.is_file() or NOT_OURS & set(path.relative_to(ROOT).parts):
            continue
        if b"\0" not in path.read_bytes()[:4096]:
            found.append(path)
    return tuple(found)
