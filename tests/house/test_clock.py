"""Time is an argument: only the clock asks what time it is, and only doors, jobs and the roof ask the clock."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import module_of, python_files, shown, tree_of

ASKS_THE_SYSTEM = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("time", "time"),
}
# The clock; and what measures its own duration, or is a command line without a service behind it.
THE_CLOCK = "openpes.core.clock"
OUTSIDE_THE_HOUSE = ("openpes.config.", "openpes.cli.", "openpes_countries.tools.")
MAY_ASK_THE_CLOCK = ("openpes.web.", "openpes.api.", "openpes.sms.", "openpes.cli.", "openpes.config.")


def asks_the_system(tree: ast.AST) -> list[int]:
    """Lines that ask the machine for the time."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if (getattr(node.func.value, "id", getattr(node.func.value, "attr", "")), node.func.attr) in ASKS_THE_SYSTEM
    ]


def asks_the_clock(tree: ast.AST) -> list[int]:
    """Lines that import `now`, or call it on the clock's module."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {THE_CLOCK, "django.utils.timezone"}:
            lines += [node.lineno for alias in node.names if alias.name == "now"]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "now":
            lines += [node.lineno] if getattr(node.func.value, "id", "") == "clock" else []
    return lines


def test_only_the_clock_asks_the_system() -> None:
    """So that a test, a replay and a night job can live in any hour."""
    wrong = [
        f"{shown(path)}:{line}"
        for path in python_files()
        if module_of(path) != THE_CLOCK and not module_of(path).startswith(OUTSIDE_THE_HOUSE)
        for line in asks_the_system(tree_of(path))
    ]
    assert not wrong, wrong


def test_only_doors_jobs_and_the_roof_ask_the_clock() -> None:
    """Rules, queries, operations and journeys are told the time."""
    wrong = [
        f"{shown(path)}:{line}"
        for path in python_files()
        if not module_of(path).startswith(MAY_ASK_THE_CLOCK) and path.name != "jobs.py"
        for line in asks_the_clock(tree_of(path))
    ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "date.today()", "timezone.now()", "dt.datetime.now()", "time.time()"]
)
def test_the_guard_sees_each_way(line: str) -> None:
    """The guard itself."""
    assert asks_the_system(ast.parse(line)) == [1]


def test_rules_and_states_touch_no_disk(tmp_path: Path) -> None:
    """A rule is a pure function: it opens nothing and reads no settings."""
    wrong = []
    for path in python_files():
        if path.name in {"rules.py", "states.py"} or path.name.startswith("rules_"):
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Name) and node.id in {"open", "settings", "environ"}:
                    wrong.append(f"{shown(path)}:{node.lineno} {node.id}")
    assert not wrong, wrong
