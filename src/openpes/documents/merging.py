"""What goes over when two records of one person become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpes.core.merging import Key, Moved, Side, give_back, move_rows
from openpes.documents.models import Cv, CvEntry, CvLink, PaperInHand

# A second CV and a paper ticked twice stay where they are: the table does not allow them twice.
MOVES: tuple[Key, ...] = (
    (Cv, "jobseeker"),
    (CvEntry, "jobseeker"),
    (PaperInHand, "jobseeker"),
)
STAYS: dict[tuple[type[object], str], str] = {
    (CvLink, "jobseeker"): "whoever holds the link was shown that record; it ends by its own clock",
}


def merge_person(*, gone: Side, kept: Side) -> Moved:
    """This room's rows go over. Inside the journey's transaction."""
    return move_rows(MOVES, gone=gone, kept=kept)


def unmerge_person(*, moved: Mapping[str, Sequence[int]], gone: Side) -> None:
    """They go back. Inside the journey's transaction."""
    give_back(MOVES, moved, gone=gone)
