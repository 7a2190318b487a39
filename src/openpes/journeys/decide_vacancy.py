"""An officer decides about an advert, and the employer is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.journeys.telling import tell_firm
from openpes.vacancies import operations as vacancies
from openpes.vacancies.duplicate_operations import find_copies
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState


def _tell(vacancy: Vacancy, kind: str, note: str, at: datetime) -> None:
    tell_firm(vacancy.employer, kind, {"title": vacancy.title, "ref": vacancy.ref, "note": note}, at=at)


@transaction.atomic
def approve_vacancy(*, vacancy: Vacancy, note: str, judged_safe: bool, by: Actor, at: datetime) -> Vacancy:
    """Make an advert public and tell the employer; the first of two officers only writes down the yes."""
    vacancy = vacancies.approve_vacancy(vacancy=vacancy, note=note, judged_safe=judged_safe, by=by, at=at)
    if vacancy.state == VacancyState.LIVE:
        find_copies(vacancy=vacancy, by=by, at=at)
        _tell(vacancy, "vacancy_live", note, at)
    return vacancy


@transaction.atomic
def refuse_vacancy(*, vacancy: Vacancy, note: str, by: Actor, at: datetime) -> Vacancy:
    """Send an advert back and tell the employer why."""
    vacancy = vacancies.refuse_vacancy(vacancy=vacancy, note=note, by=by, at=at)
    _tell(vacancy, "vacancy_refused", note, at)
    return vacancy
