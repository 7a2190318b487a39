"""The national match, as commands and clocks start it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from openpes.core.actors import Actor
from openpes.matching import operations as matching
from openpes.matching.models import MatchRun
from openpes.reference.country import today


def run_national_match(*, by: Actor, at: datetime, progress: Callable[[str, int, int], None] | None = None) -> MatchRun:
    """Match everybody against every public vacancy and publish the result."""
    if progress is None:
        return matching.run_match(by=by, at=at, on=today(at))
    return matching.run_match(by=by, at=at, on=today(at), progress=progress)
