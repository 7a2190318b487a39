"""An advert is held after a report, released or taken down: by a person, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.vacancies.access import require_may
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import move_vacancy
from openpes.vacancies.states import CloseReason, Pause, VacancyState


@transaction.atomic
def remove_vacancy(*, vacancy: Vacancy, note: str, by: Actor, at: datetime) -> Vacancy:
    """An officer takes an advert down for good. Raises Refused without a reason. The journey tells who applied."""
    require_may("vacancy.approve", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    if not note.strip():
        raise Refused(no(Reason("note_needed")))
    return move_vacancy(
        vacancy,
        VacancyState.CLOSED,
        by,
        at,
        closed_at=at,
        close_reason=CloseReason.REMOVED,
        decision_note=note.strip()[:400],
        decided_at=at,
        decided_by_id=by.account_id,
    )


@transaction.atomic
def hold_vacancy(*, vacancy_id: int, why: str, by: Actor, at: datetime) -> bool:
    """Take an advert from the public until a person has looked. True when it was public and is held now.

    Nobody is refused by this: a person decides, and those who applied keep their place.
    """
    if not by.everywhere("vacancy.hold"):
        raise NotPermitted("vacancy.hold")
    vacancy = Vacancy.objects.get(pk=vacancy_id)
    if vacancy.state != VacancyState.LIVE:
        return False
    move_vacancy(vacancy, VacancyState.PAUSED, by, at, decision_note=why[:400], paused_because=Pause.HELD)
    return True


@transaction.atomic
def release_vacancy(*, vacancy: Vacancy, note: str, by: Actor, at: datetime) -> Vacancy:
    """A person has looked and found nothing wrong: the advert is public again. Raises Refused without a note."""
    require_may("vacancy.approve", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    if not note.strip():
        raise Refused(no(Reason("note_needed")))
    return move_vacancy(
        vacancy,
        VacancyState.LIVE,
        by,
        at,
        decision_note=note.strip()[:400],
        decided_at=at,
        decided_by_id=by.account_id,
        paused_because="",
    )
