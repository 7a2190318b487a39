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


class _Loader(_FastLoader):
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


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_yaml(path: Path, shown_as: str) -> Lined:
    """The file as a Lined mapping. Raises PackError with the line of the first fault of writing."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as fault:
        raise PackError([PackProblem(shown_as, 1, "file", "is missing.", "Copy it from packs/_template.")]) from fault
    except UnicodeDecodeError as fault:
        problem = PackProblem(shown_as, 1, "file", "is not UTF-8 text.", "Save it as UTF-8.")
        raise PackError([problem]) from fault
    except (yaml.MarkedYAMLError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(fault, "problem", None) or str(fault)
        problem = PackProblem(shown_as, line, "writing", f"{said}.", "Compare with the file in packs/_template.")
        raise PackError([problem]) from fault
    if not isinstance(loaded, Lined):
        problem = PackProblem(shown_as, 1, "file", "holds no fields.", "Begin with `about:` and `values:`.")
        raise PackError([problem])
    return loaded
