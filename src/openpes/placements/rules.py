"""How well an outcome is known, and what counts as a placement. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.placements.states import STRENGTH, EvidenceGrade, OutcomeKind

EARLIEST = timedelta(days=400)
LATEST = timedelta(days=180)


def strongest(grades: Iterable[EvidenceGrade]) -> EvidenceGrade:
    """The strongest grade among pieces of evidence that agree. Raises ValueError when there is none."""
    return max(grades, key=STRENGTH.__getitem__)


def may_record(*, kind: OutcomeKind, starts_on: date, on: date, same_open: bool) -> Decision:
    """An outcome has a believable start and is written down once."""
    reasons = []
    if starts_on < on - EARLIEST:
        reasons.append(Reason("start_too_long_ago"))
    if starts_on > on + LATEST:
        reasons.append(Reason("start_too_far_ahead"))
    if same_open:
        reasons.append(Reason("already_recorded", {"kind": kind.value}))
    return no(*reasons) if reasons else yes()


def puts_in_work(kind: OutcomeKind) -> bool:
    """Does this outcome mean that the person works now?"""
    return kind in {OutcomeKind.JOB, OutcomeKind.SELF_EMPLOYMENT, OutcomeKind.APPRENTICESHIP}
