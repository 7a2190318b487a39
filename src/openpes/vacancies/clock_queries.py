"""Reads of the clocks: whose closing day has come, and what rests on a licence for work abroad."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from openpes.organisations.agency_queries import overseas_licence_of
from openpes.organisations.models import Employer
from openpes.organisations.states import Licence
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import AbroadLicence, VacancyState


def due_to_close(*, at_date: Any) -> QuerySet[Vacancy]:
    """Live or paused vacancies whose closing day has come."""
    return (
        Vacancy.objects.filter(state__in=[VacancyState.LIVE, VacancyState.PAUSED], closes_before__lte=at_date)
        .select_related("employer", "office")
        .order_by("pk")
    )


def open_abroad(*, limit: int) -> list[Vacancy]:
    """Live and paused adverts for work abroad, with their firms."""
    rows = Vacancy.objects.filter(state__in=[VacancyState.LIVE, VacancyState.PAUSED]).exclude(abroad_in="")
    return list(rows.select_related("employer", "office").order_by("pk")[:limit])


def licence_abroad(employer: Employer, on: date) -> AbroadLicence:
    """What the register says, as far as it matters here. A number that nobody gave is not a licence that is over."""
    said = overseas_licence_of(employer, on=on)
    if said == Licence.LIVE:
        return AbroadLicence.LIVE
    return AbroadLicence.UNKNOWN if said == Licence.UNKNOWN else AbroadLicence.NOT_LIVE
