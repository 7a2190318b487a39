"""What an actor may do with offices and employers. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.organisations.models import Employer, Office


def employers_visible_to(actor: Actor) -> QuerySet[Employer]:
    """Own employer for its staff, the office's employers for its officers; nobody else sees any."""
    verb = "employer.view"
    return Employer.objects.filter(
        Q(pk__in=actor.scope_ids(verb, "employer")) | Q(office__in=actor.scope_ids(verb, "office"))
    )


def require_may_employer(verb: str, actor: Actor, employer: Employer) -> None:
    """Raises NotPermitted unless the actor holds the verb for this employer or its office."""
    if not actor.may(verb, employer_id=employer.pk, office_id=employer.office_id):
        raise NotPermitted(verb)


def require_may_at_office(verb: str, actor: Actor, office: Office) -> None:
    """Raises NotPermitted unless the actor holds the verb for this office or everywhere."""
    if not actor.may(verb, office_id=office.pk):
        raise NotPermitted(verb)


def require_everywhere(verb: str, actor: Actor) -> None:
    """Raises NotPermitted unless the actor holds the verb for the whole service."""
    if not actor.everywhere(verb):
        raise NotPermitted(verb)
