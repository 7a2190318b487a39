"""A firm looks after its own account: it changes its details, proves its phone, comes back after a suspension."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.journeys.telling import tell_firm
from openpes.organisations import firm_operations
from openpes.organisations.firm_operations import FirmDetails
from openpes.organisations.models import Employer
from openpes.reference.country import country, today
from openpes.vacancies.operations import touch_vacancies_of

CLOCK = system("employer.resume", label="clock")
AT_ONCE = 500


def policy(name: str, at: datetime) -> int:
    """A number of the policy on firms."""
    return int(country().value(f"employers.{name}", on=today(at)).value)


@transaction.atomic
def change_firm(*, employer: Employer, new: FirmDetails, by: Actor, at: datetime) -> Employer:
    """Write down what changed; where an officer has to check again, the firm's jobs are not public until then."""
    was = employer.state
    employer = firm_operations.change_firm(employer=employer, new=new, by=by, at=at)
    if employer.state != was:
        touch_vacancies_of(employer_id=employer.pk, at=at)
    return employer


@transaction.atomic
def send_phone_code(*, employer: Employer, by: Actor, at: datetime) -> None:
    """Text a code to the firm's own number. Raises Refused, NotPermitted."""
    code = firm_operations.make_phone_code(
        employer=employer, most_a_day=policy("code_most_a_day", at), by=by, at=at, secret=settings.SECRET_KEY
    )
    tell_firm(employer, "phone_code", {"code": code}, at=at)


def prove_phone(*, employer: Employer, code: str, by: Actor, at: datetime) -> Employer:
    """The code as typed. Raises Refused when it is wrong or too old, NotPermitted."""
    return firm_operations.prove_phone(
        employer=employer,
        code=code,
        lives=timedelta(minutes=policy("code_lives_minutes", at)),
        most_tries=policy("code_most_tries", at),
        by=by,
        at=at,
        secret=settings.SECRET_KEY,
    )


def end_suspensions(*, at: datetime, by: Actor = CLOCK) -> int:
    """Firms that were suspended until today stand as before, and are told. Returns how many."""
    done = 0
    for key in firm_operations.suspensions_over(on=today(at), limit=AT_ONCE):
        with transaction.atomic():
            employer = firm_operations.end_suspension(employer_id=key, on=today(at), by=by, at=at)
            if employer is not None:
                touch_vacancies_of(employer_id=employer.pk, at=at)
                tell_firm(employer, "employer_verified", {"office": employer.office.name}, at=at)
                done += 1
    return done
