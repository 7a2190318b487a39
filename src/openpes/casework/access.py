"""What an actor may see and do in casework. Deny by default: no employer and no partner reaches any of it."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office


def require_may_view(actor: Actor, jobseeker: Jobseeker) -> None:
    """The desk of the person's office. Raises NotPermitted."""
    if not actor.may("note.view", office_id=jobseeker.office_id):
        raise NotPermitted("note.view")


def require_may_write(actor: Actor, jobseeker: Jobseeker) -> None:
    """The desk of the person's office. Raises NotPermitted."""
    if actor.account_id is None or not actor.may("note.write", office_id=jobseeker.office_id):
        raise NotPermitted("note.write")


def require_may_hand_over(actor: Actor, office: Office, account_id: int | None) -> None:
    """One's own caseload, or any of the office for its manager. Raises NotPermitted."""
    if account_id is not None and actor.account_id == account_id and actor.may("caseload.own", office_id=office.pk):
        return
    if not actor.may("caseload.oversee", office_id=office.pk):
        raise NotPermitted("caseload.oversee")
