"""Texts that go out and come in: what, which number, whether it arrived, what it cost."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, blank, keep, personal
from openpes.messaging.states import HeldBecause, MessageState, Wish
from openpes.organisations.models import Office
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
    told_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)
    # Whose budget pays; None where no office stands behind a text.
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    held_because = models.CharField(max_length=12, blank=True, choices=choices(HeldBecause))
    # The person asked for this text, or the law wants it sent: STOP does not hold it back.
    asked = models.BooleanField(default=False)
    # Price at the moment of sending; None when nobody had said what a segment costs.
    cost = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    answers = models.ForeignKey(
        "IncomingText", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=(
            "id",
            "person",
            "kind",
            "language",
            "segments",
            "state",
            "provider",
            "provider_ref",
            "synthetic",
            "office",
            "held_because",
            "asked",
            "cost",
            "currency",
            "answers",
            "told_at",
        ),
        number=personal("sent to", blank),
        text=personal("text", blank),
        made_at=personal("written at", keep),
        sent_at=personal("sent at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["number", "-made_at"]), models.Index(fields=["-made_at"])]


class IncomingText(models.Model):
    """One text that came in. `person` is who it turned out to be from; a phone alone does not say."""

    provider = models.CharField(max_length=30)
    provider_ref = models.CharField(max_length=80)
    number = models.CharField(max_length=16)
    text = models.TextField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    privacy = Privacy(
        retention="messages",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "provider", "provider_ref", "person", "heard_at"),
        number=personal("sent from", blank),
        text=personal("text you sent", blank),
        sent_at=personal("sent by you at", keep),
        received_at=personal("received at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_ref"], name="incoming_text_once")]
        indexes = [models.Index(fields=["number", "-received_at"]), models.Index(fields=["-received_at"])]


class NumberWish(models.Model):
    """STOP or START, as a number said it last. Kept for the number as a keyed hash, whoever holds the phone."""

    number_key = models.CharField(max_length=64, unique=True)
    wish = models.CharField(max_length=5, choices=choices(Wish))
    said_at = models.DateTimeField()

    privacy = Privacy(retention="messages", plain_fields=("id", "number_key", "wish", "said_at"))


class TextTally(models.Model):
    """How many texts were handed over on a day: in all, by office, by block of numbers and by number (as a hash)."""

    day = models.DateField()
    kind = models.CharField(max_length=6)
    key = models.CharField(max_length=64, blank=True)
    texts = models.PositiveIntegerField(default=0)

    privacy = Privacy(retention="messages", plain_fields=("id", "day", "kind", "key", "texts"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "key"], name="text_tally_once")]
