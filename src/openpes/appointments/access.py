"""What an actor may do with times, appointments, the queue and contacts. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.appointments.models import Appointment
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


def visible_to(actor: Actor) -> QuerySet[Appointment]:
    """The person's own; those of the office for whoever serves people there; the one that a signed link names."""
    return Appointment.objects.filter(
        Q(jobseeker__person__in=actor.scope_ids("appointment.view_own", "person"))
        | Q(office__in=actor.scope_ids("appointment.view", "office"))
    )


def require_at_office(verb: str, actor: Actor, office_id: int) -> None:
    """Raises NotPermitted unless the actor holds the verb for this office or everywhere."""
    if not actor.may(verb, office_id=office_id):
        raise NotPermitted(verb)


def require_may_change(actor: Actor, appointment: Appointment) -> bool:
    """The person (by account or by signed link), or their office. True when it is the person. Raises NotPermitted."""
    if actor.may("appointment.book_own", person_id=appointment.jobseeker.person_id):
        return True
    if not actor.may("appointment.book", office_id=appointment.office_id):
        raise NotPermitted("appointment.book")
    return False


def require_own_time(actor: Actor, account_id: int, office_id: int) -> None:
    """One's own working times and absences, or those of the office's people for its manager. Raises NotPermitted."""
    if actor.account_id == account_id and actor.may("desk_time.set_own", office_id=office_id):
        return
    if not actor.may("desk_time.set", office_id=office_id):
        raise NotPermitted("desk_time.set")
