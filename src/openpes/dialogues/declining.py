"""Jobs that are not for somebody: not shown to them again, counted for the employer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from openpes.dialogues.models import DeclinedJob
from openpes.dialogues.states import WhyNot

BY_DIGIT = dict(zip("12345", WhyNot, strict=True))


def decline_vacancy(*, person_id: int, vacancy_id: int, digit: str, at: datetime) -> DeclinedJob:
    """Write down that a job is not for a person, and why; the last reason stands."""
    row, _made = DeclinedJob.objects.update_or_create(
        person_id=person_id, vacancy_id=vacancy_id, defaults={"why": BY_DIGIT[digit], "said_at": at}
    )
    return row


def declined_by(person_id: int) -> frozenset[int]:
    """The jobs that a person declined."""
    return frozenset(DeclinedJob.objects.filter(person=person_id).values_list("vacancy", flat=True))


def why_declined(vacancy_id: int, *, at_least: int) -> dict[WhyNot, int]:
    """How many people gave which reason; nothing below a number, for few people are known people."""
    rows = DeclinedJob.objects.filter(vacancy=vacancy_id).values_list("why").annotate(people=Count("person"))
    return {WhyNot(why): people for why, people in rows if people >= at_least}
