"""What an actor may do with fairs. Deny by default; the plan of a fair is public."""

from __future__ import annotations

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.fairs.models import Fair
from openpes.jobseekers.models import Jobseeker


def require_may_run(by: Actor, office_id: int) -> None:
    """Only the office that organises the fair. Raises NotPermitted."""
    if not by.may("fair.run", office_id=office_id):
        raise NotPermitted("fair.run")


def require_may_sign_up(by: Actor, fair: Fair, jobseeker: Jobseeker) -> None:
    """The person themselves, or the office of the fair for somebody whom it serves. Raises NotPermitted."""
    if by.may("fair.join_own", person_id=jobseeker.person_id):
        return
    if not by.may("fair.run", office_id=fair.office_id) or not by.may("jobseeker.view", office_id=jobseeker.office_id):
        raise NotPermitted("fair.sign_up")
