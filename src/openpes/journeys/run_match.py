"""The national match, as commands and clocks start it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from openpes.core.actors import Actor
from openpes.matching import operations as matching
from openpes.matching.models import MatchRun
from openpes.matching.queries import run_is_asked_for
from openpes.reference.country import today


def run_national_match(*, by: Actor, at: datetime, progress: Callable[[str, int, int], None] | None = None) -> MatchRun:
    """Match everybody against every public vacancy and publish the result."""
    if progress is None:
        return matching.run_match(by=by, at=at, on=today(at))
    return matching.run_match(by=by, at=at, on=today(at), progress=progress)


def run_if_asked_for(*, by: Actor, at: datetime) -> int:
    """Run the national match that an administrator has asked for; how many were run (0 or 1)."""
    if not run_is_asked_for():
        return 0
    run_national_match(by=by, at=at)
    return 1
