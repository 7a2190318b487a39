"""Who was introduced to a vacancy, for the desk."""

from __future__ import annotations

from datetime import datetime

from openpes.core.access_log import record_search
from openpes.core.actors import Actor
from openpes.referrals.models import Referral
from openpes.referrals.queries import introductions_to
from openpes.vacancies.models import Vacancy


def introductions_at_office(actor: Actor, vacancy: Vacancy, *, at: datetime, limit: int) -> list[Referral]:
    """People introduced to a vacancy, as far as the actor may see them. Whose names are shown is logged."""
    rows = list(introductions_to(actor, vacancy.pk)[:limit])
    if rows:
        record_search(
            by=actor, at=at, what=f"vacancy:{vacancy.ref}", found={one.jobseeker.person.log_key for one in rows}
        )
    return rows
