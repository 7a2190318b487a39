"""Who may see and write circumstances: the person, and those who guide them at their office. Deny by default."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker


def is_own(actor: Actor, jobseeker: Jobseeker) -> bool:
    """The person themselves."""
    return actor.may("circumstances.own", person_id=jobseeker.person_id)


def require_may_view(actor: Actor, jobseeker: Jobseeker) -> None:
    """Raises NotPermitted."""
    if not is_own(actor, jobseeker) and not actor.may("circumstances.view", office_id=jobseeker.office_id):
        raise NotPermitted("circumstances.view")


def require_may_edit(actor: Actor, jobseeker: Jobseeker) -> None:
    """Raises NotPermitted."""
    if not is_own(actor, jobseeker) and not actor.may("circumstances.edit", office_id=jobseeker.office_id):
        raise NotPermitted("circumstances.edit")
