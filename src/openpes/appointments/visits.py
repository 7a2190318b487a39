"""Writes about visits: the walk-in queue and group sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from openpes.appointments.access import require_at_office
from openpes.appointments.models import (
    Appointment,
    AppointmentEvent,
    Contact,
    GroupSession,
    HeldTime,
    QueueTicket,
    Room,
)
from openpes.appointments.operations import SERVED, hold
from openpes.appointments.rules import may_move_in_queue
from openpes.appointments.states import (
    AppointmentEventKind,
    AppointmentKind,
    AppointmentState,
    ContactResult,
    ContactWay,
    QueuePurpose,
    QueueState,
    SessionState,
    Way,
)
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account

TRIES = 5


@transaction.atomic
def take_number(*, office: Office, purpose: QueuePurpose, by: Actor, at: datetime, on: date) -> QueueTicket:
    """Give the next number of the day, in one tap and to nobody in particular."""
    require_at_office("queue.serve", by, office.pk)
    for _try in range(TRIES):
        last = QueueTicket.objects.filter(office=office, on=on).aggregate(n=Max("number"))["n"] or 0
        try:
            with transaction.atomic():
                ticket = QueueTicket.objects.create(office=office, on=on, number=last + 1, purpose=purpose, taken_at=at)
        except IntegrityError:
            continue  # another desk gave this number in the same instant
        record_change(by=by, at=at, verb="queue.take", thing=f"queue:{office.ref}:{ticket.number}")
        return ticket
    raise Refused(no(Reason("try_again")))


def _ticket(ticket: QueueTicket, to: QueueState) -> QueueTicket:
    ticket = QueueTicket.objects.select_for_update(of=("self",)).select_related("office").get(pk=ticket.pk)
    decision = may_move_in_queue(now_in=QueueState(ticket.state), to=to)
    if decision.refused:
        raise Refused(decision)
    ticket.state = to
    return ticket


@transaction.atomic
def call_number(*, ticket: QueueTicket, desk: str, by: Actor, at: datetime) -> QueueTicket:
    """Call a number to a desk; two desks never call the same one."""
    require_at_office("queue.serve", by, ticket.office_id)
    ticket = _ticket(ticket, QueueState.CALLED)
    ticket.called_at, ticket.served_by_id, ticket.desk = at, by.account_id, desk.strip()[:60]
    ticket.save(update_fields=["state", "called_at", "served_by", "desk"])
    record_change(by=by, at=at, verb="queue.call", thing=f"queue:{ticket.office.ref}:{ticket.number}")
    return ticket


@transaction.atomic
def call_next(*, office: Office, desk: str, by: Actor, at: datetime, on: date) -> QueueTicket | None:
    """Call whoever has waited longest; None when nobody waits."""
    require_at_office("queue.serve", by, office.pk)
    waiting = QueueTicket.objects.filter(office=office, on=on, state=QueueState.WAITING).order_by("taken_at", "pk")
    for ticket in list(waiting[:TRIES]):
        try:
            return call_number(ticket=ticket, desk=desk, by=by, at=at)
        except Refused:
            continue  # another desk was quicker
    return None


@transaction.atomic
def put_back(*, ticket: QueueTicket, by: Actor, at: datetime) -> QueueTicket:
    """Nobody came to the desk: the number waits again in its old place."""
    require_at_office("queue.serve", by, ticket.office_id)
    ticket = _ticket(ticket, QueueState.WAITING)
    ticket.called_at, ticket.served_by, ticket.desk = None, None, ""
    ticket.save(update_fields=["state", "called_at", "served_by", "desk"])
    record_change(by=by, at=at, verb="queue.put_back", thing=f"queue:{ticket.office.ref}:{ticket.number}")
    return ticket


@transaction.atomic
def end_visit(*, ticket: QueueTicket, left: bool, by: Actor, at: datetime) -> QueueTicket:
    """The visit is over: served, or gone before. A served person's contact is written down."""
    require_at_office("queue.serve", by, ticket.office_id)
    ticket = _ticket(ticket, QueueState.LEFT if left else QueueState.DONE)
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])
    if not left and ticket.jobseeker_id is not None:
        Contact.objects.create(
            jobseeker_id=ticket.jobseeker_id,
            office=ticket.office,
            at=at,
            way=ContactWay.WALK_IN,
            result=ContactResult.CAME,
            by_id=by.account_id,
        )
    record_change(by=by, at=at, verb=f"queue.{ticket.state}", thing=f"queue:{ticket.office.ref}:{ticket.number}")
    return ticket


@transaction.atomic
def attach_person(*, ticket: QueueTicket, jobseeker: Jobseeker, by: Actor, at: datetime) -> QueueTicket:
    """Write down who the number is, once that is known."""
    require_at_office("queue.serve", by, ticket.office_id)
    require_at_office("jobseeker.view", by, jobseeker.office_id)
    ticket.jobseeker = jobseeker
    ticket.save(update_fields=["jobseeker"])
    record_change(
        by=by,
        at=at,
        verb="queue.attach",
        thing=f"queue:{ticket.office.ref}:{ticket.number}",
        subject=jobseeker.person.log_key,
    )
    return ticket


@transaction.atomic
def plan_session(
    *,
    office: Office,
    topic: str,
    note: str,
    starts_at: datetime,
    minutes: int,
    places: int,
    leader: Account | None,
    room: Room | None,
    by: Actor,
    at: datetime,
) -> GroupSession:
    """Plan a group session: its leader and its room are held, so that nobody books them twice."""
    require_at_office("session.lead", by, office.pk)
    if starts_at <= at:
        raise Refused(no(Reason("time_has_passed")))
    if room is not None and places > room.places:
        raise Refused(no(Reason("room_too_small", {"places": room.places})))
    session = GroupSession.objects.create(
        office=office,
        topic=topic.strip()[:120],
        note=note.strip(),
        starts_at=starts_at,
        minutes=minutes,
        places=places,
        leader=leader,
        room=room,
        made_at=at,
    )
    holders = [f"c{leader.pk}"] if leader is not None else []
    holders += [f"r{room.pk}"] if room is not None else []
    hold(starts_at=starts_at, minutes=minutes, holders=holders, session=session)
    record_change(by=by, at=at, verb="session.plan", thing=f"session:{session.ref}")
    return session


@transaction.atomic
def cancel_session(*, session: GroupSession, by: Actor, at: datetime) -> list[Appointment]:
    """Call a session off; returns the appointments of those who are to be told."""
    require_at_office("session.lead", by, session.office_id)
    if session.state != SessionState.PLANNED:
        raise Refused(no(Reason("session_is_over")))
    session.state = SessionState.CANCELLED
    session.save(update_fields=["state"])
    HeldTime.objects.filter(session=session).delete()
    told = []
    for row in Appointment.objects.filter(session=session, state=AppointmentState.BOOKED).select_related(
        "jobseeker__person", "office"
    ):
        row.state, row.ended_at = AppointmentState.CANCELLED, at
        row.save(update_fields=["state", "ended_at"])
        row.held.all().delete()
        AppointmentEvent.objects.create(
            appointment=row, kind=AppointmentEventKind.CANCELLED, at=at, way=Way.DESK, actor=by.log_key
        )
        told.append(row)
    record_change(by=by, at=at, verb="session.cancel", thing=f"session:{session.ref}")
    return told


@transaction.atomic
def add_to_roster(*, session: GroupSession, jobseeker: Jobseeker, way: Way, by: Actor, at: datetime) -> Appointment:
    """Put a person on the roster. Raises Refused when it is full, over, or the person is busy then."""
    require_at_office("session.lead", by, session.office_id)
    require_at_office("jobseeker.view", by, jobseeker.office_id)
    session = GroupSession.objects.select_for_update(of=("self",)).select_related("office").get(pk=session.pk)
    if session.state != SessionState.PLANNED or session.starts_at <= at:
        raise Refused(no(Reason("session_is_over")))
    if jobseeker.state not in SERVED:
        raise Refused(no(Reason("not_served")))
    on_roster = Appointment.objects.filter(session=session).exclude(state=AppointmentState.CANCELLED)
    if on_roster.filter(jobseeker=jobseeker).exists():
        raise Refused(no(Reason("already_on_roster")))
    if on_roster.count() >= session.places:
        raise Refused(no(Reason("session_is_full", {"places": session.places})))
    appointment = Appointment.objects.create(
        jobseeker=jobseeker,
        office=session.office,
        counsellor_id=session.leader_id,
        room_id=session.room_id,
        session=session,
        kind=AppointmentKind.GROUP,
        state=AppointmentState.BOOKED,
        minutes=session.minutes,
        starts_at=session.starts_at,
        booked_at=at,
    )
    hold(
        starts_at=session.starts_at,
        minutes=session.minutes,
        holders=[f"p{jobseeker.pk}"],
        appointment=appointment,
    )
    AppointmentEvent.objects.create(
        appointment=appointment, kind=AppointmentEventKind.BOOKED, at=at, way=way, actor=by.log_key
    )
    record_change(
        by=by,
        at=at,
        verb="session.add",
        thing=f"session:{session.ref}",
        subject=jobseeker.person.log_key,
    )
    return appointment


@transaction.atomic
def record_attendance(
    *, session: GroupSession, came: Iterable[str], note: str, by: Actor, at: datetime
) -> tuple[int, int]:
    """Tick who came, for all at once, with one note for everybody who did. Returns (came, did not come).

    Ticking again mends it: whoever is ticked later counts as come.
    """
    require_at_office("session.lead", by, session.office_id)
    if session.state == SessionState.CANCELLED or session.starts_at > at:
        raise Refused(no(Reason("session_not_begun")))
    wanted, here, away = set(came), 0, 0
    rows = Appointment.objects.select_for_update(of=("self",)).filter(
        session=session, state__in=["booked", "arrived", "no_show"]
    )
    for row in rows.select_related("jobseeker__person"):
        is_here = row.ref in wanted
        if not is_here and row.state == AppointmentState.NO_SHOW:
            away += 1
            continue
        row.state = AppointmentState.SEEN if is_here else AppointmentState.NO_SHOW
        if is_here:
            row.arrived_at, row.ended_at, here = row.arrived_at or at, at, here + 1
            Contact.objects.create(
                jobseeker=row.jobseeker,
                office_id=session.office_id,
                at=at,
                way=ContactWay.GROUP,
                result=ContactResult.CAME,
                by_id=by.account_id,
                note=note.strip()[:400],
            )
        else:
            away += 1
        row.save(update_fields=["state", "arrived_at", "ended_at"])
        AppointmentEvent.objects.create(
            appointment=row,
            kind=AppointmentEventKind.SEEN if is_here else AppointmentEventKind.NO_SHOW,
            at=at,
            way=Way.DESK,
            actor=by.log_key,
        )
    session.state = SessionState.HELD
    session.save(update_fields=["state"])
    record_change(
        by=by, at=at, verb="session.attendance", thing=f"session:{session.ref}", detail={"came": here, "away": away}
    )
    return here, away
