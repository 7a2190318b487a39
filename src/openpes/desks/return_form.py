"""The ministry's own form of the return: which lines it has, in its words and order, is data of the country's pack.

    form_on(day)                the form in force; None where the country uses the service's own lines
    filled(form, numbers)       (code, words, number) for each line of the form

A line of the form adds up lines of the return (`adds`); one that the service does not count stays empty, to be filled
by hand, and is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.desks.returns import Line
from openpes.reference.country import country

KEY = "casework.return_form"


@dataclass(frozen=True)
class FormLine:
    """One line as the ministry words it, in a section of its form."""

    section: str
    code: str
    label: str
    adds: tuple[Line, ...]


@dataclass(frozen=True)
class ReturnForm:
    """A ministry's form. `verified` False: the layout is recalled, and is checked before it is sent anywhere."""

    title: str
    lines: tuple[FormLine, ...]
    verified: bool


def read_form(value: Mapping[str, Any], *, verified: bool) -> ReturnForm | None:
    """The form as the pack writes it; None when it has no line. Pure. Raises ValueError for a line it cannot read."""
    lines = []
    for one in value.get("lines", ()):
        odd = set(one.get("adds", ())) - set(Line)
        if odd or not one.get("code") or not one.get("label"):
            raise ValueError(f"{KEY}: the line {one.get('code', '?')} is not complete, or adds what is not counted")
        adds = tuple(Line(code) for code in one.get("adds", ()))
        lines.append(FormLine(str(one.get("section", "")), str(one["code"]), str(one["label"]), adds))
    return ReturnForm(str(value.get("title", "")), tuple(lines), verified) if lines else None


def form_on(day: date) -> ReturnForm | None:
    """The form of the country in force on a day."""
    dated = country().value(KEY, on=day)
    if not dated.known:
        return None
    return read_form(dated.value, verified=not dated.verify_before_use)


def filled(form: ReturnForm, numbers: Mapping[Line, int]) -> list[tuple[FormLine, int | None]]:
    """Each line with its number; None where the service does not count it. Pure."""
    return [(one, sum(numbers[line] for line in one.adds) if one.adds else None) for one in form.lines]
