"""Texts that go out: what, to which number, whether it arrived."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, blank, keep, personal
from openpes.messaging.states import MessageState
from openpes.people.models import Person, choices


class Message(models.Model):
    """One text message to one number. `person` is whom it is for, which is not always whose phone it is."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices(MessageState), default=MessageState.WAITING)
    provider = models.CharField(max_length=30, blank=True)
    provider_ref = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "kind", "language", "segments", "state", "provider", "provider_ref", "synthetic"),
        number=personal("sent to", blank),
        text=personal("text", blank),
        made_at=personal("written at", keep),
        sent_at=personal("sent at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["number", "-made_at"]), models.Index(fields=["-made_at"])]
