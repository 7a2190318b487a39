"""How a list and its rows move. Pure."""

from __future__ import annotations

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.imports.states import ALLOWED_BATCH_MOVES, STILL_OPEN, BatchState, Choice, RowState


def may_move_batch(*, now_in: BatchState, to: BatchState) -> Decision:
    """A list moves along the table of moves."""
    if to not in ALLOWED_BATCH_MOVES[now_in]:
        return no(Reason("import_move", {"from": now_in.value, "to": to.value}))
    return yes()


def may_mend(*, batch: BatchState, row: RowState) -> Decision:
    """A row that was written is mended in the record it made; a list under way or undone is left alone."""
    if batch not in {BatchState.CHECKED, BatchState.TAKEN}:
        return no(Reason("import_busy"))
    if row not in STILL_OPEN:
        return no(Reason("row_written"))
    return yes()


def state_of_row(
    *, has_problems: bool, is_same: bool, is_alike: bool, has_doubts: bool, doubts_seen: bool, choice: Choice
) -> RowState:
    """Where a row stands after it was read. What is wrong comes first, then what a person decides."""
    if choice == Choice.SKIP:
        return RowState.SKIPPED
    if has_problems:
        return RowState.BAD
    if is_same:
        return RowState.SAME
    if is_alike and choice == Choice.UNDECIDED:
        return RowState.ALIKE
    if has_doubts and not doubts_seen:
        return RowState.DOUBT
    return RowState.READY
