"""Bulk writing of synthetic registrations for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.jobseekers.models import Jobseeker, JobseekerMove, WantedOccupation
from openpes.jobseekers.operations import Profile, require_known_codes
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.reference.country import area_coordinates


@dataclass(frozen=True, slots=True)
class Move:
    """A registration entered a state at an instant."""

    state: JobseekerState
    at: datetime


@dataclass(frozen=True, slots=True)
class SyntheticJobseeker:
    """A drawn registration of a synthetic person; the last of its moves, in order of time, is its state."""

    ref: str
    person_id: int
    office_id: int
    counsellor_id: int | None
    state: JobseekerState
    channel: Channel
    registered_at: datetime
    last_confirmed_at: datetime
    left_at: datetime | None
    moves: tuple[Move, ...]
    profile: Profile


def _row(one: SyntheticJobseeker) -> Jobseeker:
    profile = one.profile
    latitude, longitude = area_coordinates(profile.area_code) or (None, None)
    return Jobseeker(
        ref=one.ref,
        person_id=one.person_id,
        office_id=one.office_id,
        counsellor_id=one.counsellor_id,
        state=one.state,
        channel=one.channel,
        registered_at=one.registered_at,
        last_confirmed_at=one.last_confirmed_at,
        left_at=one.left_at,
        area_code=profile.area_code,
        latitude=latitude,
        longitude=longitude,
        max_km=profile.max_km,
        education_level=profile.education_level,
        work_status=profile.work_status,
        experience_months=profile.experience_months,
        min_pay_amount=profile.min_pay_amount,
        min_pay_currency=profile.min_pay_currency,
        min_pay_period=profile.min_pay_period,
        shifts=profile.shifts,
        skill_ids=list(profile.skill_ids),
        skills_confirmed_at=one.registered_at if profile.skill_ids else None,
        language_codes=None if profile.language_codes is None else list(profile.language_codes),
        licence_ids=None if profile.licence_ids is None else list(profile.licence_ids),
        changed_at=one.left_at or one.last_confirmed_at,
    )


@transaction.atomic
def write_jobseekers(*, rows: Sequence[SyntheticJobseeker], by: Actor, at: datetime) -> list[int]:
    """Write registrations with the work they want; returns their keys in the order given. Raises Refused."""
    for one in rows:
        require_known_codes(one.profile)
    jobseekers = Jobseeker.objects.bulk_create([_row(one) for one in rows])
    WantedOccupation.objects.bulk_create(
        [
            WantedOccupation(jobseeker_id=jobseeker.pk, position=position, isco=wanted.isco, words=wanted.words[:120])
            for jobseeker, one in zip(jobseekers, rows, strict=True)
            for position, wanted in enumerate(one.profile.wanted, start=1)
        ]
    )
    JobseekerMove.objects.bulk_create(
        [
            JobseekerMove(jobseeker_id=jobseeker.pk, state=move.state, at=move.at)
            for jobseeker, one in zip(jobseekers, rows, strict=True)
            for move in one.moves
        ]
    )
    record_change(by=by, at=at, verb="jobseeker.seed", thing="demo:nation", detail={"jobseekers": len(jobseekers)})
    return [jobseeker.pk for jobseeker in jobseekers]


def wipe_synthetic() -> int:
    """Remove the registrations of synthetic people, in the caller's transaction."""
    removed = WantedOccupation.objects.filter(jobseeker__person__synthetic=True).delete()[0]
    return removed + Jobseeker.objects.filter(person__synthetic=True).delete()[0]
