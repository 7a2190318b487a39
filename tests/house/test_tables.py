"""A room's tables belong to the room: others may name them in annotations and foreign keys, and never use them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from openpes.config.apps_list import ROOMS
from tests.house.source import SOURCE, python_files, shown, tree_of

# The demonstration fills tables in bulk, the roof sees everything, and logs have no room.
MAY_USE_ANY = {"demo", "config", "core"}


def home_of(path: Path) -> str:
    """The folder of openpes that a file lies in; "" for bedrock."""
    package, *rest = path.relative_to(SOURCE).parts
    return rest[0] if package == "openpes" and len(rest) > 1 else ""


def annotation_nodes(tree: ast.AST) -> set[int]:
    """Ids of all nodes that stand inside an annotation."""
    inside: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [node.returns]
        for part in parts:
            if part is not None:
                inside |= {id(child) for child in ast.walk(part)}
    return inside


def foreign_tables(path: Path, tree: ast.Module) -> dict[str, str]:
    """Names that a file imports from another room's models, with the module they come from."""
    home, found = home_of(path), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if len(parts) == 3 and parts[0] == "openpes" and parts[2] == "models" and parts[1] not in {home, "core"}:
                found |= {alias.asname or alias.name: node.module for alias in node.names}
            if len(parts) == 2 and parts[0] == "openpes" and parts[1] in ROOMS and parts[1] not in {home, "core"}:
                found |= {
                    alias.asname or alias.name: f"{node.module}.models"
                    for alias in node.names
                    if alias.name == "models"
                }
    return found


def used_outside_annotations(path: Path, tree: ast.Module) -> list[str]:
    """Lines of a file that use another room's table."""
    foreign = foreign_tables(path, tree)
    inside = annotation_nodes(tree)
    return [
        f"{shown(path)}:{node.lineno} uses {node.id} of {foreign[node.id]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in foreign and id(node) not in inside
    ]


def test_no_file_uses_the_tables_of_another_room() -> None:
    """Ask the room's queries and operations instead."""
    wrong = [
        line
        for path in python_files()
        # A room whose tables are many keeps them in several files, each called …models.py.
        if home_of(path) not in MAY_USE_ANY | {""} and not path.name.endswith("models.py")
        for line in used_outside_annotations(path, tree_of(path))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("line", "is_use"),
    [
        ("def f(p: Person) -> None: ...", False),
        ("def f() -> list[Person]: ...", False),
        ("x: Person | None = None", False),
        ("Person.objects.all()", True),
        ("def f(p: object) -> bool: return isinstance(p, Person)", True),
        ("y = Person", True),
    ],
)
def test_the_guard_tells_an_annotation_from_a_use(line: str, is_use: bool) -> None:
    """The guard itself, on lines made for it."""
    path = SOURCE / "openpes" / "vacancies" / "made_up.py"
    tree = ast.parse(f"from openpes.people.models import Person\n{line}\n")
    assert bool(used_outside_annotations(path, tree)) is is_use


WRITES = {"create", "bulk_create", "update", "bulk_update", "update_or_create", "get_or_create", "delete", "save"}
WRITES |= {"record_change", "add", "set", "atomic", "select_for_update"}
# A session (and what is half-written in it), a device of the second factor and a form are no records of the service.
NOT_RECORDS = (
    "session",
    "writing",
    "device",
    "token",
    "form",
    "fields",
    "connection",
    "messages",
    "found",
    "seen",
    "reached",
)


def test_doors_write_only_by_operations() -> None:
    """No page and no command saves a row itself: the rules, the log and the outbox would be passed by."""
    wrong = []
    for path in python_files():
        if home_of(path) not in {"web", "cli", "desks"}:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                on_rows = "objects" in ast.unparse(node.func.value) or node.func.attr in {
                    "record_change",
                    "atomic",
                    "save",
                }
                if on_rows and not any(word in ast.unparse(node.func.value).lower() for word in NOT_RECORDS):
                    wrong.append(f"{shown(path)}:{node.lineno} {ast.unparse(node.func)}")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_change":
                wrong.append(f"{shown(path)}:{node.lineno} record_change")
    assert not wrong, "\n".join(wrong)
