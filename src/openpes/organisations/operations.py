"""Writes of the organisations room."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.organisations.access import (
    require_everywhere,
    require_may_at_office,
    require_may_employer,
)
from openpes.organisations.models import Employer, EmployerEvent, Invitation, Membership, Office, Partner
from openpes.organisations.rules import may_move_employer
from openpes.organisations.states import EmployerState, SizeBand
from openpes.people import names
from openpes.people import operations as people_operations
from openpes.people.models import Account
from openpes.people.queries import account_by_username
from openpes.people.roles import ROLES
from openpes.reference.country import today

INVITATION_LIVES = timedelta(days=14)


@dataclass(frozen=True)
class NewOffice:
    """An office as typed in a form or a line of CSV."""

    code: str
    name: str
    area_code: str
    level: str = ""
    address: str = ""
    phone: str = ""
    opening_hours: str = ""
    latitude: float | None = None
    longitude: float | None = None
    supervisor_code: str = ""


@dataclass(frozen=True)
class NewEmployer:
    """An employer as it registers. `contact_phone` is E.164."""

    name: str
    area_code: str
    contact_name: str
    contact_phone: str
    registration_number: str = ""
    sector: str = ""
    size_band: SizeBand = SizeBand.UNKNOWN
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    language: str = "en"


@transaction.atomic
def save_office(*, new: NewOffice, by: Actor, at: datetime, synthetic: bool = False) -> tuple[Office, bool]:
    """Make or change the office with this code; repeating it changes nothing. Returns it and whether it is new."""
    require_everywhere("office.manage", by)
    supervisor = Office.objects.filter(code=new.supervisor_code).first() if new.supervisor_code else None
    if new.supervisor_code and supervisor is None:
        raise Refused(no(Reason("unknown_supervisor", {"code": new.supervisor_code})))
    office, created = Office.objects.update_or_create(
        code=new.code,
        defaults={
            "name": names.as_given(new.name),
            "area_code": new.area_code,
            "level": new.level,
            "address": new.address,
            "phone": new.phone,
            "opening_hours": new.opening_hours,
            "latitude": new.latitude,
            "longitude": new.longitude,
            "supervisor": supervisor,
        },
        create_defaults={
            "code": new.code,
            "name": names.as_given(new.name),
            "area_code": new.area_code,
            "level": new.level,
            "address": new.address,
            "phone": new.phone,
            "opening_hours": new.opening_hours,
            "latitude": new.latitude,
            "longitude": new.longitude,
            "supervisor": supervisor,
            "synthetic": synthetic,
        },
    )
    record_change(by=by, at=at, verb="office.make" if created else "office.change", thing=f"office:{office.ref}")
    return office, created


@transaction.atomic
def register_employer(
    *, new: NewEmployer, office: Office, by: Actor, at: datetime, synthetic: bool = False
) -> Employer:
    """Write down an employer; it waits for a named officer. Anybody may register, nothing of it is public yet."""
    employer = Employer.objects.create(
        name=names.as_given(new.name),
        name_key=names.match_key(new.name)[:200],
        registration_number=new.registration_number.strip(),
        sector=new.sector,
        size_band=new.size_band,
        area_code=new.area_code,
        address=new.address,
        latitude=new.latitude,
        longitude=new.longitude,
        office=office,
        contact_name=names.as_given(new.contact_name),
        contact_phone=new.contact_phone,
        language=new.language,
        registered_at=at,
        synthetic=synthetic,
    )
    record_change(by=by, at=at, verb="employer.register", thing=f"employer:{employer.ref}")
    return employer


@transaction.atomic
def remove_employer(*, employer: Employer, by: Actor, at: datetime) -> None:
    """Remove an employer that an old list made, before anybody decided on it. Keys hold what was built on it."""
    require_may_employer("employer.register", by, employer)
    if employer.state != EmployerState.SUBMITTED:
        raise Refused(no(Reason("employer_decided")))
    record_change(by=by, at=at, verb="employer.remove", thing=f"employer:{employer.ref}")
    employer.delete()


@transaction.atomic
def decide_employer(
    *, employer: Employer, to: EmployerState, note: str, by: Actor, at: datetime, until: date | None = None
) -> Employer:
    """Verify, refuse, suspend or restore an employer, by a named officer. Raises Refused or NotPermitted.

    `until`: the first day on which a suspension no longer holds; without it an officer has to end it.
    """
    require_may_employer("employer.verify", by, employer)
    if by.account_id is None:
        raise NotPermitted("employer.verify")
    employer = Employer.objects.select_for_update().get(pk=employer.pk)
    decision = may_move_employer(now_in=EmployerState(employer.state), to=to, note=note, until=until, on=today(at))
    if decision.refused:
        raise Refused(decision)
    employer.state, employer.decided_at, employer.decision_note = to, at, note.strip()[:400]
    employer.decided_by_id, employer.silent_in_a_row, employer.paused_at = by.account_id, 0, None
    employer.suspended_until = until
    employer.save(
        update_fields=[
            "state", "decided_at", "decision_note", "decided_by", "silent_in_a_row", "paused_at", "suspended_until"
        ]
    )  # fmt: skip
    EmployerEvent.objects.create(
        employer=employer,
        state=to.value,
        at=at,
        actor=by.log_key,
        label=by.label[:120],
        words=employer.decision_note,
    )
    record_change(by=by, at=at, verb=f"employer.{to.value}", thing=f"employer:{employer.ref}")
    return employer


def count_introduction(*, employer_id: int, answered: bool, silent: bool) -> None:
    """An introduction has ended: keep the counts behind the answer rate. Inside the caller's transaction.

    `silent`: not even a step came. Only such ones count towards the pause, and an answer begins the count again.
    """
    row = Employer.objects.filter(pk=employer_id)
    row.update(introductions=F("introductions") + 1, answers=F("answers") + (1 if answered else 0))
    if silent:
        row.update(silent_in_a_row=F("silent_in_a_row") + 1)
    elif answered:
        row.update(silent_in_a_row=0)


@transaction.atomic
def add_membership(
    *,
    account: Account,
    role: str,
    office: Office | None = None,
    employer: Employer | None = None,
    partner: Partner | None = None,
    starts_on: date,
    ends_before: date | None = None,
    by: Actor,
    at: datetime,
) -> Membership:
    """Give an account a role in one place. Access was checked by the caller (an invitation, a registration)."""
    if role not in ROLES:
        raise Refused(no(Reason("unknown_role", {"role": role})))
    wanted = ROLES[role].scope
    places = {"office": office, "employer": employer, "partner": partner}
    if any((wanted == scope) != (place is not None) for scope, place in places.items()):
        raise Refused(no(Reason("role_needs_place", {"role": role})))
    membership = Membership.objects.create(
        account=account,
        role=role,
        office=office,
        employer=employer,
        partner=partner,
        starts_on=starts_on,
        ends_before=ends_before,
    )
    record_change(
        by=by,
        at=at,
        verb="membership.add",
        thing=f"account:{account.log_key}",
        detail={"role": role, "office": office.ref if office else "", "employer": employer.ref if employer else ""},
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, at: datetime) -> None:
    """End a role at once; the account is closed when it was the last one and belongs to no person."""
    if membership.office is not None:
        require_may_at_office("staff.end", by, membership.office)
    else:
        require_everywhere("staff.end", by)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    record_change(
        by=by,
        at=at,
        verb="membership.end",
        thing=f"account:{membership.account.log_key}",
        detail={"role": membership.role},
    )
    left = Membership.objects.filter(account=membership.account, ended_at=None).exists()
    if not left and membership.account.person_id is None:
        people_operations.close_account(account=membership.account, by=by, at=at)


def open_invitation(
    *,
    name: str,
    username: str,
    role: str,
    language: str,
    by: Actor,
    at: datetime,
    secret: str,
    office: Office | None = None,
    employer: Employer | None = None,
    partner: Partner | None = None,
) -> tuple[Invitation, str]:
    """The invitation and its key, which is shown once and not kept. Whether it may be is for the caller to ask."""
    key = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        key_hash=keyed_hash(key, secret),
        name=names.as_given(name),
        username=username.strip(),
        role=role,
        office=office,
        employer=employer,
        partner=partner,
        language=language,
        invited_by_id=by.account_id,
        invited_at=at,
        expires_at=at + INVITATION_LIVES,
    )
    return invitation, key


@transaction.atomic
def invite_staff(
    *, name: str, username: str, role: str, office: Office | None, language: str, by: Actor, at: datetime, secret: str
) -> tuple[Invitation, str]:
    """Invite somebody to a role. Returns the invitation and its key, which is shown or sent once and not kept.

    An office manager invites for the own office only; administrators and analysts are invited by administrators.
    """
    if office is not None:
        require_may_at_office("staff.invite", by, office)
    else:
        require_everywhere("staff.invite", by)
    if (
        role not in ROLES
        or ROLES[role].scope not in {"office", "service"}
        or (ROLES[role].scope == "office") != (office is not None)
    ):
        raise Refused(no(Reason("role_needs_place", {"role": role})))
    if account_by_username(username) is not None:
        raise Refused(no(Reason("username_taken", {"username": username})))
    invitation, key = open_invitation(
        name=name, username=username, role=role, language=language, by=by, at=at, secret=secret, office=office
    )
    record_change(by=by, at=at, verb="staff.invite", thing=f"invitation:{invitation.pk}", detail={"role": role})
    return invitation, key


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, by: Actor, at: datetime, on: date) -> Account:
    """Open the invited account with its role. The second factor is set up at the first sign-in."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None or invitation.expires_at <= at:
        raise Refused(no(Reason("invitation_over")))
    if account_by_username(invitation.username) is not None:
        raise Refused(no(Reason("username_taken", {"username": invitation.username})))
    account = people_operations.open_account(
        username=invitation.username, name=invitation.name, secret=password, language=invitation.language, by=by, at=at
    )
    add_membership(
        account=account,
        role=invitation.role,
        office=invitation.office,
        employer=invitation.employer,
        partner=invitation.partner,
        starts_on=on,
        by=by,
        at=at,
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return account
