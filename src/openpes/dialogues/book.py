"""The dialogues as data (data/*.yaml), read once: what each state asks, understands and leads to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Turn:
    """What follows something that was understood: the answer kept, the deed done, the next state, another sentence."""

    keep: str = ""
    do: str = ""
    next: str = ""
    says: str = ""
    forget: bool = False


@dataclass(frozen=True)
class State:
    """A state: how an answer is read there, and its turns by what was read."""

    name: str
    reads: str
    dialogue: str
    says: str
    most: int
    zero: bool
    turns: dict[str, Turn]


@dataclass(frozen=True)
class Ending:
    """Where a dialogue goes by what came of a deed."""

    next: str
    says: str = ""
    forget: bool = False
    resume: bool = False


@dataclass(frozen=True)
class Command:
    """What a word begins. known: a person must be known; who is not goes to `otherwise`, or is asked to register."""

    do: str = ""
    next: str = ""
    known: bool = False
    otherwise: str = ""


@dataclass(frozen=True)
class Book:
    """Everything."""

    states: dict[str, State]
    endings: dict[str, dict[str, Ending]]
    commands: dict[str, Command]
    keywords: dict[str, dict[str, tuple[str, ...]]]


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def _state(name: str, row: dict[str, Any]) -> State:
    turns = {str(heard): Turn(**turn) for heard, turn in row.get("turns", {}).items()}
    return State(
        name, row["reads"], row["dialogue"], row.get("says", ""), row.get("most", 0), row.get("zero", False), turns
    )


@cache
def book() -> Book:
    """The dialogues of the service."""
    words = _read("keywords.yaml")["words"]
    return Book(
        states={name: _state(name, row) for name, row in _read("states.yaml").items()},
        endings={
            deed: {str(came): Ending(**row) for came, row in rows.items()}
            for deed, rows in _read("effects.yaml").items()
        },
        commands={name: Command(**row) for name, row in _read("commands.yaml").items()},
        keywords={
            tag: {name: tuple(str(one) for one in held) for name, held in rows.items()} for tag, rows in words.items()
        },
    )
