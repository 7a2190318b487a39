"""What goes over when two records of one person become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpes.casework.models import CaseNote, FormDraft, KeyedLine, NamedHelper, PaperToShow
from openpes.core.merging import Key, Moved, Side, give_back, move_rows

MOVES: tuple[Key, ...] = ((CaseNote, "jobseeker"), (NamedHelper, "jobseeker"))
STAYS: dict[tuple[type[object], str], str] = {
    (PaperToShow, "jobseeker"): "was asked of the old number; the record that is kept has its own",
    (FormDraft, "jobseeker"): "a form begun at the page of the old number; it goes by itself after some days",
    (KeyedLine, "jobseeker"): "says only that a line of a day on paper was keyed in under the old number",
}


def merge_person(*, gone: Side, kept: Side) -> Moved:
    """This room's rows go over. Inside the journey's transaction."""
    return move_rows(MOVES, gone=gone, kept=kept)


def unmerge_person(*, moved: Mapping[str, Sequence[int]], gone: Side) -> None:
    """They go back. Inside the journey's transaction."""
    give_back(MOVES, moved, gone=gone)
