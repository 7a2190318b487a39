"""Who may see and work on complaints: the person, and the office's people, never those it is about. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.complaints.models import Complaint
from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """The person's own; for the office's desk those that are not about a colleague; for its manager all of the office.

    Nobody sees a complaint about themselves.
    """
    rows = Complaint.objects.filter(
        Q(person__in=actor.scope_ids("complaint.own", "person"))
        | Q(office__in=actor.scope_ids("complaint.handle", "office"), about_account=None)
        | Q(office__in=actor.scope_ids("complaint.oversee", "office"))
    )
    return rows if actor.account_id is None else rows.exclude(about_account=actor.account_id)


def is_own(actor: Actor, complaint: Complaint) -> bool:
    """The person who made it."""
    return complaint.person_id is not None and actor.may("complaint.own", person_id=complaint.person_id)


def require_may_handle(actor: Actor, complaint: Complaint) -> None:
    """Raises NotPermitted."""
    if complaint.about_account_id is not None and complaint.about_account_id == actor.account_id:
        raise NotPermitted("complaint.handle")
    verb = "complaint.handle" if complaint.about_account_id is None else "complaint.oversee"
    if not actor.may(verb, office_id=complaint.office_id):
        raise NotPermitted(verb)


def require_may_oversee(actor: Actor, complaint: Complaint) -> None:
    """Raises NotPermitted."""
    if not actor.may("complaint.oversee", office_id=complaint.office_id):
        raise NotPermitted("complaint.oversee")
