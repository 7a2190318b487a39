"""An employer registers, a named officer checks it, and its jobs may become public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.journeys.telling import tell_firm
from openpes.organisations import operations as organisations
from openpes.organisations.models import Employer
from openpes.organisations.operations import NewEmployer
from openpes.organisations.queries import office_for_area
from openpes.organisations.states import EmployerState
from openpes.people import operations as people
from openpes.people.models import Account
from openpes.people.queries import account_by_username
from openpes.people.roles import EmployerStaff
from openpes.reference.country import larger_areas, today
from openpes.vacancies.operations import touch_vacancies_of


@dataclass(frozen=True)
class EmployerAccount:
    """The first account of an employer: a sign-in name (phone or e-mail) and a password."""

    username: str
    password: str


@transaction.atomic
def register_employer(
    *, new: NewEmployer, account: EmployerAccount | None, by: Actor, at: datetime, synthetic: bool = False
) -> Employer:
    """Write down an employer and, when it registers itself, open its first account. It waits for an officer."""
    office = office_for_area(new.area_code, parents=larger_areas(new.area_code))
    if office is None:
        raise Refused(no(Reason("no_office")))
    employer = organisations.register_employer(new=new, office=office, by=by, at=at, synthetic=synthetic)
    if account is not None:
        if account_by_username(account.username) is not None:
            raise Refused(no(Reason("username_taken", {"username": account.username})))
        opened = people.open_account(
            username=account.username,
            name=new.contact_name,
            secret=account.password,
            language=new.language,
            by=by,
            at=at,
        )
        organisations.add_membership(
            account=opened, role=EmployerStaff.code, employer=employer, starts_on=today(at), by=by, at=at
        )
    return employer


@transaction.atomic
def add_firm(*, new: NewEmployer, by: Actor, account: Account, at: datetime) -> Employer:
    """Somebody who signs in for one firm already registers another. It waits for an officer like every firm.

    Raises Refused (no office), NotPermitted for a visitor or for somebody else's account.
    """
    if by.account_id is None or by.account_id != account.pk:
        raise NotPermitted("employer.register_own")
    employer = register_employer(new=new, account=None, by=by, at=at)
    organisations.add_membership(
        account=account, role=EmployerStaff.code, employer=employer, starts_on=today(at), by=by, at=at
    )
    return employer


@transaction.atomic
def decide_employer(
    *, employer: Employer, to: EmployerState, note: str, by: Actor, at: datetime, until: date | None = None
) -> Employer:
    """A named officer verifies, refuses, suspends (until a day) or restores; the firm is told, its adverts follow."""
    employer = organisations.decide_employer(employer=employer, to=to, note=note, by=by, at=at, until=until)
    touch_vacancies_of(employer_id=employer.pk, at=at)
    kind = {EmployerState.VERIFIED: "employer_verified", EmployerState.REFUSED: "employer_refused"}.get(to)
    if kind:
        tell_firm(employer, kind, {"office": employer.office.name, "note": note}, at=at)
    return employer
