"""What an actor may see and do in guidance. Deny by default."""

from __future__ import annotations

from django.db.models import QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.guidance.models import Contest, OfficeScript
from openpes.jobseekers.models import Jobseeker


def require_may_view(actor: Actor, jobseeker: Jobseeker) -> None:
    """The person themselves or the office that guides them. Raises NotPermitted."""
    if actor.may("guidance.view_own", person_id=jobseeker.person_id):
        return
    if not actor.may("guidance.view", office_id=jobseeker.office_id):
        raise NotPermitted("guidance.view")


def require_may_edit(actor: Actor, jobseeker: Jobseeker) -> None:
    """The office that guides the person. Raises NotPermitted."""
    if not actor.may("guidance.edit", office_id=jobseeker.office_id):
        raise NotPermitted("guidance.edit")


def require_may_contest(actor: Actor, jobseeker: Jobseeker) -> None:
    """The person alone. Raises NotPermitted."""
    if not actor.may("advice.contest_own", person_id=jobseeker.person_id):
        raise NotPermitted("advice.contest_own")


def contests_for(actor: Actor) -> QuerySet[Contest]:
    """The contests that the actor may answer: those of the offices they oversee."""
    return Contest.objects.filter(
        advice__office__in=actor.scope_ids("advice.oversee", "office"), advice__jobseeker__person__erased_at=None
    )


def scripts_for(actor: Actor) -> QuerySet[OfficeScript]:
    """The scripts of the offices that the actor guides people at."""
    return OfficeScript.objects.filter(office__in=actor.scope_ids("guidance.view", "office"))


def require_may_write_script(actor: Actor, office_id: int) -> None:
    """Raises NotPermitted."""
    if not actor.may("guidance.write_script", office_id=office_id):
        raise NotPermitted("guidance.write_script")
