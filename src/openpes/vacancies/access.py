"""What an actor may do with vacancies. Deny by default; live ones of verified employers are public."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState

# A copy of another advert is not shown beside it, and not counted.
PUBLIC = Q(state=VacancyState.LIVE, employer__state="verified", same_as__isnull=True)


def public_vacancies() -> QuerySet[Vacancy]:
    """What anybody may see: approved by a person, of an employer that a person has verified."""
    return Vacancy.objects.filter(PUBLIC)


def visible_to(actor: Actor) -> QuerySet[Vacancy]:
    """Public ones for all; the employer's own for its staff; the office's for its officers."""
    return Vacancy.objects.filter(
        PUBLIC
        | Q(employer__in=actor.scope_ids("vacancy.view", "employer"))
        | Q(office__in=actor.scope_ids("vacancy.view", "office"))
    )


def require_may(verb: str, actor: Actor, *, employer_id: int, office_id: int) -> None:
    """Raises NotPermitted unless the actor holds the verb for this employer or its office."""
    if not actor.may(verb, employer_id=employer_id, office_id=office_id):
        raise NotPermitted(verb)
