"""A vacancy as the public reads it: facts for a line in a list. No field here says anything about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpes.organisations.states import EmployerState
from openpes.reference.country import area_name
from openpes.vacancies.models import Vacancy
from openpes.web.employer.home import is_stale


def line_of(vacancy: Vacancy, language: str, at: datetime) -> dict[str, Any]:
    """What a list shows of one job: where, by whom and whether an officer checked them, how fresh."""
    return {
        "vacancy": vacancy,
        "area": area_name(vacancy.area_code, language),
        "checked": vacancy.employer.state == EmployerState.VERIFIED,
        "confirmed_at": vacancy.last_confirmed_at or vacancy.live_since,
        "stale": is_stale(vacancy, at),
    }
