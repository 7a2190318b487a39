"""Targets for priority groups and how far they are reached: counts of people who agreed to it, small ones hidden.

A group is what people say of themselves. Nobody is counted who did not agree to figures, so every count is a floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openpes.circumstances.queries import members_of_groups
from openpes.circumstances.states import UsedFor
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registrations_of
from openpes.partnerships.list_queries import accepted_times
from openpes.partnerships.models import GroupTarget
from openpes.partnerships.states import TargetMeasure
from openpes.placements.figures import work_days
from openpes.reference.country import today
from openpes_evidence.disclosure import shown_count
from openpes_evidence.proportions import wilson

Happened = Mapping[int, list[date]]


@dataclass(frozen=True)
class Reach:
    """One target. Counts are in steps of ten; None: between one and nine, which is not shown.

    `low`, `high`: the 95 % interval, in per cent, of the share of the group's known members that was reached.
    `of_target`: reached in per cent of the target.
    """

    target: GroupTarget
    known: int | None
    reached: int | None
    low: int | None
    high: int | None
    of_target: int | None


def _by_person(pairs: Iterable[tuple[int, date]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for key, day in pairs:
        found.setdefault(key, []).append(day)
    return found


def reach_of(target: GroupTarget, members: Iterable[Jobseeker], happened: Happened) -> Reach:
    """How far one target is, from what happened to the group's members at the target's office."""
    here = {one.pk for one in members if one.office_id == target.office_id}
    reached = sum(any(target.starts_on <= day < target.ends_before for day in happened.get(key, ())) for key in here)
    known_shown, reached_shown = shown_count(len(here)), shown_count(reached)
    # The interval rests on the shown counts, so that it tells no more than they do.
    can_tell = known_shown is not None and reached_shown is not None
    span = wilson(min(reached_shown, known_shown), known_shown) if can_tell else None  # type: ignore[type-var, arg-type]
    return Reach(
        target,
        known_shown,
        reached_shown,
        None if span is None else round(100 * span[0]),
        None if span is None else round(100 * span[1]),
        None if reached_shown is None else round(100 * reached_shown / target.number),
    )


def reaches(targets: list[GroupTarget]) -> list[Reach]:
    """All of them, in a fixed number of reads. The caller has looked the targets up for its actor."""
    members = members_of_groups(sorted({one.group for one in targets}), purpose=UsedFor.FIGURES)
    held = registrations_of({person for people in members.values() for person in people})
    keys = [one.pk for one in held.values()]
    sources: dict[TargetMeasure, Callable[[], Happened]] = {
        TargetMeasure.REGISTERED: lambda: {one.pk: [today(one.registered_at)] for one in held.values()},
        TargetMeasure.PARTNER: lambda: _by_person((key, today(at)) for key, at in accepted_times(keys)),
        TargetMeasure.WORK: lambda: _by_person(work_days(keys)),
    }
    happened = {measure: read() for measure, read in sources.items()}
    return [
        reach_of(
            one,
            [held[person] for person in members[one.group] if person in held],
            happened[TargetMeasure(one.measure)],
        )
        for one in targets
    ]
