"""What an actor may do with outcomes. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.placements.models import Outcome


def visible_to(actor: Actor) -> QuerySet[Outcome]:
    """The person's own, and those of the office's people."""
    return Outcome.objects.filter(
        Q(jobseeker__person__in=actor.scope_ids("jobseeker.view_own", "person"))
        | Q(office__in=actor.scope_ids("outcome.view", "office"))
    )
