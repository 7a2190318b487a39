"""Firms that never answer are paused by rule and told why; their answer ends the pause, and they may appeal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.complaints.operations import Made, Told
from openpes.complaints.queries import has_open_appeal
from openpes.complaints.states import Channel, ComplaintKind, Danger
from openpes.core.actors import Actor, system
from openpes.core.decisions import NotPermitted, Refused
from openpes.journeys.complain import complain
from openpes.journeys.telling import tell_firm
from openpes.organisations import pausing_operations
from openpes.organisations.models import Employer
from openpes.organisations.queries import silent_employers
from openpes.organisations.rules import may_appeal
from openpes.organisations.states import EmployerState
from openpes.reference.country import country, today
from openpes.vacancies.operations import touch_vacancies_of

CLOCK = system("employer.pause", label="clock")
AT_ONCE = 500


def pause_silent_employers(*, at: datetime, by: Actor = CLOCK) -> int:
    """Pause every firm that left the policy's number of introductions in a row without any answer."""
    after = int(country().value("answers.pause_after_silent", on=today(at)).value)
    keys = silent_employers(after=after, limit=AT_ONCE)
    for key in keys:
        _pause(key, after=after, by=by, at=at)
    return len(keys)


@transaction.atomic
def _pause(employer_id: int, *, after: int, by: Actor, at: datetime) -> None:
    employer = pausing_operations.pause_employer(employer_id=employer_id, after=after, by=by, at=at)
    touch_vacancies_of(employer_id=employer.pk, at=at)
    facts = {"number": employer.silent_in_a_row, "office": employer.office.name}
    tell_firm(employer, "employer_paused", facts, at=at)


@transaction.atomic
def appeal(*, employer: Employer, words: str, language: str, by: Actor, at: datetime) -> Made:
    """The firm objects to a refusal, a suspension or a pause. Somebody else than who decided it answers.

    Raises Refused when there is nothing to object to or an appeal already waits.
    """
    if not by.may("employer.appeal", employer_id=employer.pk):
        raise NotPermitted("employer.appeal")
    state = EmployerState(employer.state)
    decision = may_appeal(now_in=state, has_open_appeal=has_open_appeal(employer.pk))
    if decision.refused:
        raise Refused(decision)
    # A pause is the rule's: nobody decided it, so nobody is kept from answering.
    decided_by = None if state == EmployerState.PAUSED else employer.decided_by_id
    told = Told(
        kind=ComplaintKind.APPEAL,
        words=words,
        danger=Danger.NOT_ASKED,
        channel=Channel.WEB,
        language=language,
        office_id=employer.office_id,
        about=employer.name,
        employer_id=employer.pk,
        about_account_id=decided_by,
    )
    return complain(told=told, by=by, at=at)
