"""Writes about partners: who they are, who of them signs in, and when that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.access import require_may_at_office
from openpes.organisations.models import Invitation, Membership, Office, Partner
from openpes.organisations.operations import open_invitation
from openpes.organisations.states import PartnerKind
from openpes.people import names
from openpes.people import operations as people_operations
from openpes.people.queries import account_by_username
from openpes.people.roles import PartnerStaff


@dataclass(frozen=True)
class NewPartner:
    """A partner as typed at the desk. `contact_phone` is E.164 or empty."""

    name: str
    kind: PartnerKind
    area_code: str
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    language: str = "en"


@transaction.atomic
def add_partner(*, new: NewPartner, office: Office, by: Actor, at: datetime, synthetic: bool = False) -> Partner:
    """Write down a partner. It sees nothing before there is an agreement and somebody who agreed to be sent there."""
    require_may_at_office("partner.manage", by, office)
    if not new.name.strip():
        raise Refused(no(Reason("partner_name_needed")))
    partner = Partner.objects.create(
        name=names.as_given(new.name),
        kind=new.kind,
        office=office,
        area_code=new.area_code,
        address=new.address.strip(),
        contact_name=names.as_given(new.contact_name),
        contact_phone=new.contact_phone,
        language=new.language,
        synthetic=synthetic,
        added_at=at,
    )
    record_change(by=by, at=at, verb="partner.add", thing=f"partner:{partner.ref}")
    return partner


@transaction.atomic
def close_partner(*, partner: Partner, by: Actor, at: datetime) -> Partner:
    """The partner helps nobody any more: its accounts end with it, at once."""
    require_may_at_office("partner.manage", by, partner.office)
    partner.is_open = False
    partner.save(update_fields=["is_open"])
    for row in Membership.objects.filter(partner=partner, ended_at=None).select_related("account"):
        end_partner_membership(membership=row, by=by, at=at)
    record_change(by=by, at=at, verb="partner.close", thing=f"partner:{partner.ref}")
    return partner


@transaction.atomic
def end_partner_membership(*, membership: Membership, by: Actor, at: datetime) -> None:
    """Somebody no longer works for a partner; the account closes when that was its last role."""
    if membership.partner is None:
        raise Refused(no(Reason("role_needs_place", {"role": membership.role})))
    require_may_at_office("partner.manage", by, membership.partner.office)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    thing = f"account:{membership.account.log_key}"
    record_change(by=by, at=at, verb="membership.end", thing=thing, detail={"role": membership.role})
    if not Membership.objects.filter(account=membership.account, ended_at=None).exists():
        people_operations.close_account(account=membership.account, by=by, at=at)


@transaction.atomic
def invite_partner_staff(
    *, partner: Partner, name: str, username: str, by: Actor, at: datetime, secret: str
) -> tuple[Invitation, str]:
    """Invite somebody who works for a partner. Returns the invitation and its key, which is shown once and not kept.

    The second factor is set up at the first sign-in: without it no page of a partner opens.
    """
    require_may_at_office("partner.manage", by, partner.office)
    if not partner.is_open:
        raise Refused(no(Reason("partner_closed")))
    if account_by_username(username) is not None:
        raise Refused(no(Reason("username_taken", {"username": username})))
    invitation, key = open_invitation(
        name=name,
        username=username,
        role=PartnerStaff.code,
        language=partner.language,
        by=by,
        at=at,
        secret=secret,
        partner=partner,
    )
    record_change(by=by, at=at, verb="partner.invite", thing=f"invitation:{invitation.pk}")
    return invitation, key
