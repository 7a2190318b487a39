"""What an actor may do with old lists. Deny by default: who may write one such record may bring a list."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.imports.models import ImportBatch
from openpes.imports.states import ListKind

VERBS = {
    ListKind.PEOPLE: "jobseeker.register",
    ListKind.EMPLOYERS: "employer.register",
    ListKind.VACANCIES: "vacancy.post",
}


def kinds_of(actor: Actor) -> list[ListKind]:
    """The kinds of lists that somebody may bring somewhere. For menus."""
    return [kind for kind, verb in VERBS.items() if actor.holds(verb)]


def visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """The lists of the offices for whose records the actor may write."""
    wanted = Q(pk__in=[])
    for kind, verb in VERBS.items():
        everywhere = actor.everywhere(verb)
        wanted |= Q(kind=kind) if everywhere else Q(kind=kind, office__in=actor.scope_ids(verb, "office"))
    return ImportBatch.objects.filter(wanted)


def require_may_import(actor: Actor, kind: ListKind, office_id: int) -> None:
    """Raises NotPermitted unless the actor may write records of this kind at this office."""
    if not actor.may(VERBS[kind], office_id=office_id):
        raise NotPermitted(VERBS[kind])
