"""Jobs that somebody wants to find again, also without a signal."""

from __future__ import annotations

from datetime import datetime

from openpes.core.decisions import Reason, Refused, no
from openpes.dialogues.models import SavedJob

MOST_SAVED = 20


def save_vacancy(*, person_id: int, vacancy_id: int, at: datetime) -> SavedJob:
    """Put a job on a person's list; twice is once. Raises Refused when the list is full: nothing falls off unasked."""
    held = SavedJob.objects.filter(person=person_id)
    if held.exclude(vacancy=vacancy_id).count() >= MOST_SAVED:
        raise Refused(no(Reason("too_many_saved_jobs", {"most": MOST_SAVED})))
    row, _is_new = SavedJob.objects.get_or_create(person_id=person_id, vacancy_id=vacancy_id, defaults={"saved_at": at})
    return row


def unsave_vacancy(*, person_id: int, vacancy_id: int) -> None:
    """Take a job off the list."""
    SavedJob.objects.filter(person=person_id, vacancy=vacancy_id).delete()


def saved_by(person_id: int) -> list[SavedJob]:
    """The list of a person, the last saved first, each with its vacancy and employer."""
    rows = SavedJob.objects.filter(person=person_id).select_related("vacancy__employer")
    return list(rows.order_by("-saved_at", "-pk"))


def is_saved(*, person_id: int, vacancy_id: int) -> bool:
    """Is a job on a person's list?"""
    return SavedJob.objects.filter(person=person_id, vacancy=vacancy_id).exists()
