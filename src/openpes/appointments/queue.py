"""Reads of the walk-in queue and of group sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from openpes.appointments.models import Appointment, GroupSession, QueueTicket
from openpes.appointments.states import AppointmentState, QueueState, SessionState
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref


def queue_on(office_ids: Iterable[int], on: date) -> list[QueueTicket]:
    """The numbers of a day that wait or are being served, in the order of the queue."""
    rows = QueueTicket.objects.filter(
        office__in=list(office_ids), on=on, state__in=[QueueState.WAITING, QueueState.CALLED]
    )
    return list(rows.select_related("served_by", "jobseeker__person", "office").order_by("taken_at", "pk"))


def called_on(office_id: int, on: date, *, limit: int = 6) -> list[QueueTicket]:
    """The numbers called last, the newest first: for the screen of the waiting room."""
    rows = QueueTicket.objects.filter(office=office_id, on=on, state=QueueState.CALLED)
    return list(rows.order_by("-called_at", "-pk")[:limit])


def count_waiting(office_id: int, on: date) -> int:
    """How many numbers wait."""
    return QueueTicket.objects.filter(office=office_id, on=on, state=QueueState.WAITING).count()


def ticket_for(actor: Actor, office_id: int, on: date, number: int) -> QueueTicket:
    """A number of a day at an office where the actor serves the queue. Raises NotFound."""
    row = (
        QueueTicket.objects.filter(office=office_id, on=on, number=number)
        .filter(office__in=actor.scope_ids("queue.serve", "office"))
        .select_related("office", "jobseeker__person", "served_by")
        .first()
    )
    if row is None:
        raise NotFound("queue number")
    return row


def sessions_from(office_ids: Iterable[int], moment: datetime, *, limit: int = 30) -> list[GroupSession]:
    """Group sessions of offices from an instant on."""
    rows = GroupSession.objects.filter(office__in=list(office_ids), starts_at__gte=moment)
    return list(
        rows.exclude(state=SessionState.CANCELLED).select_related("leader", "room").order_by("starts_at", "pk")[:limit]
    )


def session_for(actor: Actor, ref: str) -> GroupSession:
    """A group session of an office where the actor leads sessions. Raises NotFound."""
    row = (
        GroupSession.objects.filter(ref=fold_ref(ref), office__in=actor.scope_ids("session.lead", "office"))
        .select_related("office", "leader", "room")
        .first()
    )
    if row is None:
        raise NotFound("session")
    return row


def roster_of(session: GroupSession) -> list[Appointment]:
    """Who is on the roster of a session, by name."""
    rows = Appointment.objects.filter(session=session).exclude(state=AppointmentState.CANCELLED)
    return list(rows.select_related("jobseeker__person").order_by("jobseeker__person__name_as_given", "pk"))
