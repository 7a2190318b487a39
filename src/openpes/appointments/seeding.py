"""Bulk writing of synthetic hours, appointments and a queue for a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from openpes.appointments.models import (
    Appointment,
    AppointmentEvent,
    Contact,
    GroupSession,
    HeldTime,
    OpeningTime,
    QueueTicket,
    Room,
)
from openpes.appointments.rules import tens
from openpes.appointments.states import (
    HOLDS_TIME,
    AppointmentEventKind,
    AppointmentKind,
    AppointmentState,
    ContactResult,
    ContactWay,
    QueuePurpose,
    Way,
)
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.ids import new_ref

SPANS = ((time(8), time(12)), (time(13), time(17)))


@dataclass(frozen=True, slots=True)
class SyntheticAppointment:
    """A drawn appointment with one counsellor."""

    ref: str
    jobseeker_id: int
    office_id: int
    counsellor_id: int
    kind: AppointmentKind
    state: AppointmentState
    starts_at: datetime
    minutes: int
    booked_at: datetime


@transaction.atomic
def write_hours(*, office_ids: Sequence[int], weekdays: Sequence[int], by: Actor, at: datetime) -> None:
    """The same week for every office: eight to five with a break, on working days; and a room for groups."""
    OpeningTime.objects.bulk_create(
        [
            OpeningTime(office_id=office, weekday=day, opens=opens, closes=closes)
            for office in office_ids
            for day in weekdays
            for opens, closes in SPANS
        ],
        batch_size=500,
    )
    Room.objects.bulk_create([Room(office_id=office, name="Room 1", places=20) for office in office_ids])
    record_change(by=by, at=at, verb="office.seed_hours", thing="demo:nation", detail={"offices": len(office_ids)})


@transaction.atomic
def write_appointments(*, rows: Sequence[SyntheticAppointment], by: Actor, at: datetime) -> int:
    """Write appointments with their held times and first events; who was seen has a contact."""
    made = Appointment.objects.bulk_create(
        [
            Appointment(
                ref=row.ref or new_ref(),
                jobseeker_id=row.jobseeker_id,
                office_id=row.office_id,
                counsellor_id=row.counsellor_id,
                kind=row.kind,
                state=row.state,
                minutes=row.minutes,
                starts_at=row.starts_at,
                booked_at=row.booked_at,
                arrived_at=row.starts_at if row.state in {"arrived", "seen"} else None,
                ended_at=row.starts_at if row.state == AppointmentState.SEEN else None,
            )
            for row in rows
        ]
    )
    HeldTime.objects.bulk_create(
        [
            HeldTime(holder=holder, starts_at=piece, appointment=one)
            for one in made
            if one.state in HOLDS_TIME and one.starts_at is not None
            for holder in (f"c{one.counsellor_id}", f"p{one.jobseeker_id}")
            for piece in tens(one.starts_at, one.minutes)
        ]
    )
    AppointmentEvent.objects.bulk_create(
        [
            AppointmentEvent(
                appointment=one,
                kind=AppointmentEventKind.BOOKED,
                at=one.booked_at or at,
                way=Way.DESK,
                actor=by.log_key,
            )
            for one in made
        ]
    )
    Contact.objects.bulk_create(
        [
            Contact(
                jobseeker_id=one.jobseeker_id,
                office_id=one.office_id,
                at=one.starts_at or at,
                way=ContactWay.APPOINTMENT,
                result=ContactResult.CAME,
                by_id=one.counsellor_id,
            )
            for one in made
            if one.state == AppointmentState.SEEN
        ]
    )
    record_change(by=by, at=at, verb="appointment.seed", thing="demo:nation", detail={"appointments": len(made)})
    return len(made)


@transaction.atomic
def write_queue(
    *, office_id: int, on: date, taken: Sequence[tuple[QueuePurpose, datetime]], by: Actor, at: datetime
) -> None:
    """Numbers of a day that wait."""
    QueueTicket.objects.bulk_create(
        [
            QueueTicket(office_id=office_id, on=on, number=number, purpose=purpose, taken_at=moment)
            for number, (purpose, moment) in enumerate(taken, start=1)
        ]
    )
    record_change(by=by, at=at, verb="queue.seed", thing="demo:nation", detail={"numbers": len(taken)})


def wipe_synthetic() -> int:
    """Remove what hangs on synthetic people and offices, in the caller's transaction."""
    removed = 0
    mine = Q(jobseeker__person__synthetic=True)
    keys = list(Appointment.objects.filter(mine).values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        removed += Appointment.objects.filter(pk__in=keys[start : start + 500]).delete()[0]
    removed += Contact.objects.filter(mine).delete()[0]
    for table in (QueueTicket, GroupSession, OpeningTime, Room):
        removed += table.objects.filter(office__synthetic=True).delete()[0]
    return removed
