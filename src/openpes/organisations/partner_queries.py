"""Reads about partners."""

from __future__ import annotations

from django.db.models import QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.organisations.models import Membership, Partner


def partners_of(actor: Actor) -> QuerySet[Partner]:
    """Partners of the actor's offices, by name."""
    return Partner.objects.filter(office__in=actor.scope_ids("partner.view", "office")).select_related("office")


def partner_for(actor: Actor, ref: str) -> Partner:
    """A partner of the actor's offices. Raises NotFound."""
    row = partners_of(actor).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("partner")
    return row


def own_partners(actor: Actor) -> list[Partner]:
    """The partners that the actor works for."""
    rows = Partner.objects.filter(pk__in=actor.scope_ids("partner_referral.receive", "partner"), is_open=True)
    return list(rows.select_related("office"))


def staff_of_partner(partner: Partner) -> QuerySet[Membership]:
    """Living memberships of a partner, by name."""
    rows = Membership.objects.filter(partner=partner, ended_at=None).select_related("account", "partner__office")
    return rows.order_by("account__name", "pk")
