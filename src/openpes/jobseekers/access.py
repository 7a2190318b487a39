"""What an actor may do with registrations. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState


def visible_to(actor: Actor) -> QuerySet[Jobseeker]:
    """One's own registration, and the office's people for those who serve them. People who left are gone."""
    own = Q(person__in=actor.scope_ids("jobseeker.view_own", "person"))
    office = Q(office__in=actor.scope_ids("jobseeker.view", "office")) & ~Q(state=JobseekerState.LEFT)
    return Jobseeker.objects.filter(own | office, person__erased_at=None)


def require_may(verb: str, actor: Actor, jobseeker: Jobseeker) -> None:
    """Raises NotPermitted unless the actor holds the verb for this person's office, or for themselves."""
    if not actor.may(verb, office_id=jobseeker.office_id, person_id=jobseeker.person_id):
        raise NotPermitted(verb)


def require_may_edit(actor: Actor, jobseeker: Jobseeker) -> None:
    """The person themselves or the office. Raises NotPermitted."""
    if actor.may("jobseeker.edit_own", person_id=jobseeker.person_id):
        return
    require_may("jobseeker.edit", actor, jobseeker)
