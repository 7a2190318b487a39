"""What an actor may do with outcomes. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.jobseekers.models import Jobseeker
from openpes.placements.models import Outcome
from openpes.placements.states import EvidenceGrade


def visible_to(actor: Actor) -> QuerySet[Outcome]:
    """The person's own, and those of the office's people."""
    return Outcome.objects.filter(
        Q(jobseeker__person__in=actor.scope_ids("jobseeker.view_own", "person"))
        | Q(office__in=actor.scope_ids("outcome.view", "office"))
    )


def require_may_say(by: Actor, jobseeker: Jobseeker, grade: EvidenceGrade, employer_id: int | None) -> None:
    """Who may bring which evidence: the person, the employer, the office for either, the system for a register."""
    if by.may("outcome.record", office_id=jobseeker.office_id):
        return
    if grade == EvidenceGrade.SAID_BY_PERSON and by.may("outcome.say_own", person_id=jobseeker.person_id):
        return
    if grade == EvidenceGrade.SAID_BY_EMPLOYER and by.may("outcome.say_employer", employer_id=employer_id):
        return
    raise NotPermitted("outcome.record")
