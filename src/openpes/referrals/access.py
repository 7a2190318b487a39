"""What an actor may do with referrals. Deny by default."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.referrals.models import Referral


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """The person's own; those to the employer's vacancies; those that the office made or has to follow up."""
    return Referral.objects.filter(
        Q(jobseeker__person__in=actor.scope_ids("referral.view_own", "person"))
        | Q(vacancy__employer__in=actor.scope_ids("referral.view_introduced", "employer"), hidden_from_employer_at=None)
        | Q(office__in=actor.scope_ids("referral.view", "office"))
        | Q(vacancy__office__in=actor.scope_ids("referral.follow_up", "office"))
    )


def require_may_answer(actor: Actor, referral: Referral) -> None:
    """The employer's own act, or an officer who writes down what the employer said. Raises NotPermitted."""
    if actor.may("referral.answer", employer_id=referral.vacancy.employer_id):
        return
    if actor.may("referral.answer_for_employer", office_id=referral.office_id) or actor.may(
        "referral.answer_for_employer", office_id=referral.vacancy.office_id
    ):
        return
    raise NotPermitted("referral.answer")


def require_may_withdraw(actor: Actor, referral: Referral) -> None:
    """The person themselves, the office that sent them, or the system. Raises NotPermitted."""
    if actor.may("referral.withdraw_own", person_id=referral.jobseeker.person_id):
        return
    if not actor.may("referral.create", office_id=referral.office_id):
        raise NotPermitted("referral.withdraw")
