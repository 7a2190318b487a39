"""Those whose tickets were drawn beside those whose were not: the same wish, and only chance between them.

Everybody stays in the group into which the draw put them, also who did not come or got a place later: else chance
would no longer be all that lies between the groups. Counts leave only in steps of ten, small ones not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openpes.core.actors import Actor
from openpes.enrolments.queries import course_entered
from openpes.placements.queries import work_since_by_person
from openpes.programmes.models import Cycle
from openpes.programmes.queries import cycle_for, drawn_people
from openpes.reference.country import today
from openpes_evidence.disclosure import TOTAL, protect

GROUPS, WORK, ENTERED = ("drawn", "not_drawn"), ("work_known", "no_work_known"), ("entered", "not_entered")


@dataclass(frozen=True)
class Compared:
    """One round: rows of (group, measure, count or None where it is hidden). `months` since the round began."""

    cycle: Cycle
    months: int
    rows: tuple[tuple[str, str, int | None], ...]

    @property
    def is_empty(self) -> bool:
        """True where nothing was drawn yet."""
        return not self.rows


def compare(*, ref: str, by: Actor, at: datetime) -> Compared:
    """The two groups of a draw and what the ledger knows of their work. Raises NotPermitted, NotFound."""
    cycle, on = cycle_for(by, ref), today(at)
    people = dict(zip(GROUPS, drawn_people(cycle), strict=True))
    months = max(0, (on.year - cycle.starts_on.year) * 12 + on.month - cycle.starts_on.month)
    if not any(people.values()):
        return Compared(cycle, months, ())
    everybody = [key for keys in people.values() for key in keys]
    works = work_since_by_person(everybody, since=cycle.starts_on)
    came = course_entered(cycle, everybody)
    rows: list[tuple[str, str, int | None]] = []
    for codes, holds in ((WORK, works), (ENTERED, came)):
        counts: dict[tuple[str, ...], int] = {
            (group, code): sum((key in holds) == (code == codes[0]) for key in keys)
            for group, keys in people.items()
            for code in codes
        }
        shown = protect(counts, ("group", "measure")).shown
        rows += [(group, code, shown[group, code]) for group in GROUPS for code in codes]
        if codes is WORK:
            rows += [(group, "all", shown[group, TOTAL]) for group in GROUPS]
    return Compared(cycle, months, tuple(rows))
