"""Who sees whom. A partner sees only people sent to it who agree now, while the agreement lasts. Deny by default."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.organisations.models import Partner
from openpes.partnerships.models import PartnerAgreement, PartnerReferral
from openpes.partnerships.states import OPEN_STATES
from openpes.reference.country import today

RECEIVES = "partner_referral.receive"
ONE_REFERRAL = "partner_referral"
"""The scope of a link: one referral, by key."""


def live(at: datetime) -> Q:
    """Referrals that a partner may see at an instant, whatever a clock has or has not done yet.

    Each condition is asked of the row itself at the moment of asking, so that a yes taken back or an agreement ended
    counts at the next request.
    """
    on = today(at)
    return Q(
        state__in=sorted(OPEN_STATES),
        consent__withdrawn_at=None,
        consent__ends_at__gt=at,
        agreement__ended_at=None,
        agreement__starts_on__lte=on,
        agreement__ends_before__gt=on,
        agreement__partner__is_open=True,
        jobseeker__person__erased_at=None,
        jobseeker__person__merged_into=None,
    ) & ~Q(jobseeker__state="left")


def received_by(actor: Actor, *, at: datetime) -> QuerySet[PartnerReferral]:
    """What the partner of this actor sees now. The only way by which a partner reaches a person.

    The holder of a link has the one referral that the link names, and no other of the same partner.
    """
    return PartnerReferral.objects.filter(
        live(at),
        Q(agreement__partner__in=actor.scope_ids(RECEIVES, "partner"))
        | Q(pk__in=actor.scope_ids(RECEIVES, ONE_REFERRAL)),
    )


def sent_by_office(actor: Actor) -> QuerySet[PartnerReferral]:
    """What the actor's offices sent, open or ended."""
    return PartnerReferral.objects.filter(office__in=actor.scope_ids("partner.refer", "office"))


def own(actor: Actor) -> QuerySet[PartnerReferral]:
    """The person's own."""
    return PartnerReferral.objects.filter(jobseeker__person__in=actor.scope_ids("partner_referral.own", "person"))


def agreements_of(actor: Actor) -> QuerySet[PartnerAgreement]:
    """Agreements of the actor's offices."""
    return PartnerAgreement.objects.filter(partner__office__in=actor.scope_ids("partner.view", "office"))


def require_may_manage(actor: Actor, partner: Partner) -> None:
    """Raises NotPermitted unless the actor makes agreements at the partner's office."""
    if not actor.may("partner.manage", office_id=partner.office_id):
        raise NotPermitted("partner.manage")


def require_may_receive(actor: Actor, referral: PartnerReferral, *, at: datetime) -> None:
    """Raises NotPermitted unless the referral is among what the partner sees now."""
    if not received_by(actor, at=at).filter(pk=referral.pk).exists():
        raise NotPermitted(RECEIVES)


def require_may_refer(actor: Actor, office_id: int) -> None:
    """Raises NotPermitted."""
    if not actor.may("partner.refer", office_id=office_id):
        raise NotPermitted("partner.refer")


def require_may_take_back(actor: Actor, referral: PartnerReferral) -> None:
    """The person themselves, or the office that sent them. Raises NotPermitted."""
    if actor.may("partner_referral.own", person_id=referral.jobseeker.person_id):
        return
    require_may_refer(actor, referral.office_id)
