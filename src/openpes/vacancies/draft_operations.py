"""Adverts that come in pieces or in bulk: drafts by text, and rows that may come again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.models import Employer
from openpes.reference.country import today
from openpes.vacancies.access import require_may
from openpes.vacancies.duplicate_operations import find_copies
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import (
    Offered,
    change_vacancy,
    check_offered,
    columns_of,
    note_move,
    offered_of,
    require_known_codes,
    submit_vacancy,
)
from openpes.vacancies.rules import may_move, may_submit
from openpes.vacancies.states import VacancyState


class TakenAs(StrEnum):
    """What became of a row: a new advert, one changed, or the same as before."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@transaction.atomic
def keep_draft(*, offered: Offered, employer: Employer, source: str, by: Actor, at: datetime) -> Vacancy:
    """Keep an advert that is not finished; an older draft of this source and employer makes room for it."""
    require_may("vacancy.post", by, employer_id=employer.pk, office_id=employer.office_id)
    Vacancy.objects.filter(employer=employer, state=VacancyState.DRAFT, source=source).delete()
    vacancy = Vacancy.objects.create(
        employer=employer,
        office_id=employer.office_id,
        state=VacancyState.DRAFT,
        places_left=offered.places,
        source=source,
        posted_at=at,
        posted_by_id=by.account_id,
        changed_at=at,
        synthetic=employer.synthetic,
        **columns_of(offered),
    )
    record_change(by=by, at=at, verb="vacancy.keep_draft", thing=f"vacancy:{vacancy.ref}")
    return vacancy


@transaction.atomic
def submit_draft(*, vacancy: Vacancy, by: Actor, at: datetime) -> Vacancy:
    """Put a draft before an officer. Raises Refused with everything that stops it; the draft stays."""
    require_may("vacancy.post", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("employer", "office").get(pk=vacancy.pk)
    if vacancy.state != VacancyState.DRAFT:
        raise Refused(may_move(now_in=VacancyState(vacancy.state), to=VacancyState.DRAFT))
    offered = offered_of(vacancy)
    findings = check_offered(offered, employer=vacancy.employer, on=today(at))
    decision = may_submit(findings)
    if decision.refused:
        raise Refused(decision)
    require_known_codes(offered)
    vacancy.state, vacancy.posted_at, vacancy.changed_at = VacancyState.SUBMITTED, at, at
    vacancy.findings = [one.as_json() for one in findings]
    vacancy.save(update_fields=["state", "posted_at", "changed_at", "findings"])
    note_move(vacancy, by, at)
    record_change(by=by, at=at, verb="vacancy.submit", thing=f"vacancy:{vacancy.ref}")
    find_copies(vacancy=vacancy, by=by, at=at)
    return vacancy


@transaction.atomic
def take_vacancy(
    *, offered: Offered, employer: Employer, external_id: str, source: str, by: Actor, at: datetime
) -> tuple[Vacancy, TakenAs]:
    """One row of a file or feed. `external_id` is the sender's own key: sent again, the same row changes nothing.

    Raises Refused as `submit_vacancy` and `change_vacancy` do, and for a key that is empty or too long.
    """
    key = external_id.strip()
    if not 0 < len(key) <= 80:
        raise Refused(no(Reason("external_id_needed")))
    held = Vacancy.objects.select_related("employer", "office").filter(employer=employer, external_id=key).first()
    if held is None:
        vacancy = submit_vacancy(offered=offered, employer=employer, by=by, at=at, synthetic=employer.synthetic)
        vacancy.external_id, vacancy.source = key, source[:60]
        vacancy.save(update_fields=["external_id", "source"])
        return vacancy, TakenAs.NEW
    require_may("vacancy.edit", by, employer_id=held.employer_id, office_id=held.office_id)
    if columns_of(offered) == columns_of(offered_of(held)):
        return held, TakenAs.SAME
    return change_vacancy(vacancy=held, offered=offered, by=by, at=at), TakenAs.CHANGED
