"""Who may see and do what in programmes. Deny by default; what is in force is public."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.programmes.models import Application

SEES_APPLICATIONS = ("programme.nominate", "programme.approve_application")


def require(actor: Actor, verb: str) -> None:
    """The verb for the whole service. Raises NotPermitted."""
    if not actor.everywhere(verb):
        raise NotPermitted(verb)


def require_at(actor: Actor, verb: str, office_id: int) -> None:
    """The verb at the person's office, or for the whole service. Raises NotPermitted."""
    if not actor.may(verb, office_id=office_id):
        raise NotPermitted(verb)


def is_own(actor: Actor, application: Application) -> bool:
    """The person who applied."""
    return actor.may("programme.apply_own", person_id=application.jobseeker.person_id)


def require_own(actor: Actor, application: Application) -> None:
    """Raises NotPermitted."""
    if not is_own(actor, application):
        raise NotPermitted("programme.apply_own")


def visible_to(actor: Actor) -> QuerySet[Application]:
    """The person's own; those of the office for its people; all for who manages programmes."""
    rows = Application.objects.select_related(
        "jobseeker__person", "jobseeker__office", "cycle__version__programme", "cycle__fund"
    )
    if actor.everywhere("programme.approve_application"):
        return rows
    offices = frozenset().union(*(actor.scope_ids(verb, "office") for verb in SEES_APPLICATIONS))
    return rows.filter(
        Q(jobseeker__person__in=actor.scope_ids("programme.apply_own", "person")) | Q(jobseeker__office__in=offices)
    )
