"""Writes about a firm's own account: its details, a proven phone, its people, the end of a suspension."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, NotPermitted, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.organisations.access import require_everywhere, require_may_employer
from openpes.organisations.firm_models import PhoneProof
from openpes.organisations.models import Employer, EmployerEvent, Invitation, Membership
from openpes.organisations.operations import add_membership, open_invitation
from openpes.organisations.rules import may_change_firm, may_prove
from openpes.organisations.states import EmployerState, SizeBand
from openpes.people import names
from openpes.people import operations as people_operations
from openpes.people.models import Account
from openpes.people.queries import account_by_username
from openpes.people.roles import EMPLOYER_ROLES, EmployerAdministrator, EmployerStaff

CODE_DIGITS = 6
# After a change of name or number these wait for an officer again.
CHECKED_AGAIN = frozenset({EmployerState.VERIFIED, EmployerState.PAUSED, EmployerState.REFUSED})


@dataclass(frozen=True)
class FirmDetails:
    """What a firm says of itself. `contact_phone` is E.164."""

    name: str
    registration_number: str
    sector: str
    size_band: SizeBand
    area_code: str
    address: str
    contact_name: str
    contact_phone: str
    language: str


@transaction.atomic
def change_firm(*, employer: Employer, new: FirmDetails, by: Actor, at: datetime) -> Employer:
    """Write down what changed. Another name or number is checked by an officer again, and nothing is public before.

    Raises Refused for a suspended firm that would take another name, NotPermitted.
    """
    require_may_employer("employer.edit", by, employer)
    employer = Employer.objects.select_for_update(of=("self",)).select_related("office").get(pk=employer.pk)
    name, number = names.as_given(new.name)[:160], new.registration_number.strip()[:40]
    changes_who = (name, number) != (employer.name, employer.registration_number)
    state = EmployerState(employer.state)
    decision = may_change_firm(now_in=state, changes_who=changes_who)
    if decision.refused:
        raise Refused(decision)
    was = f"{employer.name} {employer.registration_number}".strip()
    if new.contact_phone != employer.contact_phone:
        employer.phone_proven_at = None
    employer.name, employer.name_key, employer.registration_number = name, names.match_key(name)[:200], number
    employer.sector, employer.size_band = new.sector, new.size_band
    employer.area_code, employer.address = new.area_code, new.address
    employer.contact_name, employer.contact_phone = names.as_given(new.contact_name), new.contact_phone
    employer.language = new.language
    if changes_who and state in CHECKED_AGAIN:
        employer.state = EmployerState.SUBMITTED
        _note(employer, by, at, words=f"another name or number; before: {was}"[:400])
    employer.save()
    record_change(
        by=by, at=at, verb="employer.change", thing=f"employer:{employer.ref}", detail={"checked_again": changes_who}
    )
    return employer


def _note(employer: Employer, by: Actor, at: datetime, *, words: str) -> None:
    EmployerEvent.objects.create(
        employer=employer, state=employer.state, at=at, actor=by.log_key, label=by.label[:120], words=words
    )


@transaction.atomic
def end_suspension(*, employer_id: int, on: date, by: Actor, at: datetime) -> Employer | None:
    """The day has come to which a firm was suspended: it stands as before. None when that is no longer so."""
    require_everywhere("employer.resume", by)
    employer = Employer.objects.select_for_update(of=("self",)).select_related("office").get(pk=employer_id)
    ends = employer.suspended_until
    if employer.state != EmployerState.SUSPENDED or ends is None or ends > on:
        return None
    employer.state, employer.suspended_until = EmployerState.VERIFIED, None
    employer.save(update_fields=["state", "suspended_until"])
    _note(employer, by, at, words=f"suspended until {ends.isoformat()}, which has come")
    record_change(by=by, at=at, verb="employer.resume", thing=f"employer:{employer.ref}")
    return employer


def suspensions_over(*, on: date, limit: int) -> list[int]:
    """Firms whose suspension ends on this day or ended before."""
    rows = Employer.objects.filter(state=EmployerState.SUSPENDED, suspended_until__lte=on)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


@transaction.atomic
def make_phone_code(*, employer: Employer, most_a_day: int, by: Actor, at: datetime, secret: str) -> str:
    """A new code for the firm's own number; the journey sends it. It is shown to nobody and not kept.

    Raises Refused when there is no number, or too many codes went there in a day; NotPermitted.
    """
    require_may_employer("employer.papers", by, employer)
    if not employer.contact_phone:
        raise Refused(no(Reason("no_phone")))
    sent = PhoneProof.objects.filter(employer=employer, sent_at__gt=at - timedelta(days=1))
    if sent.count() >= most_a_day:
        raise Refused(no(Reason("codes_enough")))
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    row = PhoneProof.objects.create(employer=employer, number=employer.contact_phone, code_hash="", sent_at=at)
    row.code_hash = keyed_hash(f"{row.pk}:{code}", secret)
    row.save(update_fields=["code_hash"])
    record_change(by=by, at=at, verb="employer.phone_code", thing=f"employer:{employer.ref}")
    return code


def prove_phone(
    *, employer: Employer, code: str, lives: timedelta, most_tries: int, by: Actor, at: datetime, secret: str
) -> Employer:
    """The code as typed: right, it proves the number. A wrong try is counted. Raises Refused, NotPermitted."""
    require_may_employer("employer.papers", by, employer)
    with transaction.atomic():
        proof = PhoneProof.objects.select_for_update().filter(employer=employer).order_by("-sent_at", "-pk").first()
        if proof is None or proof.number != employer.contact_phone or proof.proven_at is not None:
            raise Refused(no(Reason("code_over")))
        decision = may_prove(sent_at=proof.sent_at, tries=proof.tries, at=at, lives=lives, most_tries=most_tries)
        if decision.refused:
            raise Refused(decision)
        proof.tries += 1
        is_right = secrets.compare_digest(proof.code_hash, keyed_hash(f"{proof.pk}:{code}", secret))
        proof.proven_at = at if is_right else None
        proof.save(update_fields=["tries", "proven_at"])
        if is_right:
            employer.phone_proven_at = at
            employer.save(update_fields=["phone_proven_at"])
            record_change(by=by, at=at, verb="employer.phone_proven", thing=f"employer:{employer.ref}")
    # Outside the transaction: the try stays counted.
    if not is_right:
        raise Refused(no(Reason("code_wrong")))
    return employer


def living_members(employer: Employer, *, on: date) -> list[Membership]:
    """Who may act for a firm on a day, by name."""
    rows = (
        Membership.objects.filter(employer=employer, ended_at=None, starts_on__lte=on)
        .filter(Q(ends_before=None) | Q(ends_before__gt=on))
        .select_related("account")
    )
    return list(rows.order_by("account__name", "pk"))


def may_take_over(employer: Employer, account_id: int | None, *, on: date) -> bool:
    """True for the one who has been with the firm for longest, as long as it has no administrator."""
    held = living_members(employer, on=on)
    if account_id is None or any(one.role == EmployerAdministrator.code for one in held):
        return False
    staff = sorted((one for one in held if one.role == EmployerStaff.code), key=lambda one: one.pk)
    return bool(staff) and staff[0].account_id == account_id


@transaction.atomic
def become_administrator(*, employer: Employer, by: Actor, at: datetime, on: date) -> Membership:
    """The firm's first person becomes its administrator; the second step of signing in is then asked at once.

    Raises Refused when somebody else is, or was there before.
    """
    if not may_take_over(employer, by.account_id, on=on):
        raise Refused(no(Reason("not_first_of_firm")))
    held = [one for one in living_members(employer, on=on) if one.account_id == by.account_id]
    for one in held:
        one.ended_at = at
        one.save(update_fields=["ended_at"])
    return add_membership(
        account=held[0].account, role=EmployerAdministrator.code, employer=employer, starts_on=on, by=by, at=at
    )


@transaction.atomic
def invite_colleague(
    *, employer: Employer, name: str, username: str, role: str, language: str, by: Actor, at: datetime, secret: str
) -> tuple[Invitation, str]:
    """Invite somebody to act for the firm. Returns the invitation and its key, which is shown once and not kept."""
    require_may_employer("employer.invite", by, employer)
    if role not in EMPLOYER_ROLES:
        raise Refused(no(Reason("role_needs_place", {"role": role})))
    invitation, key = open_invitation(
        name=name, username=username, role=role, language=language, by=by, at=at, secret=secret, employer=employer
    )
    record_change(by=by, at=at, verb="employer.invite", thing=f"employer:{employer.ref}", detail={"role": role})
    return invitation, key


@transaction.atomic
def join_firm(*, invitation: Invitation, account: Account, at: datetime, on: date, by: Actor) -> Membership:
    """Somebody who signs in already takes an invitation meant for their sign-in name. Raises Refused, NotFound."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("employer").get(pk=invitation.pk)
    if invitation.accepted_at is not None or invitation.expires_at <= at:
        raise Refused(no(Reason("invitation_over")))
    named = account_by_username(invitation.username)
    if invitation.employer is None or named is None or named.pk != account.pk or account.pk != by.account_id:
        raise NotFound("invitation")
    membership = add_membership(
        account=account, role=invitation.role, employer=invitation.employer, starts_on=on, by=by, at=at
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return membership


@transaction.atomic
def end_colleague(*, membership: Membership, last_day: date | None, on: date, by: Actor, at: datetime) -> None:
    """Somebody leaves the firm: at once, or after their last day. The last administrator cannot leave the firm alone.

    Raises Refused, NotPermitted.
    """
    employer = membership.employer
    if employer is None:
        raise NotPermitted("employer.invite")
    require_may_employer("employer.invite", by, employer)
    others = [
        one
        for one in living_members(employer, on=on)
        if one.role == EmployerAdministrator.code and one.pk != membership.pk and one.ends_before is None
    ]
    if membership.role == EmployerAdministrator.code and not others:
        raise Refused(no(Reason("last_administrator")))
    if last_day is not None and last_day >= on:
        membership.ends_before = max(last_day + timedelta(days=1), membership.starts_on + timedelta(days=1))
    else:
        membership.ended_at = at
    membership.save(update_fields=["ends_before", "ended_at"])
    record_change(
        by=by,
        at=at,
        verb="membership.end",
        thing=f"account:{membership.account.log_key}",
        detail={"role": membership.role, "last_day": last_day.isoformat() if last_day else ""},
    )
    left = Membership.objects.filter(account=membership.account, ended_at=None).exists()
    if not left and membership.account.person_id is None:
        people_operations.close_account(account=membership.account, by=by, at=at)


def membership_of_firm(actor: Actor, key: int, *, on: date) -> Membership:
    """A living membership of a firm whose people the actor looks after. Raises NotFound."""
    rows = Membership.objects.filter(pk=key, employer__in=actor.scope_ids("employer.invite", "employer"), ended_at=None)
    row = rows.filter(Q(ends_before=None) | Q(ends_before__gt=on)).select_related("account", "employer").first()
    if row is None:
        raise NotFound("membership")
    return row
