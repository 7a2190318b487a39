"""Reads of the organisations room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref, keyed_hash
from openpes.organisations.access import employers_visible_to
from openpes.organisations.models import Agency, Business, Employer, EmployerEvent, Invitation, Membership, Office
from openpes.people.models import Account
from openpes.people.names import match_key
from openpes.people.queries import with_second_factor
from openpes.people.roles import ROLES, SERVICE_ROLES, Administrator, Jobseeker

PEOPLE_DESK = ("counsellor", "office_manager")


def actor_for(account: Account, *, on: date) -> Actor:
    """The actor that an account is on a day: its living memberships, and its own person if it has one."""
    rows = (
        Membership.objects.filter(account=account, starts_on__lte=on, ended_at=None)
        .filter(Q(ends_before=None) | Q(ends_before__gt=on))
        .order_by("pk")
    )
    grants = [
        Grant(
            role=row.role,
            verbs=ROLES[row.role].verbs,
            scope=ROLES[row.role].scope,
            scope_id=next((key for key in (row.office_id, row.employer_id, row.partner_id) if key is not None), None),
        )
        for row in rows
        if row.role in ROLES
    ]
    if account.person_id is not None:
        grants.append(Grant(Jobseeker.code, Jobseeker.verbs, "person", account.person_id))
    return Actor(
        ActorKind.ACCOUNT,
        account.log_key,
        tuple(grants),
        account_id=account.pk,
        person_id=account.person_id,
        label=account.name,
    )


def open_offices() -> QuerySet[Office]:
    """Offices that serve people now, by name."""
    return Office.objects.filter(is_open=True).order_by("name", "pk")


def office_by_ref(ref: str) -> Office:
    """The office with this reference. Offices are public. Raises NotFound."""
    try:
        return Office.objects.get(ref=ref)
    except Office.DoesNotExist as error:
        raise NotFound("office") from error


def office_by_id(pk: int) -> Office:
    """The office with this key. Raises NotFound."""
    try:
        return Office.objects.get(pk=pk)
    except Office.DoesNotExist as error:
        raise NotFound("office") from error


def offices_of(actor: Actor, verb: str) -> QuerySet[Office]:
    """The offices at which the actor holds a verb."""
    return Office.objects.filter(pk__in=actor.scope_ids(verb, "office")).order_by("name", "pk")


def office_for_area(area_code: str, *, parents: tuple[str, ...] = ()) -> Office | None:
    """The office that serves an area: one there, else one in the nearest larger area, else the first open one.

    `parents` are the larger areas around it, nearest first.
    """
    offices = list(open_offices())
    for code in (area_code, *parents):
        here = [office for office in offices if office.area_code == code]
        if here:
            return here[0]
    for code in parents:
        inside = [office for office in offices if office.area_code.startswith(code)]
        if inside:
            return inside[0]
    return offices[0] if offices else None


def employer_for(actor: Actor, ref: str) -> Employer:
    """An employer that the actor may see. Raises NotFound, also for one that exists elsewhere."""
    try:
        return employers_visible_to(actor).select_related("office").get(ref=ref)
    except Employer.DoesNotExist as error:
        raise NotFound("employer") from error


def employer_everywhere(actor: Actor, ref: str) -> Employer:
    """An employer by its number, for one who sees all of them (a command). Raises NotFound."""
    row = Employer.objects.select_related("office").filter(ref=fold_ref(ref)).first()
    if row is None or not actor.everywhere("employer.view"):
        raise NotFound("employer")
    return row


def own_employers(actor: Actor) -> QuerySet[Employer]:
    """The employers that the actor works for."""
    return Employer.objects.filter(pk__in=actor.scope_ids("employer.view", "employer")).order_by("pk")


def employers_waiting(actor: Actor) -> QuerySet[Employer]:
    """Employers of the actor's offices that wait for verification, oldest first."""
    return (
        Employer.objects.filter(office__in=actor.scope_ids("employer.verify", "office"), state="submitted")
        .select_related("office")
        .order_by("registered_at", "pk")
    )


def silent_employers(*, after: int, limit: int) -> list[int]:
    """Firms in good standing that left so many introductions in a row without any answer."""
    rows = Employer.objects.filter(state="verified", silent_in_a_row__gte=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def decisions_about(employer: Employer) -> list[EmployerEvent]:
    """What was decided about a firm, the latest first. The caller has looked up the firm for its actor."""
    return list(employer.events.order_by("-at", "-pk")[:20])


def find_employers(actor: Actor, text: str, *, limit: int = 20) -> list[Employer]:
    """Employers that the actor may see whose name or number fits."""
    key = match_key(text)
    if not key:
        return []
    rows = employers_visible_to(actor).filter(
        Q(registration_number__iexact=text.strip()) | Q(name__icontains=text.strip()) | Q(name_key__contains=key)
    )
    return list(rows.select_related("office").order_by("name", "pk")[:limit])


def employers_like(*, name: str, registration_number: str) -> list[Employer]:
    """Employers already known under this number or name: to be told to staff, never to the public."""
    wanted = Q(name_key=match_key(name)[:200])
    if registration_number:
        wanted |= Q(registration_number__iexact=registration_number)
    return list(Employer.objects.filter(wanted).order_by("pk")[:5])


def staff_of_office(office: Office) -> QuerySet[Membership]:
    """Living memberships of an office."""
    return (
        Membership.objects.filter(office=office, ended_at=None)
        .select_related("account")
        .order_by("account__name", "pk")
    )


def all_staff() -> QuerySet[Membership]:
    """Living memberships of offices and of the service as a whole."""
    return (
        Membership.objects.filter(employer=None, partner=None, ended_at=None)
        .select_related("account", "office")
        .order_by("office__name", "account__name", "pk")
    )


def invitation_by_key(key: str, *, at: datetime, secret: str) -> Invitation:
    """The open invitation behind a key. Raises NotFound when it is unknown, used or too old."""
    row = Invitation.objects.filter(key_hash=keyed_hash(key, secret), accepted_at=None, expires_at__gt=at).first()
    if row is None:
        raise NotFound("invitation")
    return row


def open_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    return (
        Invitation.objects.filter(accepted_at=None, expires_at__gt=at)
        .select_related("office", "employer")
        .order_by("-invited_at", "-pk")
    )


def officers_without_second_factor(*, on: date) -> list[str]:
    """Names of those who act for the whole service and have set up no second factor; all of them when nobody does.

    A service without any administrator is told by the one name "".
    """
    rows = (
        Membership.objects.filter(role__in=SERVICE_ROLES, ended_at=None, starts_on__lte=on)
        .filter(Q(ends_before=None) | Q(ends_before__gt=on))
        .select_related("account")
        .order_by("account__name", "pk")
    )
    held = list(rows)
    if not any(row.role == Administrator.code for row in held):
        return [""]
    proven = with_second_factor(row.account_id for row in held)
    return list(dict.fromkeys(row.account.name for row in held if row.account_id not in proven))


def count_synthetic_organisations() -> int:
    """Offices, employers and agencies that were invented for a demonstration."""
    return sum(model.objects.filter(synthetic=True).count() for model in (Office, Employer, Agency, Business))


def people_desk_of(offices: Iterable[Office], *, on: date) -> list[Membership]:
    """Who serves people at offices on a day (counsellors and managers), by name, each account once an office."""
    rows = (
        Membership.objects.filter(office__in=list(offices), role__in=PEOPLE_DESK, ended_at=None, starts_on__lte=on)
        .filter(Q(ends_before=None) | Q(ends_before__gt=on), account__is_active=True)
        .select_related("account", "office")
        .order_by("account__name", "pk")
    )
    return list({(row.office_id, row.account_id): row for row in rows}.values())


def serves_at(office: Office, account_ids: Iterable[int], *, on: date) -> bool:
    """Do all of these accounts serve people at an office on a day?"""
    return set(account_ids) <= {row.account_id for row in people_desk_of([office], on=on)}
