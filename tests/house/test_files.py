"""What every file of the project keeps: its size, its names, no address of a machine or registry, no leftovers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.source import ROOT, all_text_files, python_files, shown, tree_of

MOST_LINES = 450
MOST_LINES_OF_A_FUNCTION = 60
# Data and what tools make are as long as they are.
CODE = {".py", ".html", ".scss", ".js", ".sh", ""}
VENDORED = {"htmx.min.js", "openpes.css"}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
# Django and pytest look for these names.
NAMES_THAT_TOOLS_WANT = {"base.html"}

# Longer than we like, and why that is better than splitting. A ratchet: lower a number, never raise it.
LONG_FILES = {
    "src/openpes_matching/kernels.py": (600, "the two compiled loops and what they inline stand side by side")
}
LONG_FUNCTIONS = {
    "best_vacancies": (140, "one compiled loop over vacancies; a call in its middle costs more than its length"),
    "best_people": (140, "the same loop in the other direction"),
    "auction": (80, "one compiled loop"),
    "gallery_context": (110, "a list of specimens, one line each"),
}

FORBIDDEN = {
    # Written in pieces, so that this file does not hold what it forbids.
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|home|root|Users)" + r"/[\w.-]+"),
    "the host of a package registry": re.compile(
        r"files\.pythonhosted" + r"\.org|pypi" + r"\.org/simple|registry\.npmjs" + r"\.org|registry\.yarnpkg" + r"\.com"
    ),
    "work put off": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----"),
    "an unresolved merge": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}


def test_no_file_holds_what_none_may() -> None:
    """Paths of machines, registries, put-off work, keys."""
    wrong = []
    for path in all_text_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        for what, pattern in FORBIDDEN.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                wrong.append(f"{shown(path)}:{line}: {what}: {match.group()[:60]}")
    assert not wrong, "\n".join(wrong)


def test_pins_name_no_address_and_carry_hashes() -> None:
    """A requirement is a name, a version and its hashes."""
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        pins = path.read_text().replace("\\\n", " ").splitlines()
        for pin in filter(None, map(str.strip, pins)):
            assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+-]+( ; [^:]+?)?( +--hash=sha256:[0-9a-f]{64})+", pin), (
                f"{shown(path)}: {pin[:80]}"
            )


def test_what_runs_is_a_part_of_what_is_tested() -> None:
    """The same version of each package in both lists: what is tested is what runs."""

    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==[^\s;]+", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
        )

    assert pins("run.txt") <= pins("test.txt")


def test_files_are_short_enough_to_read() -> None:
    """A long file wants to be split by verb family."""
    wrong = {
        shown(path): lines
        for path in all_text_files()
        if (path.suffix in CODE and path.name not in VENDORED and path.is_relative_to(ROOT / "src")) or _is_script(path)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONG_FILES.get(shown(path), (MOST_LINES, ""))[0]
        if "migrations" not in path.parts
    }
    assert not wrong, wrong


def _is_script(path: Path) -> bool:
    return path.is_relative_to(ROOT / "script") or (path.is_relative_to(ROOT / "tests") and path.suffix == ".py")


def test_functions_are_short_enough_to_read() -> None:
    """Outside tests; a table of data in a function is no excuse, it can stand outside."""
    wrong = [
        f"{shown(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 > LONG_FUNCTIONS.get(node.name, (MOST_LINES_OF_A_FUNCTION, ""))[0]
    ]
    assert not wrong, "\n".join(wrong)


def test_names_say_something() -> None:
    """A drawer called `utils` collects what nobody can find again."""
    wrong = [
        shown(path)
        for path in all_text_files()
        if path.stem.lower() in NAMES_THAT_SAY_NOTHING and path.name not in NAMES_THAT_TOOLS_WANT
    ]
    assert not wrong, wrong


def test_public_functions_of_our_packages_have_docstrings() -> None:
    """What it does, shapes, units, errors: said where it is defined."""
    wrong = []
    for path in python_files():
        if not ast.get_docstring(tree_of(path)) and path.name != "__init__.py":
            wrong.append(f"{shown(path)}: the file says nothing about itself")
        for node in tree_of(path).body:
            # What Django configures is described by its file.
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node) and not node.name.endswith("Config"):
                wrong.append(f"{shown(path)}:{node.lineno} {node.name}")
    assert not wrong, "\n".join(wrong)


def test_scripts_can_be_run() -> None:
    """Each script says how it is used."""
    for path in sorted(path for path in (ROOT / "script").iterdir() if path.is_file()):
        assert path.stat().st_mode & 0o111, f"{shown(path)} is not executable"
        assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n# "), shown(path)
