"""Closed lists of the imports room."""

from enum import StrEnum


class ListKind(StrEnum):
    """What an office's old list is a list of."""

    PEOPLE = "people"
    EMPLOYERS = "employers"
    VACANCIES = "vacancies"


class BatchState(StrEnum):
    """Where an uploaded list stands."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    TAKING = "taking"
    TAKEN = "taken"
    UNDONE = "undone"


ALLOWED_BATCH_MOVES = {
    BatchState.MAPPING: {BatchState.CHECKING},
    BatchState.CHECKING: {BatchState.CHECKED},
    BatchState.CHECKED: {BatchState.CHECKING, BatchState.TAKING, BatchState.UNDONE},
    BatchState.TAKING: {BatchState.TAKEN},
    BatchState.TAKEN: {BatchState.TAKING, BatchState.UNDONE},
    BatchState.UNDONE: set(),
}


class RowState(StrEnum):
    """Where one row of a list stands."""

    WAITING = "waiting"
    BAD = "bad"
    DOUBT = "doubt"
    ALIKE = "alike"
    READY = "ready"
    SAME = "same"
    TAKEN = "taken"
    UPDATED = "updated"
    SKIPPED = "skipped"
    UNDONE = "undone"
    KEPT = "kept"


TO_LOOK_AT = (RowState.BAD, RowState.ALIKE, RowState.DOUBT)
WRITTEN = (RowState.TAKEN, RowState.UPDATED)
STILL_OPEN = (RowState.WAITING, RowState.BAD, RowState.DOUBT, RowState.ALIKE, RowState.READY, RowState.SKIPPED)


class Choice(StrEnum):
    """What to do with a row that looks like something known."""

    UNDECIDED = ""
    NEW = "new"
    UPDATE = "update"
    SKIP = "skip"
