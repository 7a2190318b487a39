"""A registration that was written on paper is keyed in: once, with the day on which it was written kept apart."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.states import Channel
from openpes.journeys.register_jobseeker import Registered, Registration, register_jobseeker
from openpes.reference.country import today


@transaction.atomic
def register_from_paper(
    *, number: str, held_on: date, registration: Registration, by: Actor, at: datetime
) -> Registered:
    """Register the person and file the paper in one stroke. Raises Refused, and changes nothing then."""
    made = register_jobseeker(registration=registration, channel=Channel.DESK, by=by, at=at)
    jobseekers.file_paper(
        jobseeker=jobseeker_for(by, made.jobseeker_ref, at=at),
        number=number,
        held_on=held_on,
        on=today(at),
        by=by,
        at=at,
    )
    return made
