"""What goes over when two records of one person become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpes.core.merging import Key, Moved, Side, give_back, move_rows
from openpes.dialogues.models import Conversation, DeclinedJob, SavedJob

MOVES: tuple[Key, ...] = ((Conversation, "person"), (DeclinedJob, "person"), (SavedJob, "person"))
STAYS: dict[tuple[type[object], str], str] = {}


def merge_person(*, gone: Side, kept: Side) -> Moved:
    """This room's rows go over. Inside the journey's transaction."""
    return move_rows(MOVES, gone=gone, kept=kept)


def unmerge_person(*, moved: Mapping[str, Sequence[int]], gone: Side) -> None:
    """They go back. Inside the journey's transaction."""
    give_back(MOVES, moved, gone=gone)
