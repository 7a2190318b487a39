"""YAML that remembers the line of every field, so that an error can point at it.

Stricter than plain YAML 1.1: `on`, `yes` and `NO` stay words (Norway is a country), a figure with a leading zero stays
text (it is a code), decimals are exact, and a field written twice is an error.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from openpes_countries.errors import PackError, PackProblem

_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lined(dict[str, Any]):
    """A mapping that knows the line it begins on and the line of each of its fields."""

    line: int = 0
    lines: dict[str, int]

    def line_of(self, field: str) -> int:
        return self.lines.get(field, self.line)


class Loader(_FastLoader):
    """The reader of packs: see the head of this file."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _mapping(loader: Any, node: yaml.MappingNode) -> Lined:
    made = Lined()
    made.line = node.start_mark.line + 1
    made.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise yaml.MarkedYAMLError(
                problem=f"the field name {key!r} is not text; put it in quotes", problem_mark=key_node.start_mark
            )
        if key in made:
            raise yaml.MarkedYAMLError(
                problem=f"the field “{key}” is written twice in one block", problem_mark=key_node.start_mark
            )
        made.lines[key] = line
        made[key] = loader.construct_object(value_node, deep=True)
    return made


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_yaml(path: Path, shown_as: str) -> Lined:
    """The file as a Lined mapping. Raises PackError with the line of the first fault of writing."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as fault:
        raise PackError([PackProblem(shown_as, 1, "file", "is missing.", "Copy it from packs/_template.")]) from fault
    except UnicodeDecodeError as fault:
        problem = PackProblem(shown_as, 1, "file", "is not UTF-8 text.", "Save it as UTF-8.")
        raise PackError([problem]) from fault
    return read_yaml_text(
        text,
        shown_as,
        compare="Compare with the file in packs/_template.",
        begin="Begin with `about:` and `values:`.",
    )


def read_yaml_text(text: str, shown_as: str, *, compare: str, begin: str) -> Lined:
    """A text as a Lined mapping; `compare` and `begin` say how to mend it. Raises PackError."""
    try:
        loaded = yaml.load(text, Loader=Loader)
    except (yaml.YAMLError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(fault, "problem", None) or str(fault)
        raise PackError([PackProblem(shown_as, line, "writing", f"{said}.", compare)]) from fault
    if not isinstance(loaded, Lined):
        raise PackError([PackProblem(shown_as, 1, "file", "holds no fields.", begin)])
    return loaded
