"""Writing of a synthetic fair for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.fairs.models import Fair, FairJob, FairMeeting, FairVisit
from openpes.fairs.states import SignedUpBy


@transaction.atomic
def write_fair(
    *,
    office_id: int,
    name: str,
    place: str,
    starts_at: datetime,
    hours: int,
    jobseeker_ids: Sequence[int],
    vacancy_ids: Sequence[int],
    by: Actor,
    at: datetime,
) -> int:
    """A fair of one office with jobs, visitors and times at stands. Returns how many signed up."""
    fair = Fair.objects.create(
        office_id=office_id,
        name=name,
        place=place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        planned_at=at,
        synthetic=True,
    )
    stands = FairJob.objects.bulk_create([FairJob(fair=fair, vacancy_id=key) for key in vacancy_ids])
    came = at if starts_at <= at else None
    visits = FairVisit.objects.bulk_create(
        [
            FairVisit(
                fair=fair,
                jobseeker_id=key,
                way=SignedUpBy.DESK if number % 4 == 0 else SignedUpBy.PAGE,
                signed_up_at=at,
                came_at=came if number % 3 else None,
            )
            for number, key in enumerate(jobseeker_ids)
        ]
    )
    FairMeeting.objects.bulk_create(
        [
            FairMeeting(job=stands[number % len(stands)], visit=visit, starts_at=_slot(fair, number // len(stands)))
            for number, visit in enumerate(visits)
            if stands
        ]
    )
    record_change(by=by, at=at, verb="fair.seed", thing=f"fair:{fair.ref}", detail={"visits": len(visits)})
    return len(visits)


def _slot(fair: Fair, number: int) -> datetime:
    return fair.starts_at + timedelta(minutes=number * fair.slot_minutes)


def wipe_synthetic() -> int:
    """Remove synthetic fairs with all that belongs to them, in the caller's transaction."""
    return Fair.objects.filter(synthetic=True).delete()[0]
