"""Conversations: what is open between a phone, or a person, and the service."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, blank, keep, personal, sensitive
from openpes.dialogues.states import HOME, Channel, WhyNot
from openpes.people.models import Person, choices
from openpes.vacancies.models import Vacancy


def _empty(value: object) -> dict[str, object]:
    """Nothing remembered."""
    return {}


class Conversation(models.Model):
    """One thing that is being talked about. `person` is None until it is known who holds the phone.

    `facts` are the answers so far; they are emptied when the conversation ends. `said_key` is a keyed hash of the last
    text, by which one that was sent twice is known.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=6, choices=choices(Channel))
    address = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    dialogue = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=16, default=HOME)
    ref = models.CharField(max_length=2)
    facts = models.JSONField(default=dict, blank=True)
    again = models.PositiveSmallIntegerField(default=0)
    said_key = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "language", "ref", "again", "said_key", "ended_at"),
        channel=personal("talked by", keep),
        address=personal("talked from", blank),
        dialogue=personal("talked about", blank),
        state=personal("question that waits", blank),
        facts=sensitive("answers so far", _empty),
        begun_at=personal("talk begun at", keep),
        changed_at=personal("talked last at", keep),
    )

    class Meta:
        indexes = [
            models.Index(fields=["address", "-changed_at"]),
            models.Index(fields=["changed_at"]),
        ]


class DeclinedJob(models.Model):
    """A job that somebody said is not for them, and why. Employers learn totals only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=6, choices=choices(WhyNot))
    said_at = models.DateTimeField()

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "vacancy"),
        why=personal("why a job is not for me", keep),
        said_at=personal("said at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "vacancy"])]


class SavedJob(models.Model):
    """A job that somebody wants to find again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "vacancy"),
        saved_at=personal("job saved at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "vacancy"], name="saved_once_per_person")]
